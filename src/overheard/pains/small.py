"""Groups in a corpus too small for density: a tree of texts, cut where its groups are best separated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def tree_groups(vectors: NDArray[np.float32], fewest: int) -> NDArray[np.int64]:
    """Group few texts.

    Args:
        vectors: unit rows, shape (texts, dims).
        fewest: texts a group needs.

    Returns:
        Labels, shape (texts,), -1 for none.
    """
    from scipy.cluster.hierarchy import cut_tree, linkage
    from sklearn.metrics import silhouette_score

    n = len(vectors)
    if n < 2 * fewest:
        return np.zeros(n, dtype=np.int64)
    tree = linkage(vectors.astype(np.float64), method="ward")
    best, best_score = np.zeros(n, dtype=np.int64), -1.0
    for k in range(2, n // 2):
        labels = cut_tree(tree, k).ravel()
        score = silhouette_score(vectors, labels, metric="cosine")
        if score > best_score:
            best, best_score = labels.astype(np.int64), score
    return best
