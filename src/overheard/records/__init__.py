"""Every noun, in the order they walk. Frozen and complete when born: a new fact is a new record that points back by id.

Text is kept once, in `Utterance.text`; everything after points into it by character offsets.
"""

from overheard.records.found import (
    ByHand,
    EditAction,
    Force,
    GroupEvent,
    LastingPain,
    Pain,
    PainEdit,
    PainNight,
    Placement,
    Signal,
    SignalKind,
    Slot,
    SlotName,
    SourceKind,
)
from overheard.records.heard import Document, Intake, Removal, Role, RoleName, Skip, Utterance, Version
from overheard.records.ids import id_of
from overheard.records.people import Membership, Profile, Segment, Term
from overheard.records.sources import Aside, Links, Page, Post, Reading, Span, ThreadLink

__all__ = [
    "Aside",
    "ByHand",
    "Document",
    "EditAction",
    "Force",
    "GroupEvent",
    "Intake",
    "LastingPain",
    "Links",
    "Membership",
    "Page",
    "Pain",
    "PainEdit",
    "PainNight",
    "Placement",
    "Post",
    "Profile",
    "Reading",
    "Removal",
    "Role",
    "RoleName",
    "Segment",
    "Signal",
    "SignalKind",
    "Skip",
    "Slot",
    "SlotName",
    "SourceKind",
    "Span",
    "Term",
    "ThreadLink",
    "Utterance",
    "Version",
    "id_of",
]
