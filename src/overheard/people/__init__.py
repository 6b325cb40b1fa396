"""Who the people are, what each needs, and which of them need the same."""

from overheard.people.authors import AuthorPlace, AuthorPost, choose_posts, group_authors
from overheard.people.lasting.history import continue_memberships
from overheard.people.lasting.membership import segment_records
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.profile import build_profiles
from overheard.people.roles.find import find_roles
from overheard.people.segments.fit import Finding, Place, SegmentFit, fit_segments

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
