"""Which passages are worth a reader's time? Each pain sentence with its neighbours, in its author's own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Signal, Span, Utterance

LONGEST_NEIGHBOUR = 240
"""Characters; a longer sentence beside a pain is not taken along, it would cost more than it explains."""
MOST_SENTENCES = 5
"""Pains that stand together are read together, up to so many sentences with their neighbours."""

# Each alternative can only begin where a run of its characters begins, which keeps the time linear.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++|(?<!\s)\s*?\n\s*+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some neighbouring sentences of one utterance, `start` to `end` in characters of its text.

    `sentences` is what reading it costs; `rows` are the places, in the list they came from, of the pain signals in it.
    """

    utterance_id: str
    start: int
    end: int
    sentences: int
    rows: tuple[int, ...]


def cut_passages(
    utterances: Sequence[Utterance], own: Mapping[str, Sequence[Span]], signals: Sequence[Signal]
) -> list[Passage]:
    """Cut the passages in which somebody tells a pain.

    A passage is the pain sentence with the sentence before and the one after it; passages that overlap become one
    while it stays at most `MOST_SENTENCES` long. Where a sentence ends is told by its punctuation alone.

    Args:
        utterances: those the signals point into, others may be among them.
        own: spans of each utterance's own words, by utterance_id; neighbours are only taken from the same span.
        signals: of kind pain.

    Returns:
        Passages by utterance_id and place.
    """
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, signal in enumerate(signals):
        rows_of[signal.utterance_id].append(row)
    passages: list[Passage] = []
    for one in sorted(utterances, key=lambda utterance: utterance.utterance_id):
        rows = sorted(rows_of.get(one.utterance_id, ()), key=lambda row: (signals[row].start, row))
        spans = own.get(one.utterance_id, ())
        windows = [_window(one.text, spans, (signals[row].start, signals[row].end), row) for row in rows]
        passages += _joined(one, windows)
    return passages


@dataclass(frozen=True, slots=True)
class _Window:
    """A pain sentence with its neighbours, and where the pain itself stands."""

    start: int
    end: int
    pain: Span
    row: int


def _window(text: str, own: Sequence[Span], pain: Span, row: int) -> _Window:
    around = next((span for span in own if span[0] <= pain[0] and pain[1] <= span[1]), pain)
    return _Window(_start_before(text, around[0], pain[0]), _end_after(text, pain[1], around[1]), pain, row)


def _start_before(text: str, first: int, start: int) -> int:
    """Return where the sentence before `start` begins; `start` itself where there is none or it is too long."""
    far = max(first, start - LONGEST_NEIGHBOUR)
    near = far + len(text[far:start].rstrip())
    begins = [first] if far == first else []
    begins += [found.end() for found in _SENTENCE_END.finditer(text, far, near) if found.end() < near]
    if not begins or not any(map(str.isalpha, text[begins[-1] : near])):
        return start
    return begins[-1] + len(text[begins[-1] : near]) - len(text[begins[-1] : near].lstrip())


def _end_after(text: str, end: int, last: int) -> int:
    """Return where the sentence after `end` ends; `end` itself where there is none or it is too long."""
    far = min(last, end + LONGEST_NEIGHBOUR)
    begin = far - len(text[end:far].lstrip())
    found = _SENTENCE_END.search(text, begin, far)
    if found is None and far < last:
        return end
    sentence = text[begin : found.start() + len(found[0].rstrip()) if found else far].rstrip()
    return begin + len(sentence) if any(map(str.isalpha, sentence)) else end


def _joined(one: Utterance, windows: Sequence[_Window]) -> list[Passage]:
    passages: list[Passage] = []
    for window in windows:
        before = passages[-1] if passages else None
        start = window.start
        if before is not None and start < before.end:
            end = max(before.end, window.end)
            cost = _count_sentences(one.text, before.start, end)
            if cost > MOST_SENTENCES and window.pain[1] <= before.end:
                end, cost = before.end, before.sentences
            if cost <= MOST_SENTENCES or end == before.end:
                passages[-1] = Passage(one.utterance_id, before.start, end, cost, (*before.rows, window.row))
                continue
            # Too long to be one: nothing of the first is read again in the second but the pain itself.
            start = window.pain[0]
        cost = _count_sentences(one.text, start, window.end)
        passages.append(Passage(one.utterance_id, start, window.end, cost, (window.row,)))
    return passages


def _count_sentences(text: str, start: int, end: int) -> int:
    return sum(any(map(str.isalpha, piece)) for piece in _SENTENCE_END.split(text[start:end])) or 1
