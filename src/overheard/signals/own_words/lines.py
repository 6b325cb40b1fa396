"""Where are the lines of a text, and what stands around them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from overheard.records import Span

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Where a page's lists and code were flattened into a line, this is what is left between their parts.
_WIDE_GAP = re.compile(r"[ \t\xa0\u2003]{3,}")
BLANK = "\u2003"
"""Stands for each character of what is blanked out; it sets no line in."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,3}(\s+)(?=\S+\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, or what stands between wide gaps of one.

    `body` has no white space at its ends and spans `start` to `end` of the text. `place` counts all lines of the text
    from 0, the empty ones too; `is_first` tells the part a line begins with, and `indent` how wide the white space
    before that is, a tab counting four.
    """

    place: int
    start: int
    end: int
    indent: int
    is_first: bool
    body: str


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not empty, cut at wide gaps, in their order."""
    lines: list[Line] = []
    at = 0
    for place, raw in enumerate(_BREAK.split(text)):
        body = raw.strip()
        if body:
            lead = len(raw) - len(raw.lstrip())
            inset = len(raw) - len(raw.lstrip(" \t\xa0"))
            indent = inset + 3 * raw.count("\t", 0, inset)
            begin = 0
            for gap in _WIDE_GAP.finditer(body):
                start, end = at + lead + begin, at + lead + gap.start()
                lines.append(Line(place, start, end, indent, begin == 0, body[begin : gap.start()]))
                begin = gap.end()
            lines.append(Line(place, at + lead + begin, at + lead + len(body), indent, begin == 0, body[begin:]))
        at += len(raw)
        at += 2 if text.startswith("\r\n", at) else 1
    return _part_answer(lines[0]) if len(lines) == 1 else lines


def _part_answer(line: Line) -> list[Line]:
    """Return a text's only line; where it begins as a quotation, in two parts.

    Nobody only quotes: the break behind the first quoted sentence was lost on the way.
    """
    found = _SENTENCE_END.search(line.body) if line.body[0] == ">" else None
    if not found:
        return [line]
    end, begin = found.span(1)
    quotation = replace(line, end=line.start + end, body=line.body[:end])
    return [quotation, replace(line, start=line.start + begin, is_first=False, body=line.body[begin:])]


def find_line_ends(text: str, size: int) -> Iterator[int]:
    """Yield where the lines in the first `size` characters of `text` end, each with its line break."""
    for found in _BREAK.finditer(text, 0, size):
        yield found.end()


def is_after_gap(lines: Sequence[Line], index: int) -> bool:
    """Say whether an empty line stands before line `index`, or nothing at all."""
    return index == 0 or lines[index].place > lines[index - 1].place + 1


def are_within(spans: Sequence[Span], cuts: Iterable[Span]) -> list[bool]:
    """Say for each of the sorted `spans` whether it lies wholly within `cuts`, which may be unsorted and overlap."""
    merged: list[Span] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    within: list[bool] = []
    at = 0
    for start, end in spans:
        while at < len(merged) and merged[at][1] < end:
            at += 1
        within.append(at < len(merged) and merged[at][0] <= start)
    return within
