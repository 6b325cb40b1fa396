"""What the sheets show, ready to print: verbatim and blotted, with pseudonyms for people."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.records import SignalKind
from overheard.report.links import Link
from overheard.report.quotes import Line, Quote


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a sheet. `person` is a short pseudonym; `quote.rung` is set for pains.

    `sides` tells what it recommends and warns against: ("for" or "against", the product's name or "" for a practice).
    """

    quote: Quote
    person: str
    kind: SignalKind
    probability: float
    sides: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeadingView:
    """All lines of a heading, of which pages show the first `shown`."""

    name: str
    title: str
    lines: tuple[LineView, ...]
    shown: int

    @property
    def more(self) -> int:
        """Lines a page does not show."""
        return len(self.lines) - self.shown


@dataclass(frozen=True, slots=True)
class JargonView:
    """A term that may be jargon, with one of its uses.

    `times` is how many times as often as general English the market says it, "more than 100" where the data end.
    """

    text: str
    uses: int
    times: str
    person: str
    line: Line


@dataclass(frozen=True, slots=True)
class SheetView:
    """The notes on one thread or interview. `address` is where its sheet stands in the report, "" where it has none."""

    document_id: str
    anchor: str
    address: str
    title: str
    source: str
    day: str
    link: Link
    headings: tuple[HeadingView, ...]
    jargon: tuple[JargonView, ...]

    def count(self, name: str) -> int:
        """Return how many lines a heading has."""
        return sum(len(one.lines) for one in self.headings if one.name == name)


@dataclass(frozen=True, slots=True)
class TurnView:
    """A passage to read and why; `place` counts from 1, `sheet` is where its thread's sheet stands, or ""."""

    place: int
    quote: Quote
    person: str
    why: str
    document_id: str
    sheet: str


@dataclass(frozen=True, slots=True)
class SheetsView:
    """All sheets, those that tell most first, and what to read first. Those without an address are in tables only.

    `without` is how many threads and interviews tell too little to get a sheet where there are very many.
    """

    sheets: tuple[SheetView, ...]
    reading: tuple[TurnView, ...]
    without: int = 0

    def address_of(self, document_id: str) -> str:
        """Return where the sheet of a thread or interview stands, "" where it has none."""
        return next((one.address for one in self.sheets if one.document_id == document_id), "")

    @property
    def written(self) -> tuple[SheetView, ...]:
        """The sheets that are written out."""
        return tuple(one for one in self.sheets if one.address)

    @property
    def has_pages(self) -> bool:
        """Whether each sheet has a page of its own."""
        return bool(self.written) and "#" not in self.written[0].address
