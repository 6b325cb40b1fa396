"""Text with names or times at the start of its lines: Otter, Rev, Zoom, Teams as text, podcasts' pages, notes by hand.

Reads: what `heads` lists, with a name alone on a line, a time alone on a line (copied from YouTube or Google Meet), and
questions by number (`Question 7:`), whose answers stand below them. A head before the first turn is no turn: its first
line, or its `Title:`, is the title. Traps: "Note:" and other words before a colon; "Interviewer: Ines Vale" in the head
says who asks, and nobody says it; times within sentences; bold words within turns; lines broken by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from overheard.records import Reading
from overheard.transcripts.clocks import read_clock
from overheard.transcripts.heads import Head, read_head
from overheard.transcripts.labels import is_heading, is_name_shaped, speakers_among
from overheard.transcripts.turns import Speech, read_turns

_NO_TURN = re.compile(r"#{1,6}\s.*|[-*_=─—]{3,}|(?:\* ){2,}\*|Transcribed by https?://\S+")
_ESCAPED = re.compile(r"\\([\\\[\](){}*_#.!+`>-])")
_FEWEST_BARE = 3
_NARROWEST, _WIDEST = 50, 120
"""Characters of the longest line in a file whose lines are broken by hand."""
_LONGEST_TITLE = 120
_LONGEST_HEAD = 12
"""Lines with words before the first turn; more than that is worth a look, and told."""


def recognises(lines: Sequence[str]) -> bool:
    """Say whether names or times open lines."""
    heads = _read_heads(lines)
    return bool(_speakers(heads)) or _has_times(heads)


def read_named(place: str, lines: Sequence[str]) -> Reading:
    """Read the turns of a text file; `place` is the title where its head tells none."""
    heads = _read_heads(lines)
    speakers = _speakers(heads)
    has_bare_times = _has_bare_times(heads)
    heads = [_settled(head, speakers, has_bare_times) for head in heads]
    first = _first_turn(heads, lines, speakers)
    problems: list[tuple[int, str]] = []
    above = [index for index in range(first) if lines[index].strip()]
    if len(above) > _LONGEST_HEAD:
        problems.append((above[0] + 1, f"{len(above)} lines before the first turn are left out"))
    speeches = _speeches(heads, lines, first, speakers, problems)
    return Reading(_title(heads, lines, above) or place, read_turns(speeches), tuple(problems))


def _read_heads(lines: Sequence[str]) -> list[Head]:
    """Take every line apart. A name alone above a time alone is one head (Teams), and so is a name below (Meet)."""
    heads = [read_head("" if _NO_TURN.fullmatch(line.strip()) else line) for line in lines]
    for index in range(len(heads) - 1):
        name, time = heads[index], heads[index + 1]
        is_after_gap = index == 0 or not lines[index - 1].strip()
        is_time_alone = time.clock is not None and time.label is None and not time.rest
        if is_after_gap and is_time_alone and name.clock is None and name.label is None and is_name_shaped(name.rest):
            heads[index] = Head(time.clock, name.rest, "", name.rest)
            heads[index + 1] = Head(None, None, "", "")
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


def _has_times(heads: Sequence[Head]) -> bool:
    return _has_bare_times(heads) or sum(bool(head.clock and not head.is_bare) for head in heads) > 1


def _settled(head: Head, speakers: Mapping[str, str], has_bare_times: bool) -> Head:
    """Give back to the words what turned out to be no label and no time of the recording."""
    is_speaker = head.label in speakers
    if not is_speaker:
        head = replace(head, label=None, rest=head.unlabelled)
    if head.is_bare and not (is_speaker or has_bare_times) and head.clock:
        head = replace(head, clock=None, rest=f"{head.clock} {head.rest}".strip())
    return head


def _first_turn(heads: Sequence[Head], lines: Sequence[str], speakers: Mapping[str, str]) -> int:
    """Return the index of the line where the head of the file ends and the first turn begins."""
    opens = [index for index, head in enumerate(heads) if head.label or (head.clock and not speakers)]
    block = next((index for index in range(opens[0], len(lines)) if not lines[index].strip()), len(lines))
    is_told = any(is_heading(label) for line in lines[:block] if (label := read_head(line).label))
    for index in opens:
        if not (is_told and index < block and _is_fact(heads[index].rest) and opens[-1] > block):
            return _with_its_time(index, heads, lines)
    return opens[0]


def _with_its_time(index: int, heads: Sequence[Head], lines: Sequence[str]) -> int:
    """Return the line where the turn of line `index` begins: the time alone above it, where there is one (Meet)."""
    above = next((row for row in range(index - 1, -1, -1) if lines[row].strip()), index)
    return above if heads[above].clock and not heads[above].rest and not heads[above].label else index


def _is_fact(text: str) -> bool:
    """Say whether this is what stands behind "Interviewer:" in a file's head: a few words and no sentence."""
    return 0 < len(text.split()) <= 8 and not text.endswith((".", "?", "!", "…"))


def _speeches(
    heads: Sequence[Head],
    lines: Sequence[str],
    first: int,
    speakers: Mapping[str, str],
    problems: list[tuple[int, str]],
) -> list[Speech]:
    widest = max(len(line.rstrip()) for line in lines)
    is_markdown = any(head.is_marked and "*" in head.unlabelled for head in heads)
    questions = {name for label, name in speakers.items() if label != name}
    speeches: list[Speech] = []
    waiting: int | None = None
    before = ""
    for index in range(first, len(lines)):
        head, line = heads[index], lines[index].strip()
        if _NO_TURN.fullmatch(line):
            if line.startswith("#"):
                problems.append((index + 1, f"a heading is left out: {line[:60]}"))
            before = ""
            continue
        if not line:
            before = ""
            continue
        start, text = _start_and_words(head, index + 1, problems)
        text = _ESCAPED.sub(r"\1", text) if is_markdown else text
        start, waiting = (waiting if start is None else start), (start if not text and not head.label else None)
        speaker = speakers[head.label] if head.label else _named_alone(text, before, speakers)
        if speaker is not None:
            speeches.append(Speech(speaker, text if head.label else "", start, begins=True))
        else:
            answers = bool(questions) and len(set(speakers.values())) == 1 and speeches[-1:] and speeches[-1].begins
            joint = _joint(before, line, widest) if not head.clock or speakers else " "
            speeches.append(Speech(None, text, start, joint=joint, begins=bool(answers and speeches[-1].speaker)))
        before = line
    return speeches


def _start_and_words(head: Head, number: int, problems: list[tuple[int, str]]) -> tuple[int | None, str]:
    """Return the line's time in milliseconds and its words; a broken time is told."""
    start = read_clock(head.clock) if head.clock else None
    if head.clock and start is None:
        problems.append((number, f"`{head.clock}` is no time; the words are kept"))
    return start, head.rest


def _named_alone(text: str, before: str, speakers: Mapping[str, str]) -> str | None:
    """Return the speaker where a line after a blank one is a known name and nothing else."""
    return speakers.get(text.rstrip(":").strip("*_ ")) if not before else None


def _joint(before: str, line: str, widest: int) -> str:
    """Return what stands between two lines of one turn: a paragraph, a line of its own, or a line broken by hand."""
    if not before:
        return "\n\n"
    would_not_fit = _NARROWEST <= widest <= _WIDEST and len(before) + 1 + len(line.split()[0]) > widest
    return " " if would_not_fit or line[:1].islower() else "\n"


def _title(heads: Sequence[Head], lines: Sequence[str], above: Sequence[int]) -> str:
    """Return the title told above the first turn, empty where none is."""
    told = [read_head(lines[index].lstrip("# ")) for index in above]
    titles = [head.rest for head in told if (head.label or "").casefold() in ("title", "topic") and head.rest]
    plain = [head.rest for head in told if head.label is None and any(char.isalpha() for char in head.rest)]
    return next((title for title in titles + plain if len(title) <= _LONGEST_TITLE), "")
