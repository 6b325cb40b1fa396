"""How many times as often at least, whatever chance did?"""

from __future__ import annotations

import numpy as np
from scipy.stats import beta

from overheard.keyness.arrays import Floats, Numbers


def conservative_log_ratio(a: Numbers, b: Numbers, c: float, d: float, terms: int = 1, alpha: float = 0.05) -> Floats:
    """Return LRC: the limit of the log ratio's interval that lies nearest to 0, or 0 where the interval holds it.

    The target's part of all who say a term is binomial; its exact limits (Clopper and Pearson, 1934), at a level that
    holds for all terms tried at once (Bonferroni), give those of the ratio (Evert, 2022). Effect and chance in one.

    Args:
        a: counts in the target, shape (terms,).
        b: counts in the reference, shape (terms,).
        c: size of the target, in the unit of `a`; > 0.
        d: size of the reference; > 0.
        terms: how many terms were tried.
        alpha: chance of one wrong limit among all of them.

    Returns:
        log2 of the ratio of shares, shape (terms,): above 0 at least so many times as often, below 0 at most.
    """
    tail = alpha / terms / 2
    here, there = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    # A beta distribution has no parameter 0: those limits are 0 and 1.
    low = np.where(here > 0, beta.ppf(tail, np.maximum(here, 1), there + 1), 0.0)
    high = np.where(there > 0, beta.isf(tail, here + 1, np.maximum(there, 1)), 1.0)
    with np.errstate(divide="ignore"):
        at_least = np.maximum(np.log2(d / c * low / (1 - low)), 0.0)
        at_most = np.minimum(np.log2(d / c * high / (1 - high)), 0.0)
    return np.asarray(np.where(here * d >= there * c, at_least, at_most), dtype=np.float64)
