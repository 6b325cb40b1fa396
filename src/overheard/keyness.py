"""How much more does one side use a term than another: the formulas, on arrays of counts, nothing else.

`a` and `b` are counts in target and reference, `c` and `d` the sizes of the two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64] | Floats

_Z95 = 1.959963984540054


def log_odds(a: Numbers, b: Numbers, c: float, d: float, prior: Numbers, prior_size: float) -> tuple[Floats, Floats]:
    """Score terms by the log-odds ratio with an informative Dirichlet prior (Monroe et al., 2008, eq. 16, 20 and 22).

    Args:
        a: counts in the target, shape (terms,).
        b: counts in the reference, shape (terms,).
        c: size of the target, in the unit of `a`.
        d: size of the reference.
        prior: imagined counts of each term on each side, shape (terms,), > 0.
        prior_size: size of the imagined text, in the unit of `a`; the sum of `prior` where `a` sums to `c`.

    Returns:
        Differences of log-odds (natural log) and their z-scores, both of shape (terms,); positive where the target
        uses the term more.
    """
    left, right = a + prior, b + prior
    delta = np.log(left / (c + prior_size - left)) - np.log(right / (d + prior_size - right))
    return delta, delta / np.sqrt(1 / left + 1 / right)


def log2_odds_ratio(a: Numbers, b: Numbers, c: float, d: float) -> tuple[Floats, Floats, Floats]:
    """Tell how many times (log2) the odds of a target person using a term are those of a reference person.

    Half a person is added to each of the four cells, so that a term nobody else uses stays finite (Haldane, 1956;
    Anscombe, 1956); limits are Woolf's (1955).

    Args:
        a: people of the target who use each term, shape (terms,), <= c.
        b: people of the reference who use it, shape (terms,), <= d.
        c: people of the target.
        d: people of the reference.

    Returns:
        The log2 odds ratio and the lower and upper limit of its 95 % interval, each of shape (terms,).
    """
    cells = (a + 0.5, c - a + 0.5, b + 0.5, d - b + 0.5)
    effect = np.log2(cells[0] * cells[3] / (cells[1] * cells[2]))
    margin = _Z95 * np.sqrt(sum(1 / cell for cell in cells)) / np.log(2)
    return effect, effect - margin, effect + margin


def log_dice(together: Numbers, apart: Numbers, parts: Numbers | int = 2) -> Floats:
    """Tell how firmly the words of a phrase belong together (logDice; Rychly, 2008): 14 always, below 0 by chance.

    Args:
        together: counts of the phrase, shape (phrases,), > 0.
        apart: sums of the counts of its words, shape (phrases,).
        parts: how many words were summed, shape (phrases,) or one number for all.

    Returns:
        logDice, shape (phrases,); it does not depend on the size of the corpus.
    """
    return np.asarray(14 + np.log2(parts * together / apart), dtype=np.float64)
