"""What time of day is printed? "7:45 pm", "19h45", "下午 7:45", "10時14分"."""

from __future__ import annotations

import re

_MORNING = ("am", "a.m", "a. m", "ص", "صباحا", "上午", "午前", "오전", "πμ", "π.μ", "öö")
_EVENING = ("pm", "p.m", "p. m", "م", "مساء", "下午", "午後", "晚上", "오후", "μμ", "μ.μ", "ös")
_HALF = "|".join(re.escape(word) for word in sorted((*_MORNING, *_EVENING), key=len, reverse=True))
CLOCK = (
    rf"(?<![\d:.])(?:({_HALF})\.?\s?)?(\d{{1,2}})\s?(?:[:h.]|時|时|点|點|시)\s?(\d\d)(?:\s?(?::|分|분)\s?(\d\d))?(?!\d)"
    rf"(?:\s?[分분])?(?:\s?({_HALF}|[ap])(?!\w)\.?)?"
)
"""A pattern with five groups, which `clock_of` reads: half of the day, hour, minute, second, half of the day."""
_AT_START = re.compile(rf"^.{{0,12}}?{CLOCK}", re.IGNORECASE)


def clock_of(
    half_before: str | None, hour: str, minute: str, second: str | None, half: str | None
) -> tuple[int, int, int] | None:
    """Return hour, minute and second; None where they are none."""
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    told = (half_before or half or "").casefold()
    if told and hours <= 12:
        hours = hours % 12 + (12 if told in _EVENING or told == "p" else 0)
    return (hours, minutes, seconds) if hours < 24 and minutes < 60 and seconds < 60 else None


def read_clock(text: str) -> tuple[tuple[int, int, int], int] | None:
    """Read the time of day a text begins with, after a word or two; and where it ends. None where there is none."""
    found = _AT_START.match(text)
    clock = clock_of(*found.groups()) if found else None
    return (clock, found.end()) if found and clock else None
