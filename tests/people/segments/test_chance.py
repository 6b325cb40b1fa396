"""Structureless people hold no segments, whatever the columns look like one by one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.people.segments.chance import BEYOND_CHANCE, chance_of_none
from overheard.people.segments.threads import one_thread

Points = NDArray[np.float64]


def clumps(seed: int, groups: int = 3) -> Points:
    """Sixty people in clumps, told apart by many columns a little each."""
    generator = np.random.default_rng(seed)
    middles = generator.normal(0, 0.7, (groups, 40))
    return np.vstack([generator.normal(middle, 1, (60 // groups, 40)) for middle in middles])


def project(points: Points) -> Points:
    left, lengths, _ = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    return np.asarray(left[:, :6] * lengths[:6])


def permuted(seed: int) -> Points:
    return np.random.default_rng((seed, 5)).permuted(clumps(seed), axis=0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "groups", [2, pytest.param(3, marks=pytest.mark.slow), pytest.param(4, marks=pytest.mark.slow)]
)
def test_clumps_are_told_from_chance(groups: int) -> None:
    assert chance_of_none(project(clumps(1, groups)), 5, 7) <= BEYOND_CHANCE


def test_the_same_columns_permuted_are_not() -> None:
    assert chance_of_none(project(permuted(1)), 3, 7) > BEYOND_CHANCE


@pytest.mark.slow
def test_permuted_people_are_refused_at_least_95_times_in_100() -> None:
    with one_thread():
        refused = [chance_of_none(project(permuted(run)), 3, run) > BEYOND_CHANCE for run in range(100)]
    assert sum(refused) >= 95


@pytest.mark.slow
def test_lopsided_clouds_are_refused() -> None:
    widths = np.geomspace(4, 0.5, 40)
    clouds = [np.random.default_rng(run).normal(0, widths, (60, 40)) for run in range(40)]
    with one_thread():
        refused = [chance_of_none(project(cloud), 3, run) > BEYOND_CHANCE for run, cloud in enumerate(clouds)]
    assert sum(refused) >= 37
