"""Structureless people hold no segments, whatever the columns look like one by one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.people.segments.chance import BEYOND_CHANCE, chance_of_none


def clumps(seed: int) -> NDArray[np.float64]:
    generator = np.random.default_rng(seed)
    return np.vstack([generator.normal(np.eye(6)[group] * 2, 0.6, (20, 6)) for group in range(3)])


def permuted(seed: int) -> NDArray[np.float64]:
    return np.random.default_rng((seed, 5)).permuted(clumps(seed), axis=0)


def test_clumps_are_told_from_chance() -> None:
    assert chance_of_none(clumps(1), 4, 7) <= BEYOND_CHANCE


def test_the_same_columns_permuted_are_not() -> None:
    assert chance_of_none(permuted(1), 4, 7) > BEYOND_CHANCE


@pytest.mark.slow
def test_permuted_people_are_refused_at_least_95_times_in_100() -> None:
    refused = [chance_of_none(permuted(run), 3, run) > BEYOND_CHANCE for run in range(100)]
    assert sum(refused) >= 95
