"""Text with names or times at the start of its lines: Otter, Rev, Zoom, Teams as text, podcasts' pages, notes by hand.

Reads: what `heads` and `headings` list, a name alone on a line, a time alone on a line (copied from YouTube, Meet or
Teams), and questions by number (`Question 7:`), whose answers stand below them. A head before the first turn is no
turn: its first line, or its `Title:`, is the title.
Seen: Otter, Rev's bold and bare names, `**Name:**`, `[00:12] [p1]`, `00:00:12` before each line, `Pergunta 7:`; the
other layouts documented only.
Traps: "Note:" and other words before a colon; "Interviewer: Ines Vale" in the head says who asks, and nobody says it;
times within sentences; bold words within turns; lines broken by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from overheard.records import Reading
from overheard.transcripts.clocks import read_clock
from overheard.transcripts.heads import Head, read_head
from overheard.transcripts.labels import is_heading
from overheard.transcripts.openings import NO_TURN, read_openings
from overheard.transcripts.parts import Part, part_of, with_parts
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns

_ESCAPED = re.compile(r"\\([\\\[\](){}*_#.!+`>-])")
_TAG = re.compile(r"</?(?:a|b|br|em|i|p|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_COULD_OPEN = re.compile(r"[:：\d#]|\*\*|__")
_BETWEEN_NAMES = re.compile(r"(?<!\s)\s*(?:[,;&()]|\band\b)\s*")
_NARROWEST, _WIDEST = 50, 120
"""Characters of the longest line in a file whose lines are broken by hand."""
_LONGEST_TITLE = 120
_LONGEST_HEAD = 12
"""Lines with words before the first turn; more than that is worth a look, and told."""


def recognises(content: Content) -> bool:
    """Say whether anything is there that could open a line of talk: a colon, a time, a heading, bold type."""
    return bool(_COULD_OPEN.search(content.text))


def read_named(content: Content) -> Reading:
    """Read the turns of a text file; none where neither names nor times open lines."""
    return read_named_lines(content.place, content.lines)


def read_named_lines(place: str, lines: Sequence[str]) -> Reading:
    """Read the turns of lines of text; `place` is the title where their head tells none."""
    openings = read_openings(lines)
    if not openings.opens_turns:
        return Reading(place, ())
    lines, heads, speakers = openings.lines, openings.heads, openings.speakers
    first = _first_turn(heads, lines, speakers)
    problems: list[tuple[int, str]] = []
    above = [index for index in range(first) if lines[index].strip()]
    if len(above) > _LONGEST_HEAD:
        problems.append((above[0] + 1, f"{len(above)} lines before the first turn are left out"))
    speeches = _speeches(heads, lines, first, speakers, problems)
    posts = with_parts(read_turns(speeches), _told_parts([lines[index] for index in above], speakers.values()))
    return Reading(_title(heads, lines, above) or place, posts, tuple(problems))


def _told_parts(above: Sequence[str], speakers: Iterable[str]) -> dict[str, Part]:
    """Return the parts that the file's head tells: "Interviewer: Ines Vale" → who is Ines, or Ines Vale, or IV."""
    told: dict[str, Part] = {}
    for line in above:
        head = read_head(line.lstrip("# "))
        part = part_of(head.label) if head.label else None
        for name in _BETWEEN_NAMES.split(head.rest) if part else ():
            words = name.split()
            known = {
                name.casefold(),
                *(word.casefold() for word in words),
                "".join(word[0] for word in words).casefold(),
            }
            told |= {speaker: part for speaker in speakers if part and speaker.casefold() in known}
    return told


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
        if NO_TURN.fullmatch(line):
            if line.startswith("#"):
                problems.append((index + 1, f"a heading is left out: {line[:60]}"))
            before = ""
            continue
        if not line:
            before = ""
            continue
        start, text = _start_and_words(head, index + 1, problems)
        text = _ESCAPED.sub(r"\1", _TAG.sub("", text)) if is_markdown else text
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


READER = Reader("named text", recognises, read_named)
