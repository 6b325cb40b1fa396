"""WebVTT (.vtt): what Teams, Stream, Zoom, YouTube and most recognisers export.

Reads: the W3C format, https://www.w3.org/TR/webvtt1/; header text is the title, NOTE, STYLE and REGION blocks and cue
names are left out, but for the voice in Webex's names (`7 "Ines Vale" (123)`).
Seen: cue names missing, `<v Name>`, no speakers at all, "- " for a change of speaker (YouTube); documented only: cue
names that are numbers (Zoom) or `GUID/12-0` (Teams), header fields `Kind:`, `Language:` (YouTube), `X-TIMESTAMP-MAP`.
Traps: a blank line inside a cue's words ends the cue for the standard, and what follows would be lost: here it is kept;
a NOTE with no blank line after ends at the next times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.records import Reading
from overheard.transcripts.clocks import read_timing
from overheard.transcripts.cues import Problems, read_cues, speeches_of, without_repeats
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns

_HEADER = re.compile(r"\s*WEBVTT(?:[ \t]+(?P<title>.*)|\s*)")
_VOICE_IN_NAME = re.compile(r"\s*\d+\s+\"([^\"<>]{1,80})\"\s*(?:\(\d+\))?\s*")
_BLOCK = re.compile(r"NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*")


def recognises(content: Content) -> bool:
    """Say whether the first line that is not blank is the header."""
    return bool(_HEADER.fullmatch(next((line for line in content.lines if line.strip()), "")))


def read_webvtt(content: Content) -> Reading:
    """Read the turns of a WebVTT file; the file's name is the title where the header tells none."""
    lines = content.lines
    problems: Problems = []
    header = next(number for number, line in enumerate(lines) if line.strip())
    found = _HEADER.fullmatch(lines[header])
    title = ((found and found["title"]) or "").strip(" \t-–—:")
    cues = read_cues(_without_comments(lines, header), problems)
    return Reading(title or content.place, read_turns(speeches_of(without_repeats(cues))), tuple(problems))


def _without_comments(lines: Sequence[str], header: int) -> list[str]:
    """Blank out the header, the blocks that are no cues, and the names of cues."""
    kept = list(lines)
    is_left_out, is_after_gap = True, False
    has_words = True
    voice = ""
    for index, line in enumerate(lines):
        is_blank = not line.strip()
        timing = read_timing(line)
        is_times = timing is not None and not timing.is_bare
        if index > header and (is_blank or is_times):
            is_left_out = False
        elif is_after_gap and _BLOCK.fullmatch(line):
            is_left_out = True
        elif is_after_gap and _is_name(line, lines[index + 1 : index + 2], has_words):
            kept[index] = ""
            voice = found[1] if (found := _VOICE_IN_NAME.fullmatch(line)) else ""
        if is_left_out:
            kept[index] = ""
        elif is_times:
            has_words = False
        elif kept[index].strip():
            has_words = True
            if voice:
                kept[index], voice = f"<v {voice}>{line}", ""
        is_after_gap = is_blank
    return kept


def _is_name(line: str, following: Sequence[str], has_words: bool) -> bool:
    """Say whether `line`, after a blank line, names the cue whose times follow.

    Words that a stray blank line has cut off from their times stand in the same place: they have spaces, and the cue
    before has none yet.
    """
    timing = read_timing(following[0]) if following else None
    if timing is None:
        return False
    return line.strip().isdigit() if timing.is_bare else has_words or len(line.split()) == 1


READER = Reader("WebVTT", recognises, read_webvtt)
