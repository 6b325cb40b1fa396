"""How unlikely are two counts, if both sides spoke alike? Token counts: they know nothing of who said them."""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers


def log_likelihood(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    """Return G2 of the two cells of the term (Rayson and Garside, 2000; the UCREL wizard), signed.

    Negative where the target uses the term less. Above 3.84 (p .05), 6.63 (.01), 10.83 (.001), 15.14 (.0001).

    Args:
        a: uses in the target, shape (terms,).
        b: uses in the reference, shape (terms,).
        c: words of the target.
        d: words of the reference.
    """
    expected = _expected(a, b, c, d)
    return _signed(2 * (_part(a, c * expected) + _part(b, d * expected)), a, b, c, d)


def log_likelihood_full(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    """Return G2 of all four cells, the other words too (Dunning, 1993), signed; arguments as `log_likelihood`."""
    expected = _expected(a, b, c, d)
    others = _part(np.asarray(c - a, dtype=np.float64), c * (1 - expected)) + _part(
        np.asarray(d - b, dtype=np.float64), d * (1 - expected)
    )
    return _signed(2 * (_part(a, c * expected) + _part(b, d * expected) + others), a, b, c, d)


def bayes_information(g2: Numbers, c: float, d: float) -> Floats:
    """Return the Bayesian information criterion of a G2 (Wilson, 2013): above 10 very strong, below 0 for alike.

    Args:
        g2: of either kind, shape (terms,).
        c: words of the target.
        d: words of the reference.
    """
    return np.asarray(np.abs(g2) - np.log(c + d), dtype=np.float64)


def _expected(a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    return np.asarray((np.asarray(a) + b) / (c + d), dtype=np.float64)


def _part(count: Numbers, expected: Numbers) -> Floats:
    # 0 ln 0 is 0.
    seen = np.maximum(count, 1e-300)
    return np.where(np.asarray(count) > 0, count * np.log(seen / np.maximum(expected, 1e-300)), 0.0)


def _signed(g2: Floats, a: Numbers, b: Numbers, c: float, d: float) -> Floats:
    return np.where(a * d >= b * c, g2, -g2)
