"""Does each segment come back when people are drawn again? And how much of that would structureless data reach?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DISSOLVED = 0.5
RECOVERED = 0.75
"""Jaccard overlap up to which a segment is gone, and above which it came back (Hennig, 2007)."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """How one segment came back: `stability` is SLSw (0-1), the mean best Jaccard overlap; `recovered` and `dissolved`
    are the shares of resamples in which it came back and in which it was gone.
    """

    stability: float
    recovered: float
    dissolved: float


def comebacks(labels: NDArray[np.int64], runs: Sequence[NDArray[np.int64]]) -> list[Comeback]:
    """Compare a grouping with the groupings of resamples.

    SLSw averages over pairs of resamples the best overlap in either (Dolnicar, Grün and Leisch, 2018), which is the
    mean over resamples; the shares are those of Hennig's bootstrap (2007). People in no group are left out by the
    caller: a segment is who was placed in it, and noise is compared only with noise.

    Args:
        labels: the groups, numbered from 0, shape (people,).
        runs: labels of the same people by fits on resamples, each of shape (people,); at least one.

    Returns:
        One comeback a group.
    """
    best = np.array([jaccards(labels, run).max(axis=1) for run in runs])
    return [
        Comeback(float(own.mean()), float((own > RECOVERED).mean()), float((own <= DISSOLVED).mean())) for own in best.T
    ]


def jaccards(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return |both| / |either| for each pair of groups of two groupings of the same people, shape (left, right)."""
    both = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(both, (left, right), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    shared: NDArray[np.float64] = both / np.maximum(either, 1)
    return shared


def parentage(flows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Tell of each segment whether it stems from one segment of the solution with one segment less.

    SLSa (Dolnicar, Grün and Leisch, 2018): 1 - H(parents) / ln(number of parents).

    Args:
        flows: people by parent (rows) and segment (columns), shape (parents, segments), parents >= 1.

    Returns:
        0-1 for each segment, shape (segments,): 1 where all its people were together before, 0 where they came from
        all parents alike. With a single parent all are 1; a segment of nobody is 1.
    """
    shares = flows / np.maximum(flows.sum(axis=0, keepdims=True), 1)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    entropies = -(shares * logs).sum(axis=0)
    stems: NDArray[np.float64] = 1 - entropies / max(np.log(len(flows)), 1e-12)
    return stems
