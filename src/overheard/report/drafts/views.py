"""What a draft is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from overheard.report.quotes import Quote

if TYPE_CHECKING:  # it views these views
    from overheard.report.drafts.product_words import ProductWord

Owner = Literal["market", "founder"]
"""Who can fill a slot: what was heard, or only the founder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a slot. `text` is in customers' words or counts them; `quote` is the sentence behind it."""

    text: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A slot. Without entries it is printed EMPTY, with `ask`, what would fill it: nothing is invented.

    `polished` is what a model made of its entries, checked against their quotes; `refused` why that is not shown.
    `polish_id` is "" where no model was asked.
    """

    name: str
    ask: str
    owner: Owner
    entries: tuple[Entry, ...] = ()
    polished: str = ""
    refused: str = ""
    polish_id: str = ""


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
class NameProposal:
    """A pain's name and the one a model proposes for it, "" for none; nothing is renamed before a person does it."""

    pain_id: str
    name: str
    proposed: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to the landing page's question; `segment_id` is whom it tells of, "" none of them."""

    segment_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Landing:
    """A variant of a segment's landing page; both come back in web logs and form exports, `tag` and `variant`.

    `about` says what its headline leads with.
    """

    tag: str
    variant: str
    about: str
    slots: tuple[DraftSlot, ...]
    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SegmentDrafts:
    """All drafts of a segment; `focus_only` is empty, and `tree` too, where it is not the focus.

    `landings` are the variants of its landing page, under the files they are exported to; the first is whole. `trial`
    says which of them does better, in words. `outcome` is what the tree shall change. `polished` counts slots a model
    put into better words, and slots for which its words were refused; `names` are those it proposes for pains.
    """

    file: str
    landings: Mapping[str, Landing]
    papers: tuple[Paper, ...]
    words: tuple[ProductWord, ...]
    trial: tuple[str, ...]
    focus_only: tuple[Paper, ...]
    outcome: str
    tree: tuple[Opportunity, ...]
    tree_faults: tuple[str, ...]
    polished: tuple[int, int] = (0, 0)
    names: tuple[NameProposal, ...] = ()

    @property
    def landing(self) -> Landing:
        """The first variant."""
        return next(iter(self.landings.values()))
