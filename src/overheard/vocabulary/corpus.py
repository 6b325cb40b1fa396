"""What everybody said, read and counted: what every question about a group's words is asked of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.vocabulary.count import Counts, count_terms
from overheard.vocabulary.words import Said, Words, read_words


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts; `person` is the person of each, shape (texts,), numbered by `people` (person_id → number)."""

    said: Sequence[Said]
    words: Words
    counts: Counts
    person: NDArray[np.int64]
    people: Mapping[str, int]


def read_corpus(said: Sequence[Said], minimum_people: int, excluded_words: Collection[str]) -> Corpus:
    """Read and count all texts.

    Args:
        said: the texts.
        minimum_people: fewer people, over all texts, make no term.
        excluded_words: words and phrases to leave out, such as people's names.
    """
    people: dict[str, int] = {}
    person = np.array([people.setdefault(one.person_id, len(people)) for one in said], dtype=np.int64)
    words = read_words(said, excluded_words)
    return Corpus(said, words, count_terms(words, person, minimum_people), person, people)


def uses_of(corpus: Corpus, term: int, among: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return (text, start, end) of the uses of a term by `among`, shape (people,), in the order they were given."""
    counts, words = corpus.counts, corpus.words
    span = slice(counts.first[term], counts.first[term + 1])
    place, last = counts.place[span], counts.place[span] + counts.length[span] - 1
    row = words.row[place]
    own = among[corpus.person[row]]
    found = zip(row[own].tolist(), words.start[place[own]].tolist(), words.end[last[own]].tolist(), strict=True)
    return list(found)
