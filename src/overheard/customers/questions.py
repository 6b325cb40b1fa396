"""Which column of a survey's export asks what? A proposal with a reason for each, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from overheard.customers.row import Row
from overheard.customers.scales import read_feeling, read_rating
from overheard.customers.times import is_day_first, read_time

Part = Literal[
    "person",
    "answered_at",
    "feeling",
    "who_benefits",
    "benefit",
    "hold_back",
    "importance",
    "satisfaction",
    "texts",
    "choices",
    "",
]
"""What a column is for; "": left out."""

LOOKED_AT = 400
"""Rows a column is judged by."""
LEAST_FITTING = 0.8
"""Share of a column's answers that must read as a time, a feeling or a rating."""
LEAST_WORDS = 2.5
"""Mean words of what people write themselves; what they pick is shorter or repeats."""
LEAST_VARIED = 0.3
MOST_CHOICES = 40

_TIME = re.compile(r"\b(time|timestamp|date|submitted|started|created|completed)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERSON = re.compile(
    r"^(?:respondent|user|customer|email|e-mail|account|person|member|name|username|network|token|response)"
    r"(?:[ _-]?(?:id|name|address))?$|^#$|^id$|\b(?:respondent|customer|user|response) id\b|\bemail\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:type|kind|sort)s? of (?:people|person|user|customer)|who (?:would|do you think|else).{0,40}benefit",
    re.IGNORECASE,
)
_BENEFIT = re.compile(
    r"(?:main|primary|biggest|key|most).{0,20}(?:benefit|value)|benefit (?:do|have) you|like (?:the )?most|"
    r"(?:what|aspects?).{0,60}(?:pleasant|enjoy|love)|best thing",
    re.IGNORECASE,
)
_HOLD_BACK = re.compile(
    r"(?:how|what).{0,30}\bimprove|could (?:we|be) .{0,20}better|change one thing|one thing.{0,20}change|hinder|"
    r"\bdifficult\b|frustrat|pain points?|\bmissing\b|not address|enhancements?\b|"
    r"(?:features?|changes?|improvements?).{0,40}(?:like|want|wish|need)|"
    r"(?:like|wish|want).{0,30}(?:to (?:see|change)|improved|added)|help you (?:the )?most",
    re.IGNORECASE,
)
_IMPORTANCE = re.compile(r"\bhow important\b|\bimportance\b|\bimportant is\b", re.IGNORECASE)
_SATISFACTION = re.compile(r"\bhow satisfied\b|\bsatisfaction\b|\bsatisfied are\b", re.IGNORECASE)
_OPTIONS = re.compile(r"(?<!\s)\s*[;,]\s*")
_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,120})[\])]\s*\??\s*$")
_SUBJECT = re.compile(
    r"(?:important is|satisfied are you with|satisfaction with|importance of)(.{2,120})$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, what it is taken for and why. `subject` is the outcome a rating is of."""

    name: str
    part: Part
    why: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A survey's columns in their order, each with what it is taken for."""

    columns: tuple[Column, ...]
    rows: int

    def names(self, part: Part) -> tuple[str, ...]:
        """Return the columns of a part."""
        return tuple(one.name for one in self.columns if one.part == part)


def propose_mapping(columns: Sequence[str], rows: Sequence[Row]) -> Proposal:
    """Propose what each column of a survey is for.

    Args:
        columns: their names, in order.
        rows: all rows; the first 400 are looked at.
    """
    looked = rows[:LOOKED_AT]
    taken: dict[Part, str] = {}
    found: list[Column] = []
    for name in columns:
        values = [value for row in looked if (value := row.cell(name))]
        column = _judge(name, values, len(looked), taken)
        taken.setdefault(column.part, name)
        found.append(column)
    return Proposal(tuple(found), len(rows))


def _judge(name: str, values: Sequence[str], rows: int, taken: Mapping[Part, str]) -> Column:
    if not values:
        return Column(name, "", "is empty")
    dated = values if _TIME.search(name) else [one if _YEAR.search(one) else "" for one in values]
    if _share(dated, _is_time(values)) >= LEAST_FITTING:
        return (
            Column(name, "", "holds times, too")
            if "answered_at" in taken
            else Column(name, "answered_at", "holds times")
        )
    if "feeling" not in taken and _share(values, lambda one: read_feeling(one) is not None) >= LEAST_FITTING:
        return Column(name, "feeling", "its answers say how disappointed people would be")
    distinct = len(set(values)) / len(values)
    if "person" not in taken and _PERSON.search(name) and distinct == 1.0 and len(values) == rows:
        return Column(name, "person", "has another value in every row")
    ratings: tuple[tuple[Part, re.Pattern[str]], ...] = (("importance", _IMPORTANCE), ("satisfaction", _SATISFACTION))
    for part, asked in ratings:
        if asked.search(name) and _share(values, lambda one: read_rating(one) is not None) >= LEAST_FITTING:
            return Column(name, part, "asks for a rating", subject_of(name))
    options = {option for one in values for option in _OPTIONS.split(one)}
    if len(options) <= MOST_CHOICES and len(options) < len(values):
        return Column(name, "choices", f"{len(options)} different answers")
    words = sum(len(one.split()) for one in values) / len(values)
    if words >= LEAST_WORDS and distinct >= LEAST_VARIED:
        return _text(name)
    if distinct == 1.0 and len(values) == rows:
        return Column(name, "", "has another short value in every row")
    return Column(name, "choices", "short answers")


def _text(name: str) -> Column:
    kinds: tuple[tuple[Part, re.Pattern[str], str], ...] = (
        ("who_benefits", _WHO, "asks who benefits most"),
        ("hold_back", _HOLD_BACK, "asks what is missing or should be better"),
        ("benefit", _BENEFIT, "asks what people get from it"),
    )
    for part, asked, why in kinds:
        if asked.search(name):
            return Column(name, part, why)
    return Column(name, "texts", "is answered in own words")


def subject_of(question: str) -> str:
    """Return what a question asks to rate: what stands in brackets at its end, or after "important is"."""
    found = _BRACKET.search(question) or _SUBJECT.search(question)
    return (found[1] if found else question).strip(" ?.:").removesuffix(" to you")


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(fits(one) for one in values) / len(values)


def _is_time(values: Sequence[str]) -> Callable[[str], bool]:
    day_first = is_day_first(values)
    return lambda one: read_time(one, day_first) is not None
