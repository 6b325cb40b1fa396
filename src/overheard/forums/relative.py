"""When was "2 days ago" or "yesterday, 09:12"? Counted from when the page was fetched."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from overheard.forums.clocks import read_clock

_MOST_OTHER_WORDS = 3
"""Beside the name of a day; with more, it is prose that mentions a day."""
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


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
    alone: dict[str, int]
    days: dict[str, int]
    timed: dict[str, int]
    weekdays: dict[str, int]
    known: frozenset[str]
    length: re.Pattern[str]
    day: re.Pattern[str]
    weekday: re.Pattern[str]
    now: re.Pattern[str]


@cache
def _words() -> _Words:
    numbered: dict[str, dict[str, int]] = defaultdict(dict)
    listed: dict[str, list[str]] = defaultdict(list)
    for line in (files("overheard.forums") / "lexicon" / "relative.txt").read_text("utf-8").splitlines():
        kind, *rest = line.split()
        words = [word.replace("_", " ").casefold() for word in rest]
        if kind in ("unit", "alone", "day", "timed", "weekday"):
            for word in words[1:]:
                numbered[kind].setdefault(word, int(words[0]))
        else:
            listed[kind] += words
    days = numbered["day"] | numbered["timed"]
    units = _any([word for word in numbered["unit"] if not _SCRIPT_WITHOUT_SPACES.search(word)])
    unspaced = _any([word for word in numbered["unit"] if _SCRIPT_WITHOUT_SPACES.search(word)])
    amount = rf"(?:(\d{{1,4}}|{_any(listed['one'])})\s?({units})|({_any(numbered['alone'])}))\.?"
    ago = _any(listed["ago"])
    # "il y a 2 jours", "vor 2 Tagen" and "2 days ago": the mark stands on either side.
    written_on = rf"(\d{{1,4}})\s?({unspaced})\s?(?:{_any(listed['joined'])}|{ago})"
    length = rf"(?<!\w)(?:(?:{ago})\s+{amount}(?!\w)|{amount}\s+(?:{ago})(?!\w)|{written_on})"
    return _Words(
        numbered["unit"],
        numbered["alone"],
        days,
        numbered["timed"],
        numbered["weekday"],
        frozenset(
            part for kind in (*numbered.values(), *listed.values()) for word in kind for part in _WORD.findall(word)
        ),
        re.compile(length, re.IGNORECASE),
        re.compile(rf"(?<![^\W\d])({_any(days)})(?![^\W\d\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])", re.IGNORECASE),
        re.compile(rf"^\W*({_any(numbered['weekday'])})\b(?=.{{0,12}}\d{{1,2}}[:.h]\d\d)", re.IGNORECASE),
        re.compile(rf"^\W*({_any(listed['now'])})\W*$", re.IGNORECASE),
    )


def _any(words: list[str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def names_day(text: str) -> bool:
    """Say whether a text holds a word of those relative dates begin with. Cheap, and rather yes than no."""
    known = _words().known
    lowered = text.casefold()
    return any(word in known for word in _WORD.findall(lowered)) or bool(_SCRIPT_WITHOUT_SPACES.search(lowered))


def read_relative(text: str, fetched_at: datetime) -> Relative | None:
    """Read a relative date out of a short text; None where there is none.

    Args:
        text: what is printed; only short texts are looked at, since prose is full of "today".
        fetched_at: aware; what is counted from.
    """
    if len(text) > 120 or not names_day(text):
        return None
    words = _words()
    length = words.length.search(text)
    if length:
        seconds = _seconds(words, *length.groups())
        at = (fetched_at - timedelta(seconds=seconds)).astimezone(UTC) if seconds else None
        return Relative(at, length.start(), length.end())
    if len(text) > 60:
        return None
    named = words.day.search(text)
    if named:
        return _on_day(words, text, fetched_at, named)
    named = words.weekday.search(text)
    if named:
        back = (fetched_at.weekday() - words.weekdays[named[1].casefold()]) % 7 or 7
        return _at_clock(text, fetched_at - timedelta(days=back), named)
    named = words.now.match(text)
    return Relative(fetched_at.astimezone(UTC), named.start(1), named.end(1)) if named else None


def weekday_at_end(text: str) -> int | None:
    """Return the day of the week (Monday is 0) that a text ends with, full or cut to three letters; None where none."""
    found = re.search(r"([^\W\d_]{2,})\W*$", text)
    if not found:
        return None
    return _weekday(found[1].casefold())


@lru_cache(maxsize=20_000)
def _weekday(word: str) -> int | None:
    weekdays = _words().weekdays
    if word in weekdays:
        return weekdays[word]
    days = {number for name, number in weekdays.items() if len(word) == 3 and name.startswith(word)}
    return days.pop() if len(days) == 1 else None


def _seconds(words: _Words, *told: str | None) -> int:
    """Return a length of time in seconds, from what `length` found: three pairs of amount and unit, or a word alone."""
    for count, unit, alone in ((told[0], told[1], told[2]), (told[3], told[4], told[5]), (told[6], told[7], None)):
        if unit:
            return (int(count) if count and count.isdecimal() else 1) * words.units[unit.casefold()]
        if alone:
            return words.alone[alone.casefold()]
    return 0


def _on_day(words: _Words, text: str, fetched_at: datetime, named: re.Match[str]) -> Relative | None:
    day = named[1].casefold()
    found = _at_clock(text, fetched_at - timedelta(days=words.days[day]), named)
    others = len(text[: named.start()].split()) + len(text[found.end :].split())
    if found.end == named.end() and (day in words.timed or others > _MOST_OTHER_WORDS):
        return None
    return found


def _at_clock(text: str, day: datetime, named: re.Match[str]) -> Relative:
    start = day.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    read = read_clock(text[named.end() :])
    if read is None:
        return Relative(start, named.start(), named.end())
    (hour, minute, _), end = read
    return Relative(start.replace(hour=hour, minute=minute), named.start(), named.end() + end)
