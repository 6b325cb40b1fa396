"""In which order do alike people stand together, and which groups might a person make of them?"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray


def order_people(likeness: NDArray[np.float64]) -> list[int]:
    """Order people so that neighbours are as alike as the tree of average linkage allows.

    Optimal leaf ordering (Bar-Joseph, Gifford and Jaakkola, 2001).

    Args:
        likeness: shape (n, n), 1 on its diagonal.

    Returns:
        Rows of `likeness`.
    """
    from scipy.cluster.hierarchy import leaves_list, optimal_leaf_ordering

    if len(likeness) < 3:
        return list(range(len(likeness)))
    distances = _distances(likeness)
    rows: list[int] = leaves_list(optimal_leaf_ordering(_tree(distances), distances)).tolist()
    return rows


def propose_groups(likeness: NDArray[np.float64]) -> list[int]:
    """Propose a group for each person, for a person to judge.

    Groups are joined, the most alike first, while their people are on average more alike than half-way between people
    with nothing in common (-1/(n - 1), as each is taken apart from the mean) and people of the average.

    Returns:
        A label a person, 0 for the first group met.
    """
    from scipy.cluster.hierarchy import fcluster

    people = len(likeness)
    if people < 2:
        return [0] * people
    least = -0.5 / (people - 1)
    found = fcluster(_tree(_distances(likeness)), 1 - least, "distance")
    labels: dict[int, int] = defaultdict(lambda: len(labels))
    return [labels[group] for group in found.tolist()]


def _tree(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.cluster.hierarchy import linkage

    tree: NDArray[np.float64] = linkage(distances, "average")
    return tree


def _distances(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu_indices(len(likeness), 1)
    distances: NDArray[np.float64] = 1.0 - likeness[upper]
    return distances
