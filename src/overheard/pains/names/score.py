"""How well a phrase, or two of them, tells its topic from the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.names.phrases import DENIED
from overheard.pains.names.said import Candidate

TEMPERATURE = 0.05
"""Of the softmax over topics in `contrast`; differences of cosine between close topics are of this size."""

CONTRAST, SUPPORT, KEYNESS = 0.5, 0.2, 0.02
"""Weights beside relevance (a cosine)."""

WHOLE_SUPPORT = 0.12
"""Share of a topic's people who use a word, from which it speaks for them all."""

MOST_KEYNESS = 3.0
"""z-score beyond which a phrase is no more telling."""

FEWEST_USERS = 2
"""People who must say a phrase before it speaks for more than one."""

USUAL_WORDS = 4
SAID_TOGETHER = 0.06
ALONE = -0.12
PROPER = -0.1
QUIRK = -0.15
LONG = -0.05
"""Added for a phrase of several people; for a single telling word; for one that is a proper name, often a person's; for
a word of one person; for each word beyond the usual."""

GAIN, GAIN_ALONE = 0.03, 0.0
"""By how much nearer two phrases must stand to the topic than the first, to name it together; than a single word."""

MOST_ALIKE = 0.65
"""Cosine of two phrases beyond which the second only repeats the first."""


def centroids_of(vectors: NDArray[np.float32], labels: NDArray[np.int64], topics: int) -> NDArray[np.float64]:
    """Return each topic's mean direction, shape (topics, dims)."""
    sums = np.zeros((topics, vectors.shape[1]))
    inside = labels >= 0
    np.add.at(sums, labels[inside], vectors[inside])
    centroids: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centroids


def scores_of(
    candidates: Sequence[Candidate], rows: NDArray[np.float32], centroids: NDArray[np.float64], topic: int, crowd: int
) -> list[float]:
    """Score the candidates of one topic.

    Args:
        candidates: its phrases.
        rows: their unit vectors, shape (candidates, dims).
        centroids: of all topics, shape (topics, dims).
        topic: which one it is.
        crowd: how many people it has.
    """
    near = nearness(rows, centroids, topic).tolist()
    return [score + _usage(one, crowd) + _shape(one) for score, one in zip(near, candidates, strict=True)]


def second_half(
    first: int, candidates: Sequence[Candidate], rows: NDArray[np.float32], centroids: NDArray[np.float64], topic: int
) -> int | None:
    """Return the candidate that says with the first what neither says alone, if there is one said by several people."""
    said = candidates[first]
    free = [
        place
        for place, one in enumerate(candidates)
        if not _repeats(one, said) and one.least >= FEWEST_USERS and float(rows[place] @ rows[first]) <= MOST_ALIKE
    ]
    if not free:
        return None
    both = rows[free] + rows[first]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-12)
    near = nearness(both, centroids, topic)
    best = int(near.argmax())
    gain = GAIN_ALONE if len(said.key - {DENIED}) == 1 else GAIN
    return free[best] if near[best] >= float(nearness(rows[[first]], centroids, topic)[0]) + gain else None


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Say whether two phrases share a word, or have words of one family: `connecting`, `connection`."""
    return any(
        stem.startswith(told) or told.startswith(stem) for stem in one.key - {DENIED} for told in other.key - {DENIED}
    )


def nearness(rows: NDArray[np.float32], centroids: NDArray[np.float64], topic: int) -> NDArray[np.float64]:
    """Return cosine to the topic, and how far above the cosines to the others it is."""
    cosines = rows @ centroids.T
    odds = cosines / TEMPERATURE
    contrast = odds[:, topic] - np.logaddexp.reduce(odds, axis=1)
    near: NDArray[np.float64] = cosines[:, topic] + CONTRAST * TEMPERATURE * contrast
    return near


def _usage(one: Candidate, crowd: int) -> float:
    """Score how much a phrase is its topic's people's own."""
    support = min(one.least / max(WHOLE_SUPPORT * crowd, FEWEST_USERS), 1.0)
    together = SAID_TOGETHER if one.users >= FEWEST_USERS else 0.0
    quirk = QUIRK if one.least < FEWEST_USERS <= crowd // 2 else 0.0
    return SUPPORT * support + together + quirk + KEYNESS * min(one.keyness, MOST_KEYNESS)


def _shape(one: Candidate) -> float:
    words = one.text.split()
    alone = ALONE if len(one.key - {DENIED}) == 1 else 0.0
    if alone and words[0][:1].isupper() and not words[0].isupper():
        alone += PROPER
    return alone + LONG * max(len(words) - USUAL_WORDS, 0)
