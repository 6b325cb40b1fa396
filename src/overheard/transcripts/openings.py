"""Which lines open turns, and whose? The lines of a text file, taken apart together.

One line alone tells little: a name above a time, a name behind a time, a heading that comes back and a time without
brackets are believed for the company they keep.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from overheard.transcripts.clocks import read_clock
from overheard.transcripts.headings import with_headed_speakers, with_numbered_questions
from overheard.transcripts.heads import Head, is_time, read_head
from overheard.transcripts.labels import is_name_shaped, speakers_among
from overheard.transcripts.parts import is_role

NO_TURN = re.compile(r"#{1,6}\s.*|[-*_=─—]{3,}|(?:\* ){2,}\*|Transcribed by https?://\S+")
_EMPTY = Head(None, None, "", "")
_SPOKEN_TIME = re.compile(
    r"(?:\S.{0,59}\s)?(?:\d{1,2} hours? )?(?:\d{1,2} minutes? )?\d{1,2} (?:hour|minute|second)s?", re.IGNORECASE
)
_MOST_NAME_WORDS = 4
_LAYOUT_SHARE = 0.8
"""Of the times alone on a line: those with a name above, where no empty line tells the name from words."""
_FEWEST_BARE = 3


@dataclass(frozen=True, slots=True)
class Openings:
    """The lines of a file, their heads, and the labels that are speakers: label → name.

    `lines` differ from the file's where a heading is a speaker's or asks; line i is line i + 1 of the file.
    """

    lines: Sequence[str]
    heads: Sequence[Head]
    speakers: Mapping[str, str]

    @property
    def opens_turns(self) -> bool:
        """Whether names or times open lines."""
        timed = sum(bool(head.clock and not head.is_bare) for head in self.heads)
        return bool(self.speakers) or _has_bare_times(self.heads) or timed > 1


def read_openings(lines: Sequence[str]) -> Openings:
    """Take the lines of a file apart; where no names open them, questions may."""
    lines = with_headed_speakers(_without_spoken_times(lines))
    heads = _read_heads(lines)
    speakers = _speakers(heads)
    if not speakers and (asked := with_numbered_questions(lines)) != lines:
        lines, heads = asked, _read_heads(asked)
        speakers = _speakers(heads)
    has_bare_times = _has_bare_times(heads)
    return Openings(lines, [_settled(head, speakers, has_bare_times) for head in heads], speakers)


def _without_spoken_times(lines: Sequence[str]) -> list[str]:
    """Blank out times in words beside times of a clock: what screen readers say of a transcript, copied from Teams."""
    return [
        ""
        if _SPOKEN_TIME.fullmatch(line.strip()) and any(is_time(near) for near in lines[max(0, i - 1) : i + 2])
        else line
        for i, line in enumerate(lines)
    ]


def _read_heads(lines: Sequence[str]) -> list[Head]:
    """Take every line apart. A name alone above a time alone is one head (Teams), and so is a name below (Meet)."""
    stripped = [line.strip() for line in lines]
    heads = [read_head(line) if line and not NO_TURN.fullmatch(line) else _EMPTY for line in stripped]
    times = [index for index, head in enumerate(heads) if head.clock and head.label is None and not head.rest]
    names = {time: name for time in times if (name := _name_above(time, heads)) is not None}
    is_layout = len(names) > 1 and len(names) >= _LAYOUT_SHARE * len(times)
    for time, name in names.items():
        is_after_gap = name == 0 or not lines[name - 1].strip()
        if is_after_gap or is_layout:
            words = heads[name].rest
            heads[name] = Head(heads[time].clock, words, "", words, is_marked=is_layout)
            heads[time] = _EMPTY
    return _with_names_behind_times(heads)


def _name_above(time: int, heads: Sequence[Head]) -> int | None:
    """Return the line of the name above a time alone, with one empty line between them at most; None for no name."""
    for index in range(time - 1, max(-1, time - 3), -1):
        head = heads[index]
        if head.rest or head.label or head.clock:
            is_name = head.clock is None and head.label is None and is_name_shaped(head.rest)
            return index if is_name else None
    return None


def _with_names_behind_times(heads: list[Head]) -> list[Head]:
    """Take `00:00:12 Speaker 1` alone above the words for a head, where such names come back (Word, Happy Scribe)."""
    found = [
        index
        for index, (head, below) in enumerate(pairwise(heads))
        if head.clock and head.label is None and below.rest and below.clock is None and below.label is None
        if len(head.rest.split()) <= _MOST_NAME_WORDS and is_name_shaped(head.rest)
    ]
    uses = Counter(heads[index].rest for index in found)
    for index in found:
        name = heads[index].rest
        if uses[name] > 1 or is_role(name):
            heads[index] = replace(heads[index], label=name, rest="", is_marked=True)
    return heads


def _speakers(heads: Sequence[Head]) -> dict[str, str]:
    """Choose the labels that are speakers: label → name."""
    filled = [head for head in heads if head.rest or head.label or head.clock]
    marked = [head.label for head in filled if head.label and head.is_marked and is_name_shaped(head.label)]
    surely = {label: label for label in marked} if len(marked) > 1 else {}
    labels = [head.label for head in filled if head.label]
    return speakers_among(labels, len(filled), _paragraphs(heads)) | surely if filled else {}


def _paragraphs(heads: Sequence[Head]) -> int:
    """Count lines with words that stand after a blank one or open with a label or a time."""
    count, is_after_gap = 0, True
    for head in heads:
        has_words = bool(head.rest or head.label or head.clock)
        count += has_words and bool(is_after_gap or head.label or head.clock)
        is_after_gap = not has_words
    return count


def _has_bare_times(heads: Sequence[Head]) -> bool:
    """Say whether times without brackets open lines because they are times of the recording."""
    clocks = [read_clock(head.clock) for head in heads if head.is_bare and head.clock]
    known = [clock for clock in clocks if clock is not None]
    filled = sum(bool(head.rest or head.label) for head in heads)
    return len(clocks) >= _FEWEST_BARE and known == sorted(known) and 4 * len(clocks) >= filled


def _settled(head: Head, speakers: Mapping[str, str], has_bare_times: bool) -> Head:
    """Give back to the words what turned out to be no label and no time of the recording."""
    is_speaker = head.label in speakers
    if not is_speaker:
        head = replace(head, label=None, rest=head.unlabelled)
    if head.is_bare and not (is_speaker or has_bare_times) and head.clock:
        head = replace(head, clock=None, rest=f"{head.clock} {head.rest}".strip())
    return head
