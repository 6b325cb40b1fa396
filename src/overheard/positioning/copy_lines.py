"""What does a product's page say to its readers, and in which line of its file?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from overheard.positioning.markup import Block, CopyKind, find_blocks

LARGEST_PAGE = 2_000_000
"""Characters of a page that are read; a landing page of more is data, not copy."""
MOST_LINES = 3_000
"""Sentences of a page that are read."""

_LEGAL = re.compile(r"(?i)©|\(c\) ?\d{4}|all rights reserved|terms (?:of|and)|privacy policy|trademarks? of")
_COOKIES = re.compile(r"(?i)\b(?:uses?|accept|all) cookies\b|\bcookie (?:policy|settings|preferences)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9])")
_MARKUP = re.compile(
    r"(?i)<(?:!doctype|html|head|body|header|main|article|section|div|script|style|ul|ol|table|p|h[1-6])\b"
)
_MARKDOWN = re.compile(r"(#{1,6})\s+|(?:[-*+>]|\d{1,2}[.)])\s+")
_LOOKED_AT = 10_000
"""Characters in which markup shows that a page is HTML."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One sentence, heading or button; `line` is where it begins in the file, from 1."""

    text: str
    line: int
    kind: CopyKind


def read_copy(text: str) -> tuple[CopyLine, ...]:
    """Read the copy of a page: HTML, or plain text and Markdown where there is no markup.

    Menus, scripts, what is hidden, notes on cookies and legal lines are left out, and what is said again.

    Args:
        text: the page, whole; of more than `LARGEST_PAGE` characters the rest is not read.
    """
    text = text[:LARGEST_PAGE].replace("\r\n", "\n")
    found: dict[str, CopyLine] = {}
    for number, sentence in enumerate(_all_sentences(text)):
        if number == MOST_LINES:
            break
        if any(map(str.isalpha, sentence.text)) and not _LEGAL.search(sentence.text):
            found.setdefault(sentence.text.casefold(), sentence)
    return tuple(found.values())


def _all_sentences(text: str) -> Iterator[CopyLine]:
    is_html = _MARKUP.search(text[:_LOOKED_AT])
    for pieces, kind in find_blocks(text) if is_html else _plain_blocks(text):
        yield from _sentences(pieces, kind)


def _plain_blocks(text: str) -> Iterator[Block]:
    pieces: list[tuple[str, int]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        said = line.strip()
        mark = _MARKDOWN.match(said)
        if pieces and (mark or not said):
            yield pieces, "text"
            pieces = []
        words = said[mark.end() :] if mark else said
        if mark and mark[1]:
            yield [(words, number)], "heading"
        elif said:
            pieces.append((words + "\n", number))


def _sentences(pieces: list[tuple[str, int]], kind: CopyKind) -> Iterator[CopyLine]:
    """Cut a block into sentences; each gets the line of its first word."""
    raw = "".join(piece for piece, _ in pieces)
    if _COOKIES.search(raw):
        return
    begins = list(accumulate((len(piece) for piece, _ in pieces), initial=0))
    start = number = seen = 0
    line = pieces[0][1]
    for end in _sentence_ends(raw):
        said = raw[start:end]
        first = start + len(said) - len(said.lstrip())
        while number + 1 < len(pieces) and begins[number + 1] <= first:
            number += 1
            seen, line = begins[number], pieces[number][1]
        line += raw.count("\n", seen, first)
        seen, start = first, end
        if said.strip():
            yield CopyLine(" ".join(html.unescape(said).split()), line, kind)


def _sentence_ends(raw: str) -> Iterator[int]:
    yield from (found.end() for found in _SENTENCE_END.finditer(raw))
    yield len(raw)
