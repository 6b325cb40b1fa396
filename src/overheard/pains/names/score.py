"""How well a phrase, or two of them, tells its topic from the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.names.phrases import DENIED
from overheard.pains.names.said import Candidate, Wordings

TEMPERATURE = 0.05
"""Of the softmax over topics in `contrast`; differences of cosine between close topics are of this size."""

CONTRAST, SUPPORT, KEYNESS = 0.8, 0.2, 0.02
"""Weights beside relevance (a cosine)."""

WORDS = 0.3
"""Weight of being said by the topic's people, word for word, beside a cosine: readers look for the words."""

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


def centroids_of(vectors: NDArray[np.float32], labels: NDArray[np.int64], topics: int) -> NDArray[np.float64]:
    """Return each topic's mean direction, shape (topics, dims)."""
    sums = np.zeros((topics, vectors.shape[1]))
    inside = labels >= 0
    np.add.at(sums, labels[inside], vectors[inside])
    centroids: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centroids


def likeness_of(
    candidates: Sequence[Candidate], rows: NDArray[np.float32], wordings: Wordings, centroids: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how alike each phrase is to each topic, in meaning and in words, shape (candidates, topics).

    Args:
        candidates: phrases of one topic.
        rows: their unit vectors, shape (candidates, dims).
        wordings: who uses which words.
        centroids: of all topics, shape (topics, dims).
    """
    spread = np.stack([wordings.spread(one.key) for one in candidates])
    likeness: NDArray[np.float64] = rows @ centroids.T + WORDS * spread
    return likeness


def nearness(likeness: NDArray[np.float64], topic: int) -> NDArray[np.float64]:
    """Return likeness to the topic, and how far above the likeness to the others it is; one figure a row."""
    odds = likeness / TEMPERATURE
    contrast = odds[:, topic] - np.logaddexp.reduce(odds, axis=1)
    near: NDArray[np.float64] = likeness[:, topic] + CONTRAST * TEMPERATURE * contrast
    return near


def merit_of(one: Candidate, crowd: int) -> float:
    """Score what a phrase is beside what it means: its people's own, and of a name's shape."""
    return _usage(one, crowd) + _shape(one)


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
