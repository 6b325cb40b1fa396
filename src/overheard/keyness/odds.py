"""How much higher are the odds of a term on one side?"""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers
from overheard.proportion import Z95


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


def log2_odds_ratio(
    a: Numbers, b: Numbers, c: Numbers | float, d: Numbers | float, deviations: float = Z95
) -> tuple[Floats, Floats, Floats]:
    """Tell how many times (log2) the odds of a target person using a term are those of a reference person.

    Half a person is added to each of the four cells, so that a term nobody else uses stays finite (Haldane, 1956;
    Anscombe, 1956); limits are Woolf's (1955).

    Args:
        a: people of the target who use each term, shape (terms,), <= c.
        b: people of the reference who use it, shape (terms,), <= d.
        c: people of the target.
        d: people of the reference.
        deviations: half the width of the interval in standard errors; 1.96 for 95 %.

    Returns:
        The log2 odds ratio and the lower and upper limit of its interval, each of shape (terms,).
    """
    cells = (a + 0.5, c - a + 0.5, b + 0.5, d - b + 0.5)
    effect = np.log2(cells[0] * cells[3] / (cells[1] * cells[2]))
    margin = deviations * np.sqrt(sum(1 / cell for cell in cells)) / np.log(2)
    return effect, effect - margin, effect + margin
