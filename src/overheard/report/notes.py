"""What a note sheet and a passage to read must tell to be shown. Whoever makes them need not know this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from overheard.records import Signal, Slot

Example = tuple[str, int, int]
"""Where a term was used: utterance_id, and start and end in characters of its text."""


class LineNote(Protocol):
    """A sentence of a sheet."""

    @property
    def signal(self) -> Signal:
        """The sentence."""

    @property
    def slots(self) -> Sequence[Slot]:
        """Its parts, such as what it recommends or warns against."""


class HeadingNote(Protocol):
    """One heading of a sheet."""

    @property
    def name(self) -> str:
        """Its name in lower case."""

    @property
    def lines(self) -> Sequence[LineNote]:
        """All its lines, best first."""

    @property
    def shown(self) -> int:
        """How many of them a page shows."""


class JargonNote(Protocol):
    """A term that may be jargon."""

    @property
    def text(self) -> str:
        """As most often written in the document."""

    @property
    def uses(self) -> int:
        """How often it stands in the document."""

    @property
    def times(self) -> float:
        """How many times as often as general English the market says it."""

    @property
    def examples(self) -> Sequence[Example]:
        """Some of its uses."""


class SheetNote(Protocol):
    """The notes on one thread or interview."""

    @property
    def document_id(self) -> str:
        """Which."""

    @property
    def headings(self) -> Sequence[HeadingNote]:
        """In the order of the sheet."""

    @property
    def jargon(self) -> Sequence[JargonNote]:
        """Best first."""

    @property
    def telling(self) -> float:
        """How much it tells; the sheets that tell most come first."""


class PassageNote(Protocol):
    """Some neighbouring sentences of one utterance."""

    @property
    def utterance_id(self) -> str:
        """Of which."""

    @property
    def start(self) -> int:
        """First character in its text."""

    @property
    def end(self) -> int:
        """One past the last."""


class TurnNote(Protocol):
    """A passage in the order of reading."""

    @property
    def passage(self) -> PassageNote:
        """What to read."""

    @property
    def signals(self) -> Sequence[Signal]:
        """The pains in it."""

    @property
    def like(self) -> int | None:
        """The place (from 0) of an earlier turn that says something like it, None for the first of its kind."""


class ComparedNote(Protocol):
    """One of the people who were compared."""

    @property
    def person_id(self) -> str:
        """Who."""

    @property
    def group(self) -> str:
        """A letter for the group proposed for them, "" where they stand alone."""

    @property
    def alone(self) -> str | None:
        """The signal id of what nobody else comes near."""


class PairNote(Protocol):
    """Two people who were compared."""

    @property
    def first(self) -> str:
        """One person's id."""

    @property
    def second(self) -> str:
        """The other's."""

    @property
    def likeness(self) -> float:
        """How alike, -1 to 1; of use for ranking only."""

    @property
    def both(self) -> Sequence[tuple[str, str]]:
        """Signal ids of what both say: the first's, the second's."""

    @property
    def pains(self) -> Sequence[str]:
        """Ids of pains both tell, those few others tell first."""


class AffinityNote(Protocol):
    """Who is like whom."""

    @property
    def people(self) -> Sequence[ComparedNote]:
        """Those alike next to each other."""

    @property
    def pairs(self) -> Sequence[PairNote]:
        """Every two of them, the most alike first."""

    @property
    def too_little(self) -> int:
        """People who told too little to be compared."""

    @property
    def left_out(self) -> int:
        """People who told enough, but beyond the most that are compared."""


class FieldNote(Protocol):
    """Something known of people besides what hurts them, and how it goes with the segments."""

    @property
    def name(self) -> str:
        """What is known."""

    @property
    def unit(self) -> str:
        """Of numbers: "day" for days since 0001-01-01, else ""."""

    @property
    def people(self) -> int:
        """People in a segment of whom it is known."""

    @property
    def measure(self) -> str:
        """Name of the effect size."""

    @property
    def effect(self) -> float | None:
        """0 (goes with nothing) to 1; None where too few are known to test."""

    @property
    def q(self) -> float | None:
        """p-value corrected for the number of fields, None where there is no test."""

    @property
    def values(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Of categories: segment_id → people by value, most first."""

    @property
    def middles(self) -> Mapping[str, float]:
        """Of numbers: segment_id → median."""


class AskNote(Protocol):
    """A question for one person in no segment."""

    @property
    def person_id(self) -> str:
        """Whom to ask."""

    @property
    def question_id(self) -> str:
        """What to ask."""

    @property
    def pain_ids(self) -> Sequence[str]:
        """What its options stand for."""

    @property
    def settles(self) -> float:
        """How likely (0-1) the answer settles which segment is theirs."""
