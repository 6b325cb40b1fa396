"""What was said in timed cues? The part that WebVTT and SubRip share.

Versions seen: `<v Name>` and `<v.class Name>` with and without `</v>` (Teams, Stream), `Name: words` (Zoom),
`[SPEAKER_00]:` (WhisperX), `>> NAME:` and `>>` (broadcast captions), `- ` (a change of speaker), YouTube's rolling
captions (each cue repeats the line before, words carry `<00:00:01.000><c>`), `{\\an8}` and `<font>` (SubRip),
a name alone on the first line (Teams in Word), `{"speakerName": …, "spokenText": …}` (Teams with metadata). Traps:
`<unk>` and `a < b` are words, not tags; "Yeah." twice is no rolling caption; YouTube puts lines of blanks inside a cue.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from overheard.transcripts.clocks import Timing, read_timing
from overheard.transcripts.labels import clean_name, is_name_shaped, speakers_among, split_change, split_label
from overheard.transcripts.payload import member, speaker_of, text_of
from overheard.transcripts.turns import Speech

Problems = list[tuple[int, str]]

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|s|a|em|strong|span|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d+:[\d:.]+>|\{\\[a-z][^{}]*\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div)\s?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_ROLLING_SHARE = 0.25
"""Of the steps from cue to cue: those that repeat what was shown and add to it. YouTube's files have half of them."""
_NAMED_SHARE = 0.9
"""Of the cues: those with a name alone on their first line."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a cue, without tags. `voice` is the name of the voice tag it stands under, None without one."""

    voice: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time. `start` and `end` are milliseconds, None where not to be known."""

    start: int | None
    end: int | None
    said: tuple[Said, ...]


def read_cues(lines: Sequence[str], problems: Problems) -> list[Cue]:
    """Read cues from the lines of a file whose comments and cue names are blanked out.

    Args:
        lines: line i is line i + 1 of the file.
        problems: what is wrong with a line's times, or words that stand under no times, is added here.
    """
    cues: list[Cue] = []
    timing: Timing | None = None
    text: list[str] = []
    is_after_gap = True
    for number, line in enumerate(lines, 1):
        found = read_timing(line)
        if found and (is_after_gap or not found.is_bare):
            cues += _cue(timing, text)
            timing, text = found, []
            problems += [(number, f"{fault}; the words are kept") for fault in found.faults]
        elif line.strip():
            if timing is None and not text:
                problems.append((number, "words without times; they are kept"))
            elif "-->" in line:
                problems.append((number, "an arrow without times; the line is kept as words"))
            text.append(line)
        is_after_gap = not line.strip()
    return cues + _cue(timing, text)


def _cue(timing: Timing | None, text: Sequence[str]) -> list[Cue]:
    """Return the cue in a list, or none where it has no words."""
    said: list[Said] = []
    voice: str | None = None
    for line in text:
        if '"spokenText"' in line:
            said.append(_spoken_object(line))
            continue
        start = 0
        for tag in _VOICE.finditer(line):
            said.append(Said(voice, _words(line[start : tag.start()])))
            voice, start = clean_name(_words(tag[1] or "")) or None, tag.end()
        said.append(Said(voice, _words(line[start:])))
    said = [piece for piece in said if piece.text]
    if not said:
        return []
    return [Cue(timing.start if timing else None, timing.end if timing else None, tuple(said))]


def _spoken_object(line: str) -> Said:
    """Read a cue of Teams' transcripts with metadata: an object with `speakerName` and `spokenText`."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return Said(speaker_of(member(row, "speakerName")), text_of(member(row, "spokenText")) or _words(line))


def _words(text: str) -> str:
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub("", _BREAK.sub(" ", text)))
    return " ".join(plain.split())


def without_repeats(cues: Sequence[Cue]) -> list[Cue]:
    """Give the lines of rolling captions once. Files that do not roll come back as they are."""
    steps = list(pairwise(cues))
    adding = sum(_is_rolling(before, cue) for before, cue in steps)
    if not adding or adding < _ROLLING_SHARE * len(steps):
        return list(cues)
    kept = list(cues[:1])
    for before, cue in steps:
        said = _cut(cue.said, _repeated(before, cue))
        if said:
            kept.append(replace(cue, said=said))
        elif kept:
            kept[-1] = replace(kept[-1], end=cue.end)
    return kept


def _repeated(before: Cue, cue: Cue) -> int:
    """Count the words at the start of `cue` that repeat the last lines of `before`; none where the voices differ."""
    if before.said[-1].voice != cue.said[0].voice:
        return 0
    words = " ".join(piece.text for piece in cue.said).split()
    for first in range(len(before.said)):
        shown = " ".join(piece.text for piece in before.said[first:]).split()
        if words[: len(shown)] == shown:
            return len(shown)
    return 0


def _is_rolling(before: Cue, cue: Cue) -> bool:
    """Say whether `cue` shows a line of `before` again, or a line grown longer, and then something new."""
    repeated = _repeated(before, cue)
    adds = repeated < sum(len(piece.text.split()) for piece in cue.said)
    return adds and (repeated > 1 or (repeated == 1 and len(cue.said) > 1))


def _cut(said: Sequence[Said], words: int) -> tuple[Said, ...]:
    """Leave out the first `words` words."""
    kept = []
    for piece in said:
        listed = piece.text.split()
        if len(listed) > words:
            kept.append(Said(piece.voice, " ".join(listed[words:])))
        words = max(0, words - len(listed))
    return tuple(kept)


def _with_names_above(cues: Sequence[Cue]) -> list[Cue]:
    """Take a cue's first line for its voice where each cue has a name there, and names come back (Teams in Word)."""
    above = [cue.said[0].text for cue in cues if len(cue.said) > 1 and not cue.said[0].voice]
    is_named = (
        len(above) > 1
        and len(above) >= _NAMED_SHARE * len(cues)
        and 2 * len(set(above)) <= len(above)
        and all(is_name_shaped(name) and name[-1].isalnum() for name in set(above))
    )
    if not is_named:
        return list(cues)
    names = set(above)
    return [
        replace(cue, said=tuple(Said(cue.said[0].text, piece.text) for piece in cue.said[1:]))
        if len(cue.said) > 1 and cue.said[0].text in names
        else cue
        for cue in cues
    ]


def speeches_of(cues: Sequence[Cue]) -> list[Speech]:
    """Name the speakers of cues: by voice tag, else by a name before a colon, else by who spoke before."""
    cues = _with_names_above(cues)
    lines = [(cue, piece, *split_change(piece.text)) for cue in cues for piece in cue.said]
    labels = [label for _, piece, _, text in lines if not piece.voice and (label := split_label(text)[0])]
    names = speakers_among(labels, len(lines)) if lines else {}
    speeches = []
    for cue, piece, is_change, text in lines:
        label, rest = split_label(text)
        if piece.voice:
            speech = Speech(piece.voice, piece.text, cue.start, cue.end)
        elif label in names:
            speech = Speech(names[label], rest, cue.start, cue.end)
        else:
            speech = Speech(None, text, cue.start, cue.end, begins=is_change)
        speeches.append(speech)
    return speeches
