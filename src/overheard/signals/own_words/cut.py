"""Which spans of a text are left when all that is not its author's running words is cut?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, islice

from overheard.records import Span
from overheard.signals.own_words.cited import find_cited
from overheard.signals.own_words.lines import BLANK, are_within, find_line_ends, read_lines
from overheard.signals.own_words.listings import find_data_lines
from overheard.signals.own_words.machine import find_machine_text
from overheard.signals.own_words.marked import find_marked
from overheard.signals.own_words.quoted import find_quoted
from overheard.signals.own_words.signatures import find_letter_parts

_SIGN = re.compile(r"\S")
REMEMBERED = 100_000
"""Texts whose spans are remembered, about 100 MB: one run asks for those of each post up to five times."""
_MOST_CHARACTERS, _MOST_LINES = 150_000, 5_000
"""Nobody writes more in one go; what goes on longer goes on as it began: a log or a book."""


def cut_own_words(text: str, not_own: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return the sorted spans of `text` that are its author's own running words.

    Left out: `not_own`; quoted and forwarded words with the lines that say whose they are; code, logs, commands and
    listings of a system; headings of forms, addresses and rulers that stand alone; greetings, farewells and signatures
    as lines of their own; moderators' and transcribers' brackets. Offsets count characters of `text`; a span never
    begins or ends with white space and is never empty.

    Args:
        text: what was said, verbatim.
        not_own: spans of others' words, as the reader of the source found them; in any order.
    """
    return _own_words(text, tuple((start, end) for start, end in not_own))


@lru_cache(maxsize=REMEMBERED)
def _own_words(text: str, not_own: tuple[Span, ...]) -> tuple[Span, ...]:
    size = _size_to_read(text)
    cuts = _find_cuts(text[:size], [(start, min(end, size)) for start, end in not_own if start < size])
    if size < len(text):
        kept = sum(end - start for start, end in _left_over(text[:size], cuts))
        cuts += not_own if kept * 2 > size else [(size, len(text))]
    return tuple(_left_over(text, cuts))


def _find_cuts(text: str, not_own: Sequence[Span]) -> list[Span]:
    lines = read_lines(text)
    spans = [(line.start, line.end) for line in lines]
    cuts = [*not_own, *find_marked(text)]
    cuts += compress(spans, find_quoted(lines, are_within(spans, cuts)))
    cuts += find_cited(lines, are_within(spans, cuts))
    cuts += compress(spans, find_letter_parts(lines, are_within(spans, cuts)))
    data = list(find_data_lines(lines, are_within(spans, cuts)))
    left = _blank_out(text, cuts)
    return [*cuts, *data, *find_machine_text(left, read_lines(left))]


def _blank_out(text: str, cuts: Iterable[Span]) -> str:
    """Return `text` with every sign in `cuts` blanked out: lines keep their places."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(cuts):
        if end > at:
            pieces += [text[at:start], _SIGN.sub(BLANK, text[max(at, start) : end])]
            at = end
    return "".join(pieces) + text[at:]


def _size_to_read(text: str) -> int:
    """Return how many characters are read closely: all, or whole lines up to the limits."""
    size = min(len(text), _MOST_CHARACTERS)
    ends = list(islice(find_line_ends(text, size), _MOST_LINES))
    if len(ends) == _MOST_LINES or (size < len(text) and ends):
        return ends[-1]
    return size


def _left_over(text: str, cuts: Iterable[Span]) -> Iterator[Span]:
    at = 0
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        if start > at:
            piece = text[at:start]
            first = at + len(piece) - len(piece.lstrip())
            last = at + len(piece.rstrip())
            if first < last:
                yield first, last
        at = max(at, end)
