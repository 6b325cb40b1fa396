"""What the lists of a segment show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from overheard.report.figures import Share
from overheard.report.quotes import Quote

MessageType = Literal["motivation", "value", "anxiety"]
"""What drives people on, what they gain, what holds them back."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something people say, in one of their sentences. `share` is None where fewer say it than may be counted.

    `text` is "" where the quote says it all; `people` says in words by how many.
    """

    text: str
    people: str
    share: Share | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class PointList:
    """A list. `note` says of whom it holds, or plainly why there is nothing to show."""

    note: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A pain, a dream or an anxiety as something a page can say, with who says it."""

    kind: Literal["pain", "dream", "anxiety"]
    point: Point


@dataclass(frozen=True, slots=True)
class SwipeEntry:
    """A quote to write from. `about` is a pain's name, or what kind of sentence it is; `terms` as its source tells."""

    message: MessageType
    about: str
    quote: Quote
    terms: str


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody tries to get done, in parts of their words, and where they say it."""

    situation: str
    motivation: str
    outcome: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Product:
    """A product they name: how many do, how many with praise or advice, and with a pain or a warning; in words."""

    name: str
    named: Point
    speak_for: str
    speak_against: str


@dataclass(frozen=True, slots=True)
class Switch:
    """From what to what somebody says they went; "" where they do not say."""

    left: str
    taken: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with how many ask its like, in how many threads, and what came of it."""

    point: Point
    threads: int
    answers: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where they are heard; `often` says how much more than others, "" where there is nobody to compare with."""

    name: str
    kind: str
    href: str | None
    here: Share
    others: Share | None
    often: str
    is_more: bool


@dataclass(frozen=True, slots=True)
class SaidView:
    """All lists of one group; each note says of how many people a list is, or why there is nothing to show."""

    messages: tuple[Message, ...]
    stories: tuple[Story, ...]
    stories_note: str
    outcomes: PointList
    anxieties: PointList
    worldviews: PointList
    ways: PointList
    products: tuple[Product, ...]
    products_note: str
    practices: PointList
    switches: tuple[Switch, ...]
    questions: tuple[Question, ...]
    questions_note: str
    swipe: tuple[SwipeEntry, ...]
    places: tuple[Place, ...]
