"""Which words would the usual topic model print? For comparison only."""

from __future__ import annotations

import numpy as np

from overheard.keyness.arrays import Floats, Numbers


def class_tfidf(counts: Numbers) -> Floats:
    """Return c-TF-IDF (Grootendorst, 2022): a term's share of a class times ln(1 + words per class / its uses).

    Args:
        counts: uses of each term in each class, shape (classes, terms); every class and term has some.

    Returns:
        Shape (classes, terms).
    """
    shares = counts / counts.sum(axis=1, keepdims=True)
    words_per_class = counts.sum() / len(counts)
    return np.asarray(shares * np.log(1 + words_per_class / counts.sum(axis=0)), dtype=np.float64)
