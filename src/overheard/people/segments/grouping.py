"""How many groups of people are there, and which? As many as are separated beyond chance and come back when resampled.

Stability alone picks too few groups (two halves of anything are stable) and is passed by structureless data; separation
alone rewards splitting small clumps off a continuum. Their product, with what chance separates taken off, chose best
among those numbers of groups in which most people can be placed by what the others say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.segments.held_out import held_out_places

RUNS = 20
"""Bootstrap fits for each k."""
_COMEBACKS = 40
"""Bootstrap fits for the k chosen, from as many starts each as a fit needs: what wavers is to be the people's groups,
not the algorithm."""
LEAST_STABILITY = 0.45
"""Mean ARI of bootstrap fits with the fit on all, under which a k is not considered."""
SMALLEST_GROUP = 5
"""People; a k that leaves a smaller group splits off oddities."""
_LARGEST_SILHOUETTE = 2000
"""People; beyond it the silhouette is taken over an even sample, for it compares everybody with everybody."""
_STARTS = 20
_FEW = 200
"""People; among fewer, fits from other starts are as tight and not the same, so several are compared."""
_FITS = 30
_COMPARED = 5
"""Of the fits, the tightest that differ. Of those the one is taken in which others' words place most people: on 116
people it reaches ARI .81 to .91 over those placed, where the tightest alone gave .49 to .94, by the seed."""
_SAME = 0.97
"""ARI above which two fits are one."""
_SURE = 0.5
_LEAST_PLACED = 0.7
"""Share of people whom others' words must place for a k to be considered. Of ten sets of 2 to 8 groups the separation
alone split three too far (7 for 4, 8 for 5, 9 for 3); with this none by more than one, at any share from .65 to .75."""
_LARGEST_PLACED = 1000
"""People; beyond it the share is taken over an even sample."""
_CHOOSING_DIMENSIONS = 6
"""Directions in which k is chosen. More blur all separations alike; fewer cannot hold eight groups apart."""
_PERMUTATIONS = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """One k tried, in the strongest directions of the space.

    `separation` is the mean silhouette (-1..1), `chance` what columns permuted on their own reach, `stability` the mean
    ARI of bootstrap fits with the fit on all, `smallest` the people in the smallest group, `placed` the share of people
    whom a classifier that has not seen them places with a probability of one half or more (0-1).
    """

    groups: int
    separation: float
    chance: float
    stability: float
    smallest: int
    placed: float

    @property
    def score(self) -> float:
        """Separation beyond half of chance, times the root of stability.

        Measured on 13 sets of 2 to 8 groups: this loses .02 ARI against the best k of each, separation alone .04,
        stability alone .12. With all of chance taken off, two groups never win.
        """
        return (self.separation - 0.5 * self.chance) * float(np.sqrt(max(self.stability, 0.0)))


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups found, numbered by size, largest first.

    `labels` has shape (people,); `parents` are the labels of the same people with one group less; `runs` are their
    labels by fits on bootstrap samples, `runs_by_chance` the same where columns were permuted on their own, beside
    `labels_by_chance`; `trials` are all k tried, with `chosen` among them.
    """

    labels: NDArray[np.int64]
    parents: NDArray[np.int64]
    runs: tuple[NDArray[np.int64], ...]
    labels_by_chance: NDArray[np.int64]
    runs_by_chance: tuple[NDArray[np.int64], ...]
    chosen: Trial
    trials: tuple[Trial, ...]


def find_groups(
    space: NDArray[np.float64], described: NDArray[np.float64], most_groups: int, seed: int
) -> Grouping | None:
    """Group people by k-means on the sphere, k chosen by the data.

    Args:
        space: one person a row, unit length, shape (people, dims).
        described: the same people in more features, for the classifier, shape (people, features).
        most_groups: largest k to try, >= 2.
        seed: of every start and every resample.

    Returns:
        The grouping, or None where no k is stable, places most people and leaves nobody in a group of oddities.
    """
    strongest = unit(space[:, :_CHOOSING_DIMENSIONS])
    tried = range(2, min(most_groups, len(space) // SMALLEST_GROUP) + 1)
    fits = {groups: _best_fit(space, described, groups, seed) for groups in tried}
    trials = tuple(_try(strongest, fits[groups].placed, groups, seed) for groups in tried)
    able = [one for one in trials if one.stability >= LEAST_STABILITY and one.smallest >= SMALLEST_GROUP]
    fit = [one for one in able if one.placed >= _LEAST_PLACED]
    if not fit:
        return None
    chosen = max(fit, key=lambda one: (one.score, -one.groups))
    labels = fits[chosen.groups].labels
    order = np.argsort(-np.bincount(labels, minlength=chosen.groups), kind="stable")
    parents = fits[chosen.groups - 1].labels if chosen.groups > 2 else np.zeros_like(labels)
    permuted = permute_columns(space, (seed, chosen.groups))
    return Grouping(
        np.argsort(order)[labels],
        parents,
        _runs(space, chosen.groups, seed, _STARTS, _COMEBACKS),
        fit_groups(permuted, chosen.groups, seed, _STARTS)[0],
        _runs(permuted, chosen.groups, seed, _STARTS, RUNS),
        chosen,
        trials,
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    labels: NDArray[np.int64]
    placed: float


def _best_fit(space: NDArray[np.float64], described: NDArray[np.float64], groups: int, seed: int) -> _Fit:
    """Return the fit that others' words bear out best, among those that are as tight as any."""
    if len(space) > _FEW:
        labels = fit_groups(space, groups, seed, _STARTS)[0]
        return _Fit(labels, _placed_share(described, labels, seed))
    tightest: list[NDArray[np.int64]] = []
    for labels in sorted(
        (fit_groups(space, groups, seed * _FITS + fit, _STARTS // 2)[0] for fit in range(_FITS)),
        key=lambda labels: _looseness(space, labels),
    ):
        if len(tightest) < _COMPARED and all(adjusted_rand(labels, other) <= _SAME for other in tightest):
            tightest.append(labels)
    return max(
        (_Fit(labels, _placed_share(described, labels, seed)) for labels in tightest), key=lambda fit: fit.placed
    )


def _looseness(space: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return how little people point the way of their group: what k-means on the sphere makes small."""
    sums = np.zeros((labels.max() + 1, space.shape[1]))
    np.add.at(sums, labels, space)
    return -float(np.linalg.norm(sums, axis=1).sum())


def _placed_share(described: NDArray[np.float64], labels: NDArray[np.int64], seed: int) -> float:
    step = -(-len(labels) // _LARGEST_PLACED)
    own = np.unique(labels[::step], return_inverse=True)[1]
    return float(np.mean(held_out_places(described[::step], own, seed).max(axis=1) >= _SURE))


def _try(space: NDArray[np.float64], placed: float, groups: int, seed: int) -> Trial:
    """Try a number of groups in the strongest directions; `placed` is of the fit in all of them."""
    labels, _ = fit_groups(space, groups, seed, _STARTS)
    chance = []
    for permutation in range(_PERMUTATIONS):
        permuted = permute_columns(space, (seed, groups, permutation))
        chance.append(separation(permuted, fit_groups(permuted, groups, seed, 3)[0]))
    runs = _runs(space, groups, seed, 2, RUNS)
    smallest = int(np.bincount(labels, minlength=groups).min())
    stability = float(np.mean([adjusted_rand(labels, run) for run in runs]))
    return Trial(groups, separation(space, labels), float(np.mean(chance)), stability, smallest, placed)


def fit_groups(
    space: NDArray[np.float64], groups: int, seed: int, starts: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Fit k-means; return labels, shape (people,), and unit-length centres, shape (groups, dims)."""
    from sklearn.cluster import KMeans

    fitted = KMeans(groups, n_init=starts, random_state=seed).fit(space)
    lengths = np.linalg.norm(fitted.cluster_centers_, axis=1, keepdims=True)
    centres = fitted.cluster_centers_ / np.maximum(lengths, 1e-12)
    return nearest_group(space, centres), centres


def nearest_group(space: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each row of `space` the row of `centres` of largest cosine, shape (people,)."""
    nearest: NDArray[np.int64] = np.argmax(space @ centres.T, axis=1).astype(np.int64)
    return nearest


def permute_columns(space: NDArray[np.float64], seed: tuple[int, ...]) -> NDArray[np.float64]:
    """Return data with the same columns and nothing between them: each is permuted on its own, rows of unit length."""
    return unit(np.random.default_rng(seed).permuted(space, axis=0))


def _runs(space: NDArray[np.float64], groups: int, seed: int, starts: int, count: int) -> tuple[NDArray[np.int64], ...]:
    """Label everybody by fits on people drawn with replacement, `count` times."""
    found = []
    for run in range(count):
        generator = np.random.default_rng((seed, groups, run))
        drawn = np.unique(generator.integers(0, len(space), len(space)))
        found.append(nearest_group(space, fit_groups(space[drawn], groups, seed + run, starts)[1]))
    return tuple(found)


def adjusted_rand(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Return how far two groupings of the same people agree (Hubert and Arabie, 1985): 1 the same, 0 as by chance."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(left, right))


def separation(space: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the mean silhouette (Rousseeuw, 1987), -1 to 1; -1 where there is one group only."""
    from sklearn.metrics import silhouette_score

    step = -(-len(space) // _LARGEST_SILHOUETTE)
    some, own = space[::step], labels[::step]
    return float(silhouette_score(some, own)) if 1 < len(np.unique(own)) < len(own) else -1.0


def unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rows at unit length; rows of zeros stay."""
    scaled: NDArray[np.float64] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled
