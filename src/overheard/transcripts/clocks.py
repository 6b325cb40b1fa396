"""When does a turn start? Clock times of transcripts, and the link to a moment.

Versions seen: `00:01:02.500` (WebVTT), `00:01:02,500` (SubRip), `01:02.500` (WebVTT without hours), `0:00:01.0` (SBV),
`1:02`, `75:30` (Otter counts minutes past the hour), `01:04:01.04` (markdown). Traps: 99 minutes in `00:99:00` is a
slip of the pen, never 1:39:00; an arrow copied out of a web page is `--&gt;`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,9}))?", re.ASCII)
_PRECISE = re.compile(r"[^:\n]*:[^:.,\n]*[:.,].*")
"""Beside no arrow only `00:01:02` and `01:02.5` are times of a cue: people say `12:30`, and subtitles show it."""
_LIKE_A_CLOCK = r"-?[\d.,]*\d:[\d:.,]*"
_ARROW = r"-{1,3}[ ]?(?:>|&gt;)|-{2,3}|[→⟶]|=>"
_TIMING = re.compile(
    rf"\s*(?:(?P<start>{_LIKE_A_CLOCK})\s*(?P<arrow>{_ARROW})\s*(?P<end>{_LIKE_A_CLOCK})(?:[^\S\n].*)?"
    rf"|(?P<sbv>\d+:\d\d:\d\d\.\d+),(?P<sbv_end>\d+:\d\d:\d\d\.\d+)"
    rf"|(?P<endless>{_LIKE_A_CLOCK})\s*(?:{_ARROW})"
    rf"|(?:{_ARROW})\s*(?P<startless>{_LIKE_A_CLOCK})"
    rf"|(?P<alone>{_LIKE_A_CLOCK}))\s*",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of a cue in milliseconds, None where not to be known. `faults` says what is wrong with the line."""

    start: int | None
    end: int | None
    faults: tuple[str, ...] = ()
    is_bare: bool = False
    """Whether the line is a time and nothing else, so that it may be something somebody said."""


def read_clock(text: str) -> int | None:
    """Return the milliseconds of `1:02:03.5`, `02:03` and the like; None where it is no time of a clock."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    thousandths = int((found[4] or "0")[:3].ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def moment_url(milliseconds: int | None) -> str | None:
    """Return the fragment `#t=HH:MM:SS` (Media Fragments, normal play time) of a moment, None for none."""
    if milliseconds is None:
        return None
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"#t={hours:02d}:{minutes:02d}:{seconds:02d}"


def read_timing(line: str) -> Timing | None:
    """Read the line that gives a cue its times, well-formed or broken; None where it is no such line."""
    if ":" not in line:
        return None
    found = _TIMING.fullmatch(line)
    if not found or (found["alone"] and not _PRECISE.fullmatch(found["alone"])):
        return None
    if found["sbv"]:
        return Timing(read_clock(found["sbv"]), read_clock(found["sbv_end"]))
    starts = found["start"] or found["endless"] or found["alone"]
    ends = found["end"] or found["startless"]
    start = read_clock(starts) if starts else None
    end = read_clock(ends) if ends else None
    faults = [f"`{clock}` is no time" for clock, read in ((starts, start), (ends, end)) if clock and read is None]
    if not starts:
        faults.append("the start is missing")
    if not ends:
        faults.append("the end is missing")
    if found["arrow"] not in (None, "-->"):
        faults.append(f"the arrow is written `{found['arrow']}`")
    if start is not None and end is not None and end < start:
        faults.append("it ends before it starts")
    return Timing(start, end, tuple(faults), is_bare=bool(found["alone"]))
