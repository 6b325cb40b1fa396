"""Could it be chance? The people stay whole; only who belongs to the group is dealt anew."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from overheard.keyness.arrays import Floats, Numbers

_AT_ONCE = 500
"""Draws worked on together: enough to be quick, few enough to fit into memory beside 100,000 people."""


def permuted_p(uses: Numbers, among: NDArray[np.bool_], draws: int, seed: int) -> Floats:
    """Return how often the group would use a term as much if its people were drawn at random from all.

    Whole people are drawn, not tokens, so that one who says it all the time is one (as keyperm does with documents;
    Evert et al., 2018). The drawing that was seen counts as one more (Phipson and Smyth, 2010), so p is never 0.

    Args:
        uses: of each term by each person, or 1 and 0 to count people, shape (people, terms).
        among: who is in the group, shape (people,).
        draws: drawings, >= 1.
        seed: of the drawings.

    Returns:
        One-sided p, shape (terms,).
    """
    random = np.random.default_rng(seed)
    group, seen = int(among.sum()), uses[among].sum(axis=0)
    as_much = np.zeros(uses.shape[1])
    for first in range(0, draws, _AT_ONCE):
        order = random.random((min(_AT_ONCE, draws - first), len(uses))).argpartition(group - 1, axis=1)[:, :group]
        as_much += (uses[order].sum(axis=1) >= seen).sum(axis=0)
    return np.asarray((as_much + 1) / (draws + 1), dtype=np.float64)


def dealt_p(seen: int, says: Sequence[int], group: Sequence[int], people: Sequence[int]) -> float:
    """Return the exact chance that as many of the group say a term if groups were dealt among people of one kind.

    All drawings of `permuted_p` at once where people count and not uses: within each stratum the number is
    hypergeometric, and the strata are added up (the exact test of Cochran, Mantel and Haenszel; Agresti, 1992). One
    stratum is Fisher's exact test.

    Args:
        seen: people of the group who say it.
        says: people who say it, by stratum.
        group: people of the group, by stratum.
        people: people at all, by stratum.

    Returns:
        One-sided p.
    """
    chances = np.ones(1)
    for told, drawn, size in zip(says, group, people, strict=True):
        chances = np.convolve(chances, _hypergeometric(told, drawn, size))
    return float(min(chances[seen:].sum(), 1.0))


def _hypergeometric(told: int, drawn: int, size: int) -> Floats:
    """Return the chances of 0, 1, 2 … of `told` people among `drawn` of `size`."""
    hits = np.arange(min(told, drawn) + 1)
    possible = drawn - hits <= size - told
    chance = np.zeros(len(hits))
    hit = hits[possible]
    logs = _log_ways(told, hit) + _log_ways(size - told, drawn - hit) - _log_ways(size, np.array(drawn, dtype=np.int64))
    chance[possible] = np.exp(logs)
    return chance


def _log_ways(size: int, drawn: NDArray[np.int64]) -> Floats:
    return np.asarray(gammaln(size + 1) - gammaln(drawn + 1) - gammaln(size - drawn + 1), dtype=np.float64)


def benjamini_hochberg(p: Numbers) -> Floats:
    """Return q: the share of false finds to expect among all terms whose q is as low (Benjamini and Hochberg, 1995).

    Args:
        p: of all terms tried, shape (terms,).

    Returns:
        Shape (terms,).
    """
    order = np.argsort(-p, kind="stable")
    ranks = len(p) - np.arange(len(p))
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(p[order] * len(p) / ranks), 1.0)
    return q
