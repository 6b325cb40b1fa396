"""Coming back when people are drawn again: worked examples, and what structureless data reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import cohen_kappa_score

from overheard.people.segments.stability import comebacks, jaccards, parentage


def resampled(points: NDArray[np.float64], groups: int, pairs: int = 30) -> list[float]:
    """Return SLSw of plain k-means, as the worked figures were made."""
    generator = np.random.default_rng(5)

    def fitted(rows: NDArray[np.float64], seed: int) -> NDArray[np.int64]:
        model = KMeans(groups, n_init=5, random_state=seed).fit(rows)
        return model.predict(points).astype(np.int64)

    runs = [fitted(points[generator.integers(0, len(points), len(points))], run) for run in range(2 * pairs)]
    return [one.stability for one in comebacks(fitted(points, 0), runs)]


def blobs() -> NDArray[np.float64]:
    generator = np.random.default_rng(1)
    return np.vstack([generator.normal(middle, 0.5, (60, 2)) for middle in ((0, 0), (8, 0), (0, 8))])


def test_three_clear_groups_come_back_whole_and_five_of_them_do_not() -> None:
    assert resampled(blobs(), 3) == pytest.approx([1, 1, 1], abs=0.01)
    assert min(resampled(blobs(), 5)) < 0.75


def test_a_square_without_groups_looks_stable_so_stability_alone_proves_nothing() -> None:
    square = np.random.default_rng(2).uniform(0, 1, (180, 2))
    assert min(resampled(square, 3)) > 0.75


def test_noise_in_ten_dimensions_does_not_come_back() -> None:
    noise = np.random.default_rng(3).normal(0, 1, (180, 10))
    assert max(resampled(noise, 4)) < 0.6


def test_parentage_follows_the_worked_example() -> None:
    assert parentage(np.array([[50, 5, 0], [0, 20, 25]])) == pytest.approx([1.0, 0.2781, 1.0], abs=1e-4)
    assert parentage(np.array([[5, 7]])).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("kept", "recovered", "dissolved"),
    [(10, 1.0, 0.0), (7, 0.0, 0.0), (5, 0.0, 1.0)],
)
def test_a_segment_is_recovered_or_dissolved_by_hennigs_bands(kept: int, recovered: float, dissolved: float) -> None:
    labels = np.repeat([0, 1], 10)
    run = labels.copy()
    run[kept:10] = 2
    found = comebacks(labels, [run])[0]
    assert (found.recovered, found.dissolved) == (recovered, dissolved)
    assert found.stability == pytest.approx(kept / 10)


def test_stability_follows_the_worked_example() -> None:
    labels = np.array([0, 0, 0, 1, 1, 1])
    same, moved = np.array([1, 1, 1, 0, 0, 0]), np.array([0, 0, 1, 1, 1, 1])
    assert [one.stability for one in comebacks(labels, [same])] == [1.0, 1.0]
    found = [one.stability for one in comebacks(labels, [same, moved])]
    assert found == pytest.approx([(1 + 2 / 3) / 2, (1 + 3 / 4) / 2])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
@settings(max_examples=50)
def test_jaccards_are_shares_and_one_only_for_the_same_people(pairs: Sequence[tuple[int, int]]) -> None:
    left, right = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    found = jaccards(left, right)
    for i, j in np.ndindex(*found.shape):
        ours, theirs = set(np.flatnonzero(left == i)), set(np.flatnonzero(right == j))
        assert found[i, j] == pytest.approx(len(ours & theirs) / max(len(ours | theirs), 1))


def test_the_kappa_that_benchmarks_print_is_cohens() -> None:
    table = [[20, 5], [10, 15]]
    pairs = [(i, j) for i in range(2) for j in range(2) for _ in range(table[i][j])]
    assert cohen_kappa_score(*zip(*pairs, strict=True)) == pytest.approx(0.4)
