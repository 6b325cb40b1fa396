"""What is compared with what: a customer's text with what one person said in one thread, both cut and read alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.people.needs.words import need_words

LONGEST_TEXT = 20_000
"""Characters of one customer that are read; what stands beyond them is pasted mail or a log."""
LONGEST_SENTENCE = 600
MOST_PEOPLE = 3000
"""Of known segment that are learnt from, evenly drawn: more would not move the centres."""
MOST_SENTENCES = 3
"""Sentences of a text that are encoded when it is read closely: those of most content words."""

_END = re.compile(r"(?<=[.!?])\s+|\n+")

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Returns unit-length rows, shape (texts, dims)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a person of known segment said in one thread. `weight` is 1 shared among their threads."""

    person_id: str
    segment_id: str
    text: str
    weight: float


def pieces_of(evidence: Sequence[Evidence], segment_of: Mapping[str, str]) -> list[Piece]:
    """Return what each person of a segment said in each thread.

    Args:
        evidence: pain sentences with what stands around them, of anybody.
        segment_of: person_id → segment_id; others' evidence is left out.

    Returns:
        One piece a person and thread, in an order that follows from what was said.
    """
    known = [(key, rows) for key, rows in rows_by_person(evidence).items() if key in segment_of]
    pieces = []
    for person_id, rows in known[:: max(1, -(-len(known) // MOST_PEOPLE))]:
        threads: dict[str, list[str]] = {}
        for row in rows:
            one = evidence[row]
            threads.setdefault(one.document_id, []).append(f"{one.text}\n{one.context}")
        texts = ["\n".join(said)[:LONGEST_TEXT] for said in threads.values()]
        pieces += [Piece(person_id, segment_of[person_id], text, 1 / len(texts)) for text in texts]
    return pieces


def sentences_in(text: str) -> list[str]:
    """Cut a text into sentences, each a verbatim slice of at most LONGEST_SENTENCE characters."""
    found = [sentence.strip() for sentence in _END.split(text)]
    return [sentence[:LONGEST_SENTENCE].strip() for sentence in found if sentence]


class SentenceMeans:
    """Reads texts closely: the mean of an encoder's vectors of the sentences that hold most content words."""

    def __init__(self, encode: Encode) -> None:
        """Args: encode: encodes sentences."""
        self._encode = encode

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit-length rows, shape (len(texts), dims); equal sentences are encoded once."""
        chosen = [_fullest(text) for text in texts]
        distinct = sorted({sentence for own in chosen for sentence in own}, key=lambda one: (len(one), one))
        vectors = self._encode(distinct)
        row_of = {sentence: row for row, sentence in enumerate(distinct)}
        means = np.stack([vectors[[row_of[sentence] for sentence in own]].mean(axis=0) for own in chosen])
        unit: NDArray[np.float32] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        return unit


def _fullest(text: str) -> list[str]:
    sentences = sentences_in(text)
    order = sorted(range(len(sentences)), key=lambda row: (-len(set(need_words(sentences[row]))), row))
    return [sentences[row] for row in sorted(order[:MOST_SENTENCES])] or [""]
