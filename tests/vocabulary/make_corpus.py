"""Makes a corpus whose counts are known, and what surrounds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from overheard.vocabulary import Said
from overheard.vocabulary.circumstances import Circumstances, read_circumstances
from overheard.vocabulary.corpus import Corpus, read_corpus

Uttered = tuple[str, str, str, date | None]
"""Person, document, text, day."""


def make_corpus(uttered: Sequence[Uttered], deciding: str = "\0") -> tuple[Corpus, Circumstances]:
    """Read a corpus; where `deciding` stands in a text, it is what brought its author into a group."""
    said = []
    for number, (person, document, text, day) in enumerate(uttered):
        at = text.find(deciding)
        spans = ((at, at + len(deciding)),) if at >= 0 else ()
        said.append(Said(f"u{number}", person, text, ((0, len(text)),), document, day, spans))
    corpus = read_corpus(said, 1, ())
    return corpus, read_circumstances(corpus)


def group_of(corpus: Corpus, prefix: str) -> NDArray[np.bool_]:
    """Return who is in the group: those whose id begins so."""
    return np.array([person.startswith(prefix) for person in corpus.people])


def number_of(corpus: Corpus, word: str) -> int:
    """Return the number of a one-word term."""
    return corpus.counts.parts.index((corpus.words.spelled.index(word),))
