"""When was it? Times as survey tools and exports print them; a whole column decides what 03/04 means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

_NUMERIC = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})"
    r"(?:[ T,]{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s{0,2}([ap]m)?)?"
    r"\s{0,2}(Z|[A-Z]{3,4}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(\d{1,2}) ([a-z]{3})[a-z]{0,6}|([a-z]{3})[a-z]{0,6} (\d{1,2})),? (\d{4})"
    r"(?:,? (?:at )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,2}([ap]m)?)?(?: UTC)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNIX = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,6})?")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


def is_day_first(values: Iterable[str]) -> bool:
    """Tell whether a column writes the day before the month: it does where a first number is above twelve."""
    return any((found := _NUMERIC.match(value.strip())) and 12 < int(found[1]) < 32 for value in values)


def read_time(text: str, day_first: bool = False) -> datetime | None:
    """Read a printed time as UTC; None where it is none.

    Args:
        text: for example "2020-01-29T15:02:25Z", "1/29/2020 15:02:25", "29 Jan 2020", "1580310145".
        day_first: what 03/04/2020 means (see `is_day_first`). A zone told by name only (CET) is taken as UTC.
    """
    plain = text.strip()
    if _UNIX.fullmatch(plain):
        seconds = float(plain)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    try:
        if found := _NUMERIC.fullmatch(plain):
            return _numeric(found, day_first)
        if found := _NAMED.fullmatch(plain):
            day, month = (found[1], found[2]) if found[1] else (found[4], found[3])
            then = datetime(int(found[5]), _MONTHS.index(month.lower()) + 1, int(day), tzinfo=UTC)
            return then + _clock(*found.groups()[5:9])
    except ValueError:
        return None
    return None


def _numeric(found: re.Match[str], day_first: bool) -> datetime:
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        year = third if third > 99 else 2000 + third
        month, day = (second, first) if day_first else (first, second)
    then = datetime(year, month, day, tzinfo=UTC) + _clock(*found.groups()[3:7])
    offset = _OFFSET.search(found[8] or "")
    if not offset:
        return then
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    zone = timezone(-ahead if offset[1] == "-" else ahead)
    return then.replace(tzinfo=zone).astimezone(UTC)


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> timedelta:
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if hours > 23 or int(minute or 0) > 59:
        raise ValueError("no time of day")
    return timedelta(hours=hours, minutes=int(minute or 0), seconds=int(second or 0))
