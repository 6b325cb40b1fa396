"""When does this printed date say? Many languages and forms, to aware UTC, or None: never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Literal

from overheard.forums.clocks import CLOCK, clock_of
from overheard.forums.relative import names_day, read_relative, weekday_at_end

Order = Literal["day first", "month first", "unknown"]

_EARLIEST_YEAR = 1985
"""Before it there were no boards on the web or off it; such a year is a number of another kind."""

_ISO = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"
    r"(?:[T ,]{1,3}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d/]|[.-]\d)")
_IDEOGRAPHS = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})(?!\d)\s?[日일.]?")
_YEAR_FIRST = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)\.?(?: m\.| gadā?| gada| г\.)?[\s,-]{1,2}"
    r"(?:(\d{1,2})\.? )?([^\W\d_]{3,14})\.?(?:[\s-](\d{1,2})(?![\d:]))?"
)
"""Hungarian, Lithuanian, Latvian: "2021. május 3.", "2021 m. gegužės 3 d.", "2021. gada 3. maijā"."""
_THANG = re.compile(r"(?<!\d)(\d{1,2}) tháng (\d{1,2})(?:,| năm)? ((?:19|20)\d\d)", re.IGNORECASE)
_TWO_MONTHS = {"lis": (10, 11), "listopada": (10, 11), "lip": (6, 7)}
"""Croatian months, where the number of the day has a dot, and Polish ones, where it has none."""
_DIGITS = {
    ord(char): str(digit)
    for zero in "\u0660\u06f0\u0966\u09e6\u0e50\uff10"
    for digit, char in enumerate(chr(ord(zero) + step) for step in range(10))
}
_PIVOT = 50
"""Years of two digits below it are of this century."""
_WORD_DATE = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.º°])?[\s-]{0,3}(?:of |de "
    r"|d['’])?([^\W\d_]{3,14})\.?,?[\s-]{0,3}(?:de |del )?"
    r"['’]?((?:19|20)\d\d|\d\d)(?![\d:])"
    r"|(?<![^\W\d_])([^\W\d_]{3,14})\.?[\s-]{1,2}(\d{1,2})(?:st|nd|rd|th)?\s?,?[\s-]{1,3}['’]?((?:19"
    r"|20)\d\d|\d\d)(?![\d:])"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_OUR_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(CLOCK, re.IGNORECASE)
_TIME_BEFORE = re.compile(
    r"(?<![\d:.])(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]\.?m)?\b\W{0,5}(?:\w{2,3}\W{1,2})?$", re.IGNORECASE
)
_ZONE = re.compile(r"\s*(?:\(?(Z|UTC|GMT)\)?)?\s*([+-]\d\d:?\d\d)?(?![\d])")
_TIME_REACH = 24
"""Characters between a date and the time that belongs to it ("at", "um", a weekday)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed. `readings` are the (year, month, day) it can mean, day first before month first.

    `clock` is (hour, minute, second) or None; `offset` what was printed as its time zone; `start` and `end` are
    characters into the text it was found in; `exact` is set where nothing is left to read; `settled` is the
    order a numeric date has to have because its other reading is no date.
    """

    readings: tuple[tuple[int, int, int], ...]
    clock: tuple[int, int, int] | None
    offset: timedelta | None
    start: int
    end: int
    exact: datetime | None = None
    settled: Order = "unknown"


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for line in (files("overheard.forums") / "lexicon" / "months.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            number, *words = line.split()
            for word in words:
                names.setdefault(word.casefold(), int(number))
    return names


def may_hold_date(text: str) -> bool:
    """Say whether a text may hold the beginning of a date: a digit, a month, a day's name. Cheap."""
    if _DIGIT.search(text):
        return True
    months = _months()
    return names_day(text) or any(word in months for word in _WORD.findall(text.casefold()))


def find_date(text: str, fetched_at: datetime) -> Printed | None:
    """Find the first full date in a short text.

    Args:
        text: what is printed, up to a few hundred characters.
        fetched_at: aware; what "2 days ago" is counted from.

    Returns:
        The date and where it stands; None where there is none or a part of it (the year, the day) is missing.
    """
    if not text.isascii():
        plain = text.translate(_DIGITS)
        if plain != text:
            # Other digits often count the years otherwise: only a whole year of ours says which.
            found = find_date(plain, fetched_at)
            told = found is not None and (found.exact is not None or _OUR_YEAR.search(plain, found.start, found.end))
            return found if told else None
    if not _DIGIT.search(text):
        relative = read_relative(text, fetched_at)
        return Printed((), None, None, relative.start, relative.end, relative.at) if relative else None
    for reader in (_read_iso, _read_words, _read_numeric, _read_year_first, _read_numbered):
        found = reader(text)
        if found is not None:
            return found
    relative = read_relative(text, fetched_at)
    return Printed((), None, None, relative.start, relative.end, relative.at) if relative else None


def resolve(printed: Printed, order: Order, page_offset: timedelta) -> datetime | None:
    """Turn a printed date into aware UTC, or None where day and month cannot be told apart.

    Args:
        printed: what `find_date` found.
        order: what the page as a whole says about numeric dates.
        page_offset: the page's own time zone, for times printed without one.
    """
    if printed.exact is not None:
        return printed.exact
    readings = printed.readings
    if not readings:
        return None
    if len(readings) > 1:
        if order == "unknown":
            return None
        readings = readings[:1] if order == "day first" else readings[1:]
    year, month, day = readings[0]
    hour, minute, second = printed.clock or (0, 0, 0)
    offset = printed.offset if printed.offset is not None else page_offset if printed.clock else timedelta()
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_epoch(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, as machines write them."""
    if not re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return None
    seconds = int(text) / (1000 if len(text) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _read_iso(text: str) -> Printed | None:
    found = _ISO.search(text)
    if not found:
        return None
    readings = _possible((int(found[1]), int(found[3]), int(found[4])))
    if not readings:
        return None
    if found[5] is None:
        return _with_clock(text, readings, found.start(), found.end())
    clock = (int(found[5]), int(found[6]), int(found[7] or 0))
    zone = found[8]
    return (
        Printed(readings, clock, _offset(zone) if zone else None, found.start(), found.end()) if clock[0] < 24 else None
    )


def _read_words(text: str) -> Printed | None:
    for found in _WORD_DATE.finditer(text):
        day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        month = _months().get(name.casefold())
        if name.casefold() in _TWO_MONTHS and found[1]:
            month = _TWO_MONTHS[name.casefold()][text[found.end(1)] != "."]
        if month is None:
            continue
        readings = _possible((_full_year(year), month, int(day)))
        if readings:
            return _with_clock(text, readings, found.start(), found.end())
    return None


def _read_year_first(text: str) -> Printed | None:
    for found in _YEAR_FIRST.finditer(text):
        month, day = _months().get(found[3].casefold()), found[2] or found[4]
        readings = _possible((int(found[1]), month, int(day))) if month and day else ()
        if readings:
            return _with_clock(text, readings, found.start(), found.end())
    return None


def _read_numeric(text: str) -> Printed | None:
    for found in _NUMERIC.finditer(text):
        first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
        day_first, month_first = (year, second, first), (year, first, second)
        readings = _possible(day_first) if found[2] == "." else _possible(day_first, month_first)
        if len(readings) > 1:
            readings = _on_weekday(readings, text[max(0, found.start() - 14) : found.start()])
        if readings:
            printed = _with_clock(text, readings, found.start(), found.end())
            if len(readings) == 1 and found[2] != "." and first != second:
                return replace(printed, settled="day first" if readings[0] == day_first else "month first")
            return printed
    return None


def _read_numbered(text: str) -> Printed | None:
    """Read dates whose numbers are named: "2021年3月5日", "2021. 3. 5.", "5 tháng 3, 2021"."""
    for pattern, order in ((_IDEOGRAPHS, (1, 2, 3)), (_THANG, (3, 2, 1))):
        found = pattern.search(text)
        readings = _possible((int(found[order[0]]), int(found[order[1]]), int(found[order[2]]))) if found else ()
        if found and readings:
            return _with_clock(text, readings, found.start(), found.end())
    return None


def _on_weekday(readings: tuple[tuple[int, int, int], ...], before: str) -> tuple[tuple[int, int, int], ...]:
    """Keep the readings that fall on the day of the week printed before the date ("Wed, 05/06/2013")."""
    weekday = weekday_at_end(before)
    fitting = tuple(reading for reading in readings if datetime(*reading).weekday() == weekday)
    return fitting or readings


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _possible(*readings: tuple[int, int, int]) -> tuple[tuple[int, int, int], ...]:
    good = []
    for year, month, day in readings:
        try:
            datetime(year, month, day)
        except ValueError:
            continue
        if year >= _EARLIEST_YEAR and (year, month, day) not in good:
            good.append((year, month, day))
    return tuple(good)


def _with_clock(text: str, readings: tuple[tuple[int, int, int], ...], start: int, end: int) -> Printed:
    after = _TIME.search(text, end, end + _TIME_REACH + 12)
    if after and after.start() - end <= _TIME_REACH:
        clock = clock_of(*after.groups())
        if clock:
            zone = _ZONE.match(text, after.end())
            offset = _offset(zone[2] or zone[1]) if zone and (zone[1] or zone[2]) else None
            return Printed(readings, clock, offset, start, after.end())
    before = _TIME_BEFORE.search(text[max(0, start - 24) : start])
    if before:
        return Printed(readings, clock_of(None, before[1], before[2], before[3], before[4]), None, start, end)
    return Printed(readings, None, None, start, end)


def _offset(zone: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", zone)
    if not found:
        return timedelta()
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return size if found[1] == "+" else -size
