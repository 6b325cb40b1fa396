"""What the pages of single pains and terms show, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overheard.report.figures import Share
from overheard.report.quotes import Line, Quote
from overheard.report.single_pages.over_time import Strip, Timeline


@dataclass(frozen=True, slots=True)
class Row:
    """People of one source or segment: how many of them tell it. `share` is None where too few people do.

    `file` is the segment's page, "" where there is none.
    """

    name: str
    file: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another pain. `both` are the people who tell both, None where too few to show."""

    pain_id: str
    name: str
    file: str
    both: int | None


@dataclass(frozen=True, slots=True)
class Happening:
    """What became of a pain on a night (ISO date); `evidence` is "" where it could not be shown."""

    night: str
    what: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A headline term said in a pain's sentences, or a pain in whose sentences a term is said."""

    text: str
    file: str
    people: int


@dataclass(frozen=True, slots=True)
class PainPage:
    """What is told of one pain beside its `PainView`. `sentences` are all that were told, `quotes` those shown.

    `family` is the family it lies in and the others of that family.
    """

    file: str
    timeline: Timeline | None
    strip: Strip | None
    undated: int
    sources: tuple[Row, ...]
    segments: tuple[Row, ...]
    sentences: int
    quotes: tuple[Quote, ...]
    sayings: tuple[Saying, ...]
    near: tuple[Neighbour, ...]
    together: tuple[Neighbour, ...]
    family: tuple[str, tuple[Neighbour, ...]] | None
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Uses of one person, or of all the rest: pixels of a hundred from the left, and width."""

    x: float
    width: float
    is_rest: bool


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose uses they are: one block a person, most uses first. `loudest` are the uses of the first.

    `alike`: as if so many people said it equally often (inverse Simpson index).
    """

    blocks: tuple[Block, ...]
    loudest: int
    alike: float


@dataclass(frozen=True, slots=True)
class TermPage:
    """What is told of one term beside its `TermView` of each group. `share` is of everybody heard."""

    file: str
    text: str
    forms: tuple[str, ...]
    share: Share
    uses: int
    voices: Voices
    timeline: Timeline | None
    strip: Strip | None
    first_day: str
    last_day: str
    lines: tuple[Line, ...]
    pains: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class SinglePages:
    """Pages by pain_id, and by term in small letters."""

    pains: Mapping[str, PainPage]
    terms: Mapping[str, TermPage]
