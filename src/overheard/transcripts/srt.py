"""SubRip (.srt), and any other file of times with arrows and words below them.

Reads: number, `00:00:01,000 --> 00:00:02,500`, words; points for commas, hours left out, numbers missing, WebVTT
without its header, SBV (`0:00:01.000,0:00:02.500`), `Name: words` (Zoom, Rev), `[SPEAKER_00]:` (WhisperX).
Seen: documented only.
Traps: a cue whose words are a number ("1947"), numbers that begin again, times broken by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.records import Reading
from overheard.transcripts.clocks import read_timing
from overheard.transcripts.cues import Problems, read_cues, speeches_of, without_repeats
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns

_NUMBER = re.compile(r"\s*\d{1,7}\s*", re.ASCII)


def recognises(content: Content) -> bool:
    """Say whether a line gives the times of a cue, well-formed or broken."""
    return has_cues(content.lines)


def read_srt(content: Content) -> Reading:
    """Read the turns of a SubRip file; it has no title, so the file's name stands in."""
    return read_srt_lines(content.place, content.lines)


def has_cues(lines: Sequence[str]) -> bool:
    """Say whether a line gives the times of a cue, well-formed or broken."""
    for before, line in zip(["", *lines], lines, strict=False):
        timing = read_timing(line)
        if timing and (not timing.is_bare or _NUMBER.fullmatch(before)):
            return True
    return False


def read_srt_lines(place: str, lines: Sequence[str]) -> Reading:
    """Read the turns of lines with cues."""
    problems: Problems = []
    cues = read_cues(_without_numbers(lines), problems)
    return Reading(place, read_turns(speeches_of(without_repeats(cues))), tuple(problems))


def _without_numbers(lines: Sequence[str]) -> list[str]:
    """Blank out the numbers of cues: a number alone on a line, after a blank one, with times below it."""
    kept = list(lines)
    for index, line in enumerate(lines[:-1]):
        is_after_gap = index == 0 or not lines[index - 1].strip()
        if is_after_gap and _NUMBER.fullmatch(line) and read_timing(lines[index + 1]):
            kept[index] = ""
    return kept


READER = Reader("SubRip", recognises, read_srt)
