"""Which sentences of two people say the same? Near each other, and nearer than either is to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.words import need_words

FEWEST_WORDS = 5
"""Content words of a sentence that is compared: "small things" is like everything. With 5, 30 of 100 pairs of sentences
are of people with the same need in made-up interviews; 28 with 3, 26 with all, 14 by chance."""
SELDOM = 2.6
"""Standard deviations above the middle that a pair must reach; about one chance pair in 200 does. Both are taken from
median and median deviation, which the pairs that are no chance do not move: of few sentences they are many."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """`scores` has shape (sentences, sentences), -inf within a person and for short sentences.

    `owners` are the people's rows; `seldom` is the score few pairs reach; `best` is the cosine of the nearest sentence
    of each person, shape (sentences, people).
    """

    owners: NDArray[np.int64]
    scores: NDArray[np.float64]
    best: NDArray[np.float64]
    seldom: float

    def pairs(self, first: int, second: int) -> list[tuple[int, int]]:
        """Return the sentences of two people that are each other's nearest and seldom so near, nearest first."""
        mine, theirs = np.flatnonzero(self.owners == first), np.flatnonzero(self.owners == second)
        scores = self.scores[np.ix_(mine, theirs)]
        if not scores.size:
            return []
        found = []
        for row, column in enumerate(scores.argmax(axis=1).tolist()):
            score = scores[row, column]
            if scores[:, column].argmax() == row and score >= self.seldom and np.isfinite(score):
                found.append((-float(score), int(mine[row]), int(theirs[column])))
        return [(mine_row, their_row) for _, mine_row, their_row in sorted(found)]


def compare_sentences(texts: Sequence[str], owners: NDArray[np.int64], vectors: NDArray[np.float64]) -> Nearness:
    """Compare every sentence with those of others.

    Cross-domain similarity local scaling (Conneau et al., 2018): twice the cosine, less how near each of the two is to
    the nearest sentence of everybody else on average, so that long sentences of no particular need are near nobody.

    Args:
        texts: the sentences.
        owners: the row of each one's person, shape (sentences,).
        vectors: unit length or zero, shape (sentences, dims).
    """
    people = int(owners.max()) + 1 if len(owners) else 0
    cosines = np.round(vectors @ vectors.T, 6)
    is_short = np.array([len(need_words(text)) < FEWEST_WORDS for text in texts], dtype=bool) | ~vectors.any(axis=1)
    is_compared = (owners[:, None] != owners[None, :]) & ~is_short[:, None] & ~is_short[None, :]
    cosines[~is_compared] = -np.inf
    best = np.stack([cosines[:, owners == person].max(axis=1, initial=-np.inf) for person in range(people)], axis=1)
    known = np.isfinite(best)
    local = np.where(known, best, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    scores = 2 * cosines - local[:, None] - local[None, :]
    compared = scores[is_compared]
    middle = float(np.median(compared)) if len(compared) else np.inf
    seldom = middle + SELDOM * 1.4826 * float(np.median(np.abs(compared - middle))) if len(compared) else np.inf
    return Nearness(owners, scores, best, seldom)
