"""How coarse topics are: small groups are joined to a tree, which is cut where topics are best separated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from overheard.pains.settle import centroids_of

STEP = 0.9
"""Each cut tried has this share of the groups of the one before."""

ROUNDS = 3
"""Times every text may move to the nearest centroid after the cut; measured, later rounds change next to nothing."""

ROWS_AT_ONCE = 4096
"""Texts compared with all centroids in one product, so that memory does not grow with the corpus."""


def joined_groups(
    vectors: NDArray[np.float32], groups: NDArray[np.int64], wanted: int | None = None
) -> NDArray[np.int64]:
    """Join small groups to topics.

    The tree is Ward's (1963) over the groups' means, weighted by size. Among its cuts the one with the best
    `separation` is taken, and every text then moves to the nearest centroid.

    Args:
        vectors: unit rows, shape (texts, dims).
        groups: the small group of every text, shape (texts,), 0 to groups - 1, none empty.
        wanted: how many topics there should be; None for as many as are best separated.

    Returns:
        Labels, shape (texts,), 0 to topics - 1.
    """
    best, best_score = np.zeros_like(groups), -np.inf
    for cut in _cuts(vectors, groups, wanted):
        labels = cut[groups]
        score = separation(vectors, labels)
        if score > best_score:
            best, best_score = labels, score
    for _ in range(ROUNDS):
        best = _nearest(vectors, centroids_of(vectors, best))
        best = np.unique(best, return_inverse=True)[1].astype(np.int64)
    return best


def separation(vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Score how well topics are separated: higher is better, 1 at most.

    The mean simplified silhouette (Hruschka et al., 2004, distances to centroids), with two corrections. A text is
    compared with its own topic's centroid *without itself*, else small topics look tight because each text is close to
    itself. And the mean is multiplied by the chance that two texts are in different topics (Gini-Simpson index), else
    two halves of a corpus about one thing beat every useful division.

    Args:
        vectors: unit rows, shape (texts, dims).
        labels: shape (texts,), 0 to topics - 1, none empty.
    """
    shares = np.bincount(labels) / len(labels)
    return float(silhouettes(vectors, labels).mean() * (1 - (shares**2).sum()))


def silhouettes(vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how much nearer each text is to its own topic, without itself, than to the next: -1 to 1, shape (texts,).

    All are 0 where there is but one topic. Arguments as for `separation`.
    """
    sizes = np.bincount(labels)
    found = np.zeros(len(labels))
    if len(sizes) < 2:
        return found
    sums = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    lengths = np.linalg.norm(sums, axis=1)
    centres = (sums / np.maximum(lengths, 1e-12)[:, None]).astype(np.float32)
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        own = labels[start : start + ROWS_AT_ONCE]
        at = np.arange(len(own))
        cosines = vectors[start : start + ROWS_AT_ONCE] @ centres.T
        inner = cosines[at, own].astype(np.float64) * lengths[own]
        rest = np.sqrt(np.maximum(lengths[own] ** 2 - 2 * inner + 1, 1e-9))
        near = 1 - np.where(sizes[own] > 1, (inner - 1) / rest, 0.0)
        cosines[at, own] = -1
        far = 1 - cosines.max(axis=1).astype(np.float64)
        found[start : start + ROWS_AT_ONCE] = (far - near) / np.maximum(np.maximum(near, far), 1e-9)
    return found


def _cuts(vectors: NDArray[np.float32], groups: NDArray[np.int64], wanted: int | None) -> Iterator[NDArray[np.int64]]:
    """Yield, for each number of topics tried, the topic of every small group, shape (groups,)."""
    count = int(groups.max()) + 1
    tried, size = {count}, float(count)
    while size >= 2:
        tried.add(round(size))
        size *= STEP
    if wanted is not None:
        tried = {min(wanted, count)}
    topic = np.arange(count)
    if count in tried:
        yield topic
    for left, (kept, gone) in zip(range(count - 1, 1, -1), _merges(vectors, groups), strict=False):
        topic = np.where(topic == gone, kept, topic)
        if left in tried:
            yield np.unique(topic, return_inverse=True)[1].astype(np.int64)


def _merges(vectors: NDArray[np.float32], groups: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield Ward's merges as (kept, gone), cheapest first: the pair whose union adds least squared distance."""
    weights = np.bincount(groups).astype(np.float64)
    means = np.zeros((len(weights), vectors.shape[1]))
    np.add.at(means, groups, vectors)
    means /= weights[:, None]
    squares = (means**2).sum(axis=1)
    costs = np.maximum(squares[:, None] + squares[None] - 2 * means @ means.T, 0)
    costs *= weights[:, None] * weights[None] / (weights[:, None] + weights[None])
    np.fill_diagonal(costs, np.inf)
    alive = np.ones(len(weights), dtype=bool)
    for _ in range(len(weights) - 1):
        one, other = divmod(int(costs.argmin()), len(weights))
        kept, gone = min(one, other), max(one, other)
        means[kept] = (means[kept] * weights[kept] + means[gone] * weights[gone]) / (weights[kept] + weights[gone])
        weights[kept] += weights[gone]
        alive[gone] = False
        row = ((means - means[kept]) ** 2).sum(axis=1) * weights * weights[kept] / (weights + weights[kept])
        row[~alive] = np.inf
        row[kept] = np.inf
        costs[kept], costs[:, kept] = row, row
        costs[gone], costs[:, gone] = np.inf, np.inf
        yield kept, gone


def _nearest(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.int64]:
    parts = [
        (vectors[start : start + ROWS_AT_ONCE] @ centres.T).argmax(axis=1)
        for start in range(0, len(vectors), ROWS_AT_ONCE)
    ]
    return np.concatenate(parts).astype(np.int64)
