"""Do words that stand together belong together?"""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers


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


def mutual_information(together: Numbers, first: Numbers, second: Numbers, words: float) -> Floats:
    """Return PMI, log2 of seen over expected (Church and Hanks, 1990); high for rare pairs.

    Args:
        together: counts of the pair, shape (pairs,), > 0.
        first: counts of its first word.
        second: counts of its second word.
        words: of the corpus.
    """
    return np.asarray(np.log2(together * words / (first * second)), dtype=np.float64)


def normalised_mutual_information(together: Numbers, first: Numbers, second: Numbers, words: float) -> Floats:
    """Return PMI as a share of what it could be (Bouma, 2009), -1 to 1; arguments as `mutual_information`."""
    return mutual_information(together, first, second, words) / -np.log2(together / words)


def t_score(together: Numbers, first: Numbers, second: Numbers, words: float) -> Floats:
    """Return by how many standard errors a pair exceeds chance (Church et al., 1991); as `mutual_information`."""
    return np.asarray((together - first * second / words) / np.sqrt(together), dtype=np.float64)
