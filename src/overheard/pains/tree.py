"""How coarse topics are: Ward's tree over the texts is cut where topics are best separated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from overheard.pains.settle import Labels, centroids_of, sums_of
from overheard.pains.space import Floats, unit_rows

STEP = 0.94
"""Each cut tried has this share of the topics of the one before."""

AS_GOOD = 0.95
"""Cuts with this share of the best separation are as good as the best. Which of them is best differs from sample to
sample; their middle hardly does: between samples of 90 % of 15,000 intents ARI .918 (least .901) for .837 (.704), at
.98. At .95 the number of topics of 1,000 sentences is steadier (63 to 88 for 59 to 98 between samples), and the topics
of larger sets are as right or better (7,500 intents .728 for .707, 20, 38 and 51 communities within .002)."""

MOST_TOPICS = 600
FEWEST_TEXTS_A_TOPIC = 4
"""On average, in the finest cut tried."""

MOVES = 3
"""Times every text may move to the nearest centroid after a cut; measured, later rounds change next to nothing."""

ROWS_AT_ONCE = 4096
"""Texts compared with all centroids in one product, so that memory does not grow with the corpus."""


class Tree:
    """Ward's (1963) tree over unit rows, bottom up; with a graph only neighbours in it are ever joined."""

    def __init__(self, vectors: Floats, graph: csr_matrix | None) -> None:
        """Args: vectors: shape (texts, dims), at least two; graph: connected, shape (texts, texts)."""
        from sklearn.cluster import ward_tree

        self.vectors = vectors
        # In float32 the costs of joining near-copies are rounding errors.
        self._children = np.asarray(ward_tree(vectors.astype(np.float64), connectivity=graph)[0], dtype=np.int64)

    def cut(self, topics: int, moves: int = MOVES) -> Labels:
        """Return labels 0 to topics - 1, shape (texts,), each text moved to the nearest centroid `moves` times.

        There may be fewer topics than asked for: some lose all their texts to others.
        """
        labels = self._branches(topics)
        for _ in range(moves):
            labels = nearest(self.vectors, centroids_of(self.vectors, labels))
            labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
        return labels

    def _branches(self, topics: int) -> Labels:
        """Undo the last joins until so many branches are left."""
        texts = len(self._children) + 1
        joins = texts - min(max(topics, 1), texts)
        parent = np.arange(texts + joins)
        parent[self._children[:joins].ravel()] = np.repeat(np.arange(texts, texts + joins), 2)
        while True:
            above = parent[parent]
            if (above == parent).all():
                return np.unique(parent[:texts], return_inverse=True)[1].astype(np.int64)
            parent = above


def best_labels(vectors: Floats, tree: Tree, wanted: int | None = None, breadth: int = 1) -> Labels:
    """Cut a tree.

    Args:
        vectors: unit rows in which separation is measured, shape (texts, dims); the tree's own, or less smooth ones.
        tree: over the same texts.
        wanted: how many topics; None for as many as are best separated.
        breadth: see `separation`.

    Returns:
        Labels, shape (texts,), 0 to topics - 1.
    """
    if wanted is None:
        wanted = round(_best_size(vectors, tree, breadth))
    return tree.cut(wanted)


def _best_size(vectors: Floats, tree: Tree, breadth: int) -> float:
    """Return the number of topics in the middle of those that are best separated; 1 where none is separated at all."""
    sizes = np.array(list(_sizes(len(vectors))))
    scores = np.array([separation(vectors, tree.cut(size, moves=1), breadth) for size in sizes.tolist()])
    if scores.max(initial=0.0) <= 0:
        return 1.0
    weights = np.maximum(scores - AS_GOOD * scores.max(), 0)
    return float(np.exp((np.log(sizes) * weights).sum() / weights.sum()))


def separation(vectors: Floats, labels: Labels, breadth: int = 1) -> float:
    """Score how well topics are separated: higher is better, 1 at most.

    The mean simplified silhouette (Hruschka et al., 2004, distances to centroids), with two corrections. A text is
    compared with its own topic's centroid *without itself*, else small topics look tight because each text is close to
    itself. And the mean is multiplied by a power of the chance that two texts are in different topics (Gini-Simpson
    index), else a few parts of a corpus about one thing beat every useful division.

    Args:
        vectors: unit rows, shape (texts, dims).
        labels: shape (texts,), 0 to topics - 1, none empty.
        breadth: the power; more of it favours more topics.
    """
    shares = np.bincount(labels) / len(labels)
    return float(silhouettes(vectors, labels).mean() * (1 - (shares**2).sum()) ** breadth)


def silhouettes(vectors: Floats, labels: Labels) -> NDArray[np.float64]:
    """Return how much nearer each text is to its own topic, without itself, than to the next: -1 to 1, shape (texts,).

    All are 0 where there is but one topic. Arguments as for `separation`.
    """
    sizes = np.bincount(labels)
    found = np.zeros(len(labels))
    if len(sizes) < 2:
        return found
    sums = sums_of(vectors, labels)
    lengths = np.linalg.norm(sums, axis=1)
    centres = unit_rows(sums)
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


def nearest(vectors: Floats, centres: Floats) -> Labels:
    """Return the index of the centroid nearest to each row, shape (texts,)."""
    parts = [
        (vectors[start : start + ROWS_AT_ONCE] @ centres.T).argmax(axis=1)
        for start in range(0, len(vectors), ROWS_AT_ONCE)
    ]
    return np.concatenate(parts).astype(np.int64)


def _sizes(texts: int) -> Iterator[int]:
    """Yield the numbers of topics to try, most first, each once."""
    size, before = min(float(MOST_TOPICS), texts / FEWEST_TEXTS_A_TOPIC), 0
    while size >= 1.5:
        if round(size) != before:
            yield (before := round(size))
        size *= STEP
