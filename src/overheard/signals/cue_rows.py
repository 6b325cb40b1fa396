"""What of a sentence is needed after it was read once: numbers alone, fit to be kept beside a hash of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.signals.heads.rungs import is_paid_for
from overheard.signals.heads.weights import Heads, Rows, read_traits
from overheard.signals.traits import ROLES, Reading, read_sentence
from overheard.signals.words import read_words

CueRow = NDArray[np.int32]
"""1 where money is named beside a trouble, else 0; then role, first word and last word of each cue, weightiest first.

Roles are places in `ROLES`, words places in `read_words(sentence)`, the last one exclusive."""

_NUMBER_OF_ROLE = {role: number for number, role in enumerate(ROLES)}


@dataclass(frozen=True, slots=True)
class SentenceRows:
    """Sentences read: what their traits add to each column of the heads, shape (sentences, columns), and their cues."""

    columns: Rows
    cues: Sequence[CueRow]


ReadSentences = Callable[[Sequence[str]], SentenceRows]
"""Reads sentences, or knows of an earlier time what they hold (see `read_rows`)."""


def read_rows(sentences: Sequence[str], heads: Heads) -> SentenceRows:
    """Read sentences: find their cues and weigh what surrounds them."""
    readings = [read_sentence(sentence) for sentence in sentences]
    return SentenceRows(read_traits(readings) @ heads.traits, [_row_of(reading) for reading in readings])


def name_cues(sentence: str, row: CueRow, roles: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence's cues of `roles` as "role:words found", weightiest first."""
    wanted = {_NUMBER_OF_ROLE[role]: role for role in roles}
    places = [
        (wanted[number], first, last) for number, first, last in row[1:].reshape(-1, 3).tolist() if number in wanted
    ]
    words = read_words(sentence) if places else ()
    return tuple(dict.fromkeys(f"{role}:{' '.join(words[first:last])}" for role, first, last in places))


def _row_of(reading: Reading) -> CueRow:
    hits = [hit for role in ROLES for hit in reading.hits.get(role, ())]
    hits.sort(key=lambda hit: (-hit.cue.weight, hit.start, hit.cue.role))
    places = [(_NUMBER_OF_ROLE[hit.cue.role], hit.start, hit.end) for hit in hits]
    return np.array([is_paid_for(reading), *(number for place in places for number in place)], dtype=np.int32)
