"""Are people better separated than a single cloud of people would be? If not, there are no segments.

Any data can be cut into groups, and the cut may even be stable (a square of uniform points in two dimensions reaches
SLSw .85), so the same method is run on clouds without groups: normally distributed, as wide in each direction as the
people are (Liu et al., 2008). Permuting the columns instead keeps the two humps of a direction that tells two groups
apart, and would never find two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from overheard.people.segments.grouping import SMALLEST_GROUP, fit_groups, separation, unit

CLOUDS = 39
BEYOND_CHANCE = 0.025
"""Largest p that is believed: the data must be further from the mean than all 39, as one in 40 without groups is."""
_STARTS = 5
_LARGEST = 600
"""People; beyond it an even sample is compared, for more cannot fail to tell clumps from none."""


def chance_of_none(projected: NDArray[np.float64], most_groups: int, seed: int) -> float:
    """Test that people form groups at all, whatever their number.

    For each number of groups the separation (mean silhouette) is put in units of what it scatters around its mean; the
    largest over all numbers is compared with the largest of each cloud.

    Args:
        projected: one person a row, shape (people, dims), along principal directions and not yet of unit length.
        most_groups: largest number of groups, >= 2.
        seed: of the clouds and starts.

    Returns:
        The Monte Carlo p-value, 1 / (CLOUDS + 1) at least.
    """
    some = projected[:: -(-len(projected) // _LARGEST)]
    tried = range(2, min(most_groups, len(some) // SMALLEST_GROUP) + 1)
    generator = np.random.default_rng(seed)
    clouds = [generator.normal(some.mean(axis=0), some.std(axis=0), some.shape) for _ in range(CLOUDS)]
    found = np.array(
        [[separation(one, fit_groups(one, k, seed, _STARTS)[0]) for k in tried] for one in map(unit, [some, *clouds])]
    )
    # Without groups people are one more cloud; left out of the mean, they would seem further from it than the others.
    largest = ((found - found.mean(axis=0)) / np.maximum(found.std(axis=0), 1e-12)).max(axis=1)
    return float((largest >= largest[0]).mean())
