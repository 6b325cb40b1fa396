"""When was "2 days ago" or "yesterday, 09:12"? Counted from when the page was fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

_CLOCK = re.compile(r"^.{0,12}?(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap])?\.?m?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative date; `start` and `end` are characters into the text it was found in.

    `at` is None where no day is named ("3 months ago").
    """

    at: datetime | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    units: dict[str, int]
    days: dict[str, int]
    weekdays: dict[str, int]
    length: re.Pattern[str]
    day: re.Pattern[str]
    weekday: re.Pattern[str]


@cache
def _words() -> _Words:
    units: dict[str, int] = {}
    days: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    ago: list[str] = []
    ones: list[str] = []
    for line in (files("overheard.forums") / "lexicon" / "relative.txt").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        words = [word.replace("_", " ") for word in rest.split()]
        if kind == "unit":
            units.update(dict.fromkeys(words[1:], int(words[0])))
        elif kind == "day":
            days.update(dict.fromkeys(words[1:], int(words[0])))
        elif kind == "weekday":
            weekdays.update(dict.fromkeys(words[1:], int(words[0])))
        elif kind == "ago":
            ago += words
        elif kind == "one":
            ones += words
    amount = rf"(\d{{1,4}}|{_any(ones)})\s?({_any(units)})\.?"
    # "il y a 2 jours", "vor 2 Tagen" and "2 days ago": the mark stands on either side.
    length = re.compile(rf"\b(?:(?:{_any(ago)})\s+{amount}\b|{amount}\s+(?:{_any(ago)})\b)", re.IGNORECASE)
    day = re.compile(rf"\b({_any(days)})\b", re.IGNORECASE)
    weekday = re.compile(rf"^\W*({_any(weekdays)})\b(?=.{{0,8}}\d{{1,2}}:\d\d)", re.IGNORECASE)
    return _Words(units, days, weekdays, length, day, weekday)


def _any(words: list[str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def read_relative(text: str, fetched_at: datetime) -> Relative | None:
    """Read a relative date out of a short text; None where there is none.

    Args:
        text: what is printed; only short texts are looked at, since prose is full of "today".
        fetched_at: aware; what is counted from.
    """
    if len(text) > 120:
        return None
    words = _words()
    length = words.length.search(text)
    if length:
        amount, unit = (length[1], length[2]) if length[1] else (length[3], length[4])
        count = int(amount) if amount.isdigit() else 1
        seconds = count * words.units[unit.casefold()]
        at = (fetched_at - timedelta(seconds=seconds)).astimezone(UTC) if seconds else None
        return Relative(at, length.start(), length.end())
    if len(text) > 60:
        return None
    named = words.day.search(text)
    if named:
        return _at_clock(text, fetched_at - timedelta(days=words.days[named[1].casefold()]), named)
    named = words.weekday.search(text)
    if named:
        back = (fetched_at.weekday() - words.weekdays[named[1].casefold()]) % 7 or 7
        return _at_clock(text, fetched_at - timedelta(days=back), named)
    return None


def weekday_at_end(text: str) -> int | None:
    """Return the day of the week (Monday is 0) that a text ends with, full or cut to three letters; None where none."""
    found = re.search(r"([^\W\d_]{3,})\W*$", text)
    if not found:
        return None
    word = found[1].casefold()
    weekdays = _words().weekdays
    if word in weekdays:
        return weekdays[word]
    days = {number for name, number in weekdays.items() if len(word) == 3 and name.startswith(word)}
    return days.pop() if len(days) == 1 else None


def _at_clock(text: str, day: datetime, named: re.Match[str]) -> Relative:
    clock = _CLOCK.match(text[named.end() :])
    start = day.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if clock:
        hours, minutes = int(clock[1]), int(clock[2])
        if clock[3] and hours <= 12:
            hours = hours % 12 + (12 if clock[3].casefold() == "p" else 0)
        if hours < 24 and minutes < 60:
            return Relative(start.replace(hour=hours, minute=minutes), named.start(), named.end() + clock.end())
    return Relative(start, named.start(), named.end())
