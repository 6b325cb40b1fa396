"""How often is it right? Everything is measured on people the fit has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
RIGHT_SHARE = 0.8
"""Of assigned rows; the least probability is chosen so that so many are right."""
_FEWEST_ROWS = 10
"""Assigned in cross-validation; a share of fewer is luck."""

NEVER = 2.0
"""A least probability nobody reaches."""


@dataclass(frozen=True, slots=True)
class Check:
    """How well people's segments are found again, by people the fit has not seen (each person counts as one).

    `accuracy` is with everybody assigned and `chance` what naming the largest segment reaches; `right` is the share
    right of those assigned, `coverage` the share assigned, with the least probability chosen on other people than it is
    measured on (`right` is 0 where nobody is assigned). `recall` is the share found of each segment, by segment_id,
    with its people.
    """

    people: int
    accuracy: float
    chance: float
    right: float
    coverage: float
    recall: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class Trials:
    """Segments guessed for people left out.

    All of shape (trials,): `people` numbers the person, `weights` sum to 1 for each, `folds` says when they were left
    out; `known` is False where a trial is not to be assigned whatever its probability.
    """

    people: NDArray[np.int64]
    folds: NDArray[np.int64]
    weights: NDArray[np.float64]
    truth: NDArray[np.int64]
    guess: NDArray[np.int64]
    probability: NDArray[np.float64]
    known: NDArray[np.bool_]


def least_probability(
    right: NDArray[np.bool_], probability: NDArray[np.float64], weights: NDArray[np.float64]
) -> float:
    """Return the lowest probability from which on RIGHT_SHARE of rows are right; NEVER where there is none.

    So many must be right, and so many be promised by the probabilities: the last place where a wobbling share touches
    its bound is luck, and on other people it holds less (.79 where .80 was asked).

    All arguments have shape (rows,).
    """
    order = np.argsort(-probability, kind="stable")
    sums = np.cumsum(weights[order])
    shares = np.cumsum((right * weights)[order]) / np.maximum(sums, 1e-12)
    promised = np.cumsum((probability * weights)[order]) / np.maximum(sums, 1e-12)
    # A cut between rows of one probability cannot be made.
    ends = np.append(probability[order][1:] != probability[order][:-1], True)
    enough = np.minimum(shares, promised) >= RIGHT_SHARE
    fit = np.flatnonzero(enough & ends & (np.arange(1, len(order) + 1) >= _FEWEST_ROWS))
    return float(probability[order][fit[-1]]) if len(fit) else NEVER


def check_trials(trials: Trials, segment_ids: Sequence[str]) -> tuple[Check, float]:
    """Judge trials, and choose the least probability.

    Returns:
        The check, and the least probability chosen on all trials.
    """
    right = trials.guess == trials.truth
    assigned = np.zeros(len(right), dtype=bool)
    for fold in np.unique(trials.folds).tolist():
        there = (trials.folds != fold) & trials.known
        least = least_probability(right[there], trials.probability[there], trials.weights[there])
        here = trials.folds == fold
        assigned[here] = trials.known[here] & (trials.probability[here] >= least)
    weights = trials.weights / trials.weights.sum()
    recall = []
    for row, segment_id in enumerate(segment_ids):
        own = trials.truth == row
        share = float((weights * right)[own].sum() / max(weights[own].sum(), 1e-12))
        recall.append((segment_id, share, len(np.unique(trials.people[own]))))
    sizes = np.bincount(trials.truth, weights=weights, minlength=len(segment_ids))
    coverage = float(weights[assigned].sum())
    check = Check(
        people=len(np.unique(trials.people)),
        accuracy=float(weights[right].sum()),
        chance=float(sizes.max()),
        right=float(weights[assigned & right].sum()) / coverage if coverage else 0.0,
        coverage=coverage,
        recall=tuple(recall),
    )
    known = trials.known
    return check, least_probability(right[known], trials.probability[known], trials.weights[known])
