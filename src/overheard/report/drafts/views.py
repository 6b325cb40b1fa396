"""What a draft is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from overheard.report.quotes import Quote

Owner = Literal["market", "founder"]
"""Who can fill a slot: what was heard, or only the founder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a slot. `text` is in customers' words or counts them; `quote` is the sentence behind it."""

    text: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A slot. Without entries it is printed EMPTY, with `ask`, what would fill it: nothing is invented."""

    name: str
    ask: str
    owner: Owner
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One draft: a positioning statement, a canvas box by box, questions for an interview."""

    title: str
    note: str
    slots: tuple[DraftSlot, ...]


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A pain as an opportunity of the tree, with the quotes that show it; `people` says of how many."""

    name: str
    people: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to the landing page's question; `segment_id` is whom it tells of, "" none of them."""

    segment_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Landing:
    """A segment's landing page. `tag` comes back in web logs and form exports."""

    tag: str
    slots: tuple[DraftSlot, ...]
    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SegmentDrafts:
    """All drafts of a segment; `focus_only` is empty, and `tree` too, where it is not the focus."""

    file: str
    landing_file: str
    landing: Landing
    papers: tuple[Paper, ...]
    focus_only: tuple[Paper, ...]
    tree: tuple[Opportunity, ...]
    tree_faults: tuple[str, ...]
