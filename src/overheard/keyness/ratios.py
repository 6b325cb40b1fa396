"""How many times as often? Plain ratios of shares, without any word on chance."""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers

MILLION = 1e6


def percent_difference(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    """Return %DIFF (Gabrielatos and Marchi, 2011): 200 is three times as often, infinite where the reference has none.

    Args:
        a: counts in the target, shape (terms,).
        b: counts in the reference, shape (terms,).
        c: size of the target.
        d: size of the reference.
    """
    here, there = a / c, b / d
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(100 * (here - there) / there, dtype=np.float64)


def log_ratio(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    """Return log2 of the ratio of shares (Hardie, 2014): 1 is twice as often; arguments as `percent_difference`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log2((a / c) / (b / d)), dtype=np.float64)


def walter_log_ratio(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    """Return the log ratio with half a count added (Walter, 1975), finite always; arguments as `percent_difference`."""
    return np.asarray(np.log2((a + 0.5) / (c + 0.5)) - np.log2((b + 0.5) / (d + 0.5)), dtype=np.float64)


def simple_maths(a: Numbers, b: Numbers, c: float, d: float, added: float) -> Floats:
    """Return the ratio of shares per million with `added` on both (Kilgarriff, 2009); 100 favours common words.

    Other arguments as `percent_difference`.
    """
    return np.asarray((MILLION * a / c + added) / (MILLION * b / d + added), dtype=np.float64)
