"""Who the people are, what each needs, and which of them need the same."""

from overheard.people.affinity import MOST_PEOPLE, Affinity, find_affinity
from overheard.people.aliases.approved import join_accounts, read_approved, written_name
from overheard.people.aliases.propose import Account, Proposal, propose_aliases
from overheard.people.authors import AuthorPlace, AuthorPost, choose_posts, group_authors
from overheard.people.lasting.by_hand import METHOD as BY_HAND
from overheard.people.lasting.by_hand import apply_segment_edits
from overheard.people.lasting.carry import carry_places
from overheard.people.lasting.history import continue_memberships
from overheard.people.lasting.membership import (
    carried_segments,
    membership_records,
    segment_records,
    segmentation_records,
)
from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.people.needs.profile import build_profiles
from overheard.people.reference.find import find_references
from overheard.people.reference.index import compare_segments
from overheard.people.roles.find import find_roles
from overheard.people.segments.fit import Finding, Place, SegmentFit, fit_segments
from overheard.people.segments.naming import name_segments

__all__ = [
    "BY_HAND",
    "MOST_PEOPLE",
    "Account",
    "Affinity",
    "AuthorPlace",
    "AuthorPost",
    "Evidence",
    "Finding",
    "Place",
    "Proposal",
    "SegmentFit",
    "apply_segment_edits",
    "build_profiles",
    "carried_segments",
    "carry_places",
    "choose_posts",
    "compare_segments",
    "continue_memberships",
    "find_affinity",
    "find_references",
    "find_roles",
    "fit_segments",
    "group_authors",
    "join_accounts",
    "membership_records",
    "name_segments",
    "propose_aliases",
    "read_approved",
    "rows_by_person",
    "segment_records",
    "segmentation_records",
    "written_name",
]
