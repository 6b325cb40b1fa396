"""Groups in a corpus too small for neighbours, down to a handful of texts, where the honest answer may be none."""

from __future__ import annotations

import numpy as np

from overheard.pains.settle import Floor, Labels
from overheard.pains.space import Floats
from overheard.pains.tree import Tree, best_labels, silhouettes
from overheard.settings import PainSettings

ONE_TOPIC_COSINE = 0.3
"""Mean cosine between texts from which a handful is about one thing. Measured with all-MiniLM-L6-v2: questions of one
intent .36 to .73, unrelated ones .08 to .16, forum posts about one product .16 to .21."""

LEAST_SILHOUETTE = 0.05
"""Mean silhouette below which a group is only what was left when the others were formed."""


def grouped_few(vectors: Floats, floor: Floor, settings: PainSettings) -> Labels:
    """Group few texts.

    Args:
        vectors: unit rows, shape (texts, dims).
        floor: what a topic needs to exist.
        settings: of [pains].

    Returns:
        Labels, shape (texts,), -1 for none. Texts too few for two topics are one if they are alike, else none.
    """
    count = len(vectors)
    if count < 2 * floor.signals:
        alike = count > 1 and _mean_cosine(vectors) >= ONE_TOPIC_COSINE
        return np.full(count, 0 if alike else -1, dtype=np.int64)
    labels = best_labels(vectors, Tree(vectors, None), settings.topics)
    if labels.max() < 1:
        return labels
    sizes = np.bincount(labels)
    means = np.bincount(labels, weights=silhouettes(vectors, labels)) / sizes
    return np.where((means >= LEAST_SILHOUETTE)[labels], labels, -1)


def _mean_cosine(vectors: Floats) -> float:
    """Return the mean cosine over pairs of different rows; rows are unit length, at least two."""
    count = len(vectors)
    total = float((vectors.sum(axis=0, dtype=np.float64) ** 2).sum())
    return (total - count) / (count * (count - 1))
