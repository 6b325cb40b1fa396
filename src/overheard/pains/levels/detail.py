"""More or fewer topics than there are, out of those there are."""

from __future__ import annotations

import numpy as np

from overheard.pains.levels.divide import divided
from overheard.pains.levels.join import joined
from overheard.pains.settle import Crowd, Floor, Labels, centroids_of, packed_labels
from overheard.pains.space import Floats


def at_detail(vectors: Floats, labels: Labels, detail: float, crowd: Crowd, floor: Floor) -> Labels:
    """Join or divide topics until there are `detail` times as many.

    Of two details, the topics of the higher lie within those of the lower, and a text in no topic stays in none.

    Args:
        vectors: unit rows, shape (texts, dims), without what all texts share.
        labels: shape (texts,), 0 to topics - 1, -1 for none.
        detail: times as many topics, > 0.
        crowd: who said each text.
        floor: what a topic needs to exist.

    Returns:
        Labels, shape (texts,), largest topic first.
    """
    topics = int(labels.max(initial=-1)) + 1
    wanted = max(1, round(topics * detail))
    if wanted > topics:
        return packed_labels(divided(vectors, labels, wanted, crowd, floor))
    if wanted == topics:
        return labels
    sizes = np.bincount(labels[labels >= 0])
    above = joined(centroids_of(vectors, labels), sizes, wanted)
    return packed_labels(np.where(labels >= 0, above[labels], -1))
