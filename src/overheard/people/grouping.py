"""How many groups of people are there, and which? k by separation among the solutions that come back when resampled.

Stability alone picks too few groups (two halves of anything are stable) and is passed by structureless data; separation
alone always finds a best k. So k is the best separated of the stable ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RUNS = 20
"""Bootstrap fits for each k; they are compared in pairs, so RUNS / 2 pairs, as bootFlexclust does with its 100."""
LEAST_STABILITY = 0.45
"""Mean ARI of bootstrap pairs under which a k is not considered; people given to topics at random reach .28-.44."""
SMALLEST_GROUP = 5
"""People; a k that leaves a smaller group splits off oddities."""
_LARGEST_SILHOUETTE = 2000
"""People; beyond it the silhouette is taken over an even sample, for it compares everybody with everybody."""
_STARTS = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """One k tried. `separation` is the mean silhouette (-1..1), `stability` the mean ARI of bootstrap pairs."""

    groups: int
    separation: float
    stability: float
    smallest: int


@dataclass(frozen=True, slots=True)
class _Resample:
    """One bootstrap fit: its centres, shape (groups, dims), and for each of our groups which of its is most alike."""

    centres: NDArray[np.float64]
    counterpart: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups found, numbered by size, largest first.

    `labels` has shape (people,); `centres` (groups, dims), unit rows; `stability` (groups,) is SLSw, how alike each
    group comes back; `trials` are all k tried, with `chosen` among them; `resampled` are the bootstrap fits.
    """

    labels: NDArray[np.int64]
    centres: NDArray[np.float64]
    stability: NDArray[np.float64]
    chosen: Trial
    trials: tuple[Trial, ...]
    resampled: tuple[_Resample, ...]

    def place(self, space: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Place people, whether they were fitted or not.

        Args:
            space: one person a row, unit length, shape (people, dims).

        Returns:
            The nearest group of each, shape (people,), and the share of bootstrap fits that place them alike (0-1).
        """
        labels = nearest_group(space, self.centres)
        alike = [run.counterpart[labels] == nearest_group(space, run.centres) for run in self.resampled]
        share: NDArray[np.float64] = np.mean(alike, axis=0)
        return labels, share


def find_groups(space: NDArray[np.float64], most_groups: int, seed: int) -> Grouping | None:
    """Group people by k-means on the sphere, k chosen by the data.

    Args:
        space: one person a row, unit length, shape (people, dims).
        most_groups: largest k to try, >= 2.
        seed: of every start and every resample.

    Returns:
        The grouping, or None where no k is stable and leaves nobody in a group of oddities.
    """
    trials, kept = [], {}
    for groups in range(2, min(most_groups, len(space) // SMALLEST_GROUP) + 1):
        labels, centres = fit_groups(space, groups, seed, _STARTS)
        resampled = _bootstrap_centres(space, groups, seed)
        runs = [nearest_group(space, centres) for centres in resampled]
        stability = float(np.mean([_agreement(runs[i], runs[i + 1]) for i in range(0, RUNS - 1, 2)]))
        smallest = int(np.bincount(labels, minlength=groups).min())
        trials.append(Trial(groups, _separation(space, labels), stability, smallest))
        kept[groups] = (labels, centres, resampled, runs)
    fit = [one for one in trials if one.stability >= LEAST_STABILITY and one.smallest >= SMALLEST_GROUP]
    if not fit:
        return None
    chosen = max(fit, key=lambda one: (one.separation, one.stability))
    labels, centres, resampled, runs = kept[chosen.groups]
    order = np.argsort(-np.bincount(labels, minlength=chosen.groups), kind="stable")
    labels, centres = np.argsort(order)[labels], centres[order]
    counterparts = [jaccards(labels, run).argmax(axis=1) for run in runs]
    return Grouping(
        labels,
        centres,
        segment_stability(labels, runs),
        chosen,
        tuple(trials),
        tuple(_Resample(*pair) for pair in zip(resampled, counterparts, strict=True)),
    )


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


def _bootstrap_centres(space: NDArray[np.float64], groups: int, seed: int) -> list[NDArray[np.float64]]:
    """Fit on people drawn with replacement, RUNS times."""
    found = []
    for run in range(RUNS):
        generator = np.random.default_rng((seed, groups, run))
        drawn = np.unique(generator.integers(0, len(space), len(space)))
        found.append(fit_groups(space[drawn], groups, seed + run, 2)[1])
    return found


def segment_stability(labels: NDArray[np.int64], runs: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """How alike does each group come back? SLSw: mean best Jaccard over resamples (Dolnicar, Grün and Leisch, 2018).

    Args:
        labels: the groups, numbered from 0, shape (people,).
        runs: labels of the same people by fits on resamples, each of shape (people,).

    Returns:
        0-1 for each group, shape (groups,); over .75 is stable, under .6 not to be trusted (Hennig, 2007).
    """
    best = [jaccards(labels, run).max(axis=1) for run in runs]
    stability: NDArray[np.float64] = np.mean(best, axis=0)
    return stability


def jaccards(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return |both| / |either| for each pair of groups of two groupings of the same people, shape (left, right)."""
    both = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(both, (left, right), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    shared: NDArray[np.float64] = both / np.maximum(either, 1)
    return shared


def _agreement(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(left, right))


def _separation(space: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    from sklearn.metrics import silhouette_score

    step = -(-len(space) // _LARGEST_SILHOUETTE)
    some, own = space[::step], labels[::step]
    return float(silhouette_score(some, own)) if 1 < len(np.unique(own)) < len(own) else -1.0
