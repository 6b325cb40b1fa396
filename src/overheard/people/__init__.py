"""Who the people are, what each needs, and which of them need the same."""

from overheard.people.authors import AuthorPlace, AuthorPost, choose_posts, group_authors
from overheard.people.evidence import Evidence
from overheard.people.history import continue_memberships
from overheard.people.membership import segment_records
from overheard.people.profile import build_profiles
from overheard.people.roles import find_roles
from overheard.people.segment import Finding, Place, SegmentFit, fit_segments

__all__ = [
    "AuthorPlace",
    "AuthorPost",
    "Evidence",
    "Finding",
    "Place",
    "SegmentFit",
    "build_profiles",
    "choose_posts",
    "continue_memberships",
    "find_roles",
    "fit_segments",
    "group_authors",
    "segment_records",
]
