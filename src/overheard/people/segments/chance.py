"""Are people better separated than columns of figures with nothing between them? If not, there are no segments.

Any data can be cut into groups, and the cut may even be stable (a square of uniform points in two dimensions reaches
SLSw .85), so the same method is run on data whose columns are permuted on their own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from overheard.people.segments.grouping import SMALLEST_GROUP, fit_groups, separation, unit

PERMUTATIONS = 39
BEYOND_CHANCE = 0.025
"""Largest p that is believed: the data must be further from the mean than all 39, as one in 40 without groups is."""
_STARTS = 5
_LARGEST = 600
"""People; beyond it an even sample is compared, for more cannot fail to tell clumps from none."""


def chance_of_none(projected: NDArray[np.float64], most_groups: int, seed: int) -> float:
    """Test that people form groups at all, whatever their number.

    For each number of groups the separation (mean silhouette) is put in units of what permuted data scatter around
    their mean; the largest over all numbers is compared with the largest of each permutation.

    Args:
        projected: one person a row, shape (people, dims), not yet of unit length: columns are permuted before that, or
            the length itself would tie them together.
        most_groups: largest number of groups, >= 2.
        seed: of the permutations and starts.

    Returns:
        The permutation p-value, 1 / (PERMUTATIONS + 1) at least.
    """
    some = projected[:: -(-len(projected) // _LARGEST)]
    tried = range(2, min(most_groups, len(some) // SMALLEST_GROUP) + 1)
    generator = np.random.default_rng(seed)
    data = [some, *(generator.permuted(some, axis=0) for _ in range(PERMUTATIONS))]
    found = np.array(
        [[separation(one, fit_groups(one, k, seed, _STARTS)[0]) for k in tried] for one in map(unit, data)]
    )
    # The data are one of their own permutations; left out of the mean, they would seem further from it than the others.
    largest = ((found - found.mean(axis=0)) / np.maximum(found.std(axis=0), 1e-12)).max(axis=1)
    return float((largest >= largest[0]).mean())
