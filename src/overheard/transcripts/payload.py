"""What does a stranger's JSON hold? Accessors that take any type anywhere."""

from __future__ import annotations

import math
import re
from typing import Any

from overheard.transcripts.clocks import read_clock

Row = dict[str, Any]

_LONGEST = 1e6
"""Seconds, eleven days. Beyond it a number is a date or an id, and no time of a recording."""
_NUMBER = re.compile(r"\s{0,9}(\d{1,12}(?:\.\d{1,12})?)\s{0,9}s?\s{0,9}", re.ASCII)
_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.ASCII)


def member(value: Any, *keys: str | int) -> Any:
    """Walk down by keys of objects and indices of lists; None where the way ends."""
    for key in keys:
        if isinstance(key, int):
            value = value[key] if isinstance(value, list) and -len(value) <= key < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def first_of(row: Any, *keys: str) -> Any:
    """Return the value of the first key that is there and not null."""
    if isinstance(row, dict):
        for key in keys:
            if row.get(key) is not None:
                return row[key]
    return None


def rows_of(value: Any) -> list[Row]:
    """Return the objects of a list; none where it is no list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a string without spaces around it; empty for everything else."""
    return value.strip() if isinstance(value, str) else ""


def milliseconds_of(value: Any, per_second: int = 1) -> int | None:
    """Return a time of the recording in milliseconds, None where it is none.

    Args:
        value: a number in units of 1 / `per_second` seconds; the same as a string, with or without "s" behind it; a
            clock ("00:00:01,000"), a duration ("PT1.2S"), or an object of seconds and nanos.
        per_second: 1 for seconds, 1,000 for milliseconds, 10,000,000 for ticks. Strings with units have their own.
    """
    if isinstance(value, dict):
        whole, part = value.get("seconds", 0), value.get("nanos", 0)
        whole = _number(whole)
        part = _number(part)
        return None if whole is None or part is None else _rounded(whole + part / 1e9)
    if isinstance(value, str):
        if ":" in value:
            return read_clock(value)
        if (duration := _DURATION.fullmatch(value)) and value != "PT":
            hours, minutes, seconds = (float(part or 0) for part in duration.groups())
            return _rounded(hours * 3600 + minutes * 60 + seconds)
        if "s" in value:
            per_second = 1
    number = _number(value)
    return None if number is None else _rounded(number / per_second)


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value)
        return float(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # An integer of thousands of digits is no float.
    return float(value) if -1e15 < value < 1e15 and math.isfinite(value) else None


def _rounded(seconds: float) -> int | None:
    return round(seconds * 1000) if 0 <= seconds <= _LONGEST else None


def speaker_of(value: Any) -> str | None:
    """Return a speaker's name, None where nobody is named. A number or a single letter is told as "Speaker 1"."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000:
        return f"Speaker {value}"
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if name.casefold() in ("", "null", "none"):
        return None
    return f"Speaker {name}" if len(name) == 1 or (name.isdigit() and len(name) < 5) else name
