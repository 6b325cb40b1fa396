"""Do many say it, or is it one voice?"""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers


def deviation_of_proportions(uses: Numbers, sizes: Numbers) -> Floats:
    """Return DPnorm: 0 where each says a term in proportion to what they say at all, 1 where one of the silent does.

    DP is half the sum of differences between the parts' shares of the uses and of the text (Gries, 2008), divided by
    its highest possible value (Lijffijt and Gries, 2012).

    Args:
        uses: of each term by each person, shape (terms, people); each row sums to more than 0.
        sizes: words of each person, shape (people,), > 0.

    Returns:
        Shape (terms,), 0-1; 0 for a single person.
    """
    text = sizes / sizes.sum()
    shares = uses / uses.sum(axis=-1, keepdims=True)
    apart = 0.5 * np.abs(shares - text).sum(axis=-1)
    most = 1 - text.min()
    return np.asarray(apart / most if most > 0 else np.zeros_like(apart), dtype=np.float64)


def herfindahl(uses: Numbers) -> Floats:
    """Return the Herfindahl-Hirschman index, the sum of squared shares: 1 for one voice, 1 / n for n alike.

    Args:
        uses: of each term by each person, shape (terms, people); each row sums to more than 0.

    Returns:
        Shape (terms,).
    """
    shares = uses / uses.sum(axis=-1, keepdims=True)
    return np.asarray((shares * shares).sum(axis=-1), dtype=np.float64)


def effective_people(uses: Numbers) -> Floats:
    """Return as how many people saying it alike a term is said: 1 / `herfindahl` (Laakso and Taagepera, 1979)."""
    return 1 / herfindahl(uses)
