"""How alike are two people's needs? A small space from the words and the meaning of what each said hurts.

Words and sentence vectors are joined before they are reduced: with much text the words carry it, with four sentences a
person the vectors do, and the joint directions of most variance follow whichever is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.people.words import need_words

DIMENSIONS = 10
_VECTOR_WEIGHT = 0.75
"""Of the vectors beside the words. Between .5 and 1 all sets measured are within .05 ARI of their best."""
_WORD_DIMENSIONS = 100
"""Word directions kept before joining; the joint space uses only the strongest of them."""
_MOST_WORDS = 20_000


class NeedSpace:
    """Latent semantic analysis (Deerwester et al., 1990) of centred TF-IDF rows and centred mean vectors side by side."""

    def __init__(self, texts: Sequence[str], means: NDArray[np.float64], seed: int) -> None:
        """Fit to people.

        Args:
            texts: everything one person said that counts, joined; one a person.
            means: mean sentence vectors, shape (people, dims), row i for texts[i]; (people, 0) for words alone.
            seed: of the randomised decomposition.
        """
        self._words = _WordSpace(texts, seed)
        self._mean = _known_mean(_unit(means))
        joint = self._joined(texts, means)
        # The eigenvectors of the small square matrix are the right singular vectors of the tall one.
        values, directions = np.linalg.eigh(joint.T @ joint)
        kept = np.argsort(-values, kind="stable")[: max(1, min(DIMENSIONS, len(texts) - 1))]
        self._directions = directions[:, kept]

    def place(self, texts: Sequence[str], means: NDArray[np.float64]) -> NDArray[np.float64]:
        """Place people so that those who say the same things hurt are near each other.

        Returns:
            Unit-length rows, shape (people, dimensions), dimensions <= DIMENSIONS; zero where nothing is known.
        """
        return _unit(self._joined(texts, means) @ self._directions)

    def _joined(self, texts: Sequence[str], means: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = _unit(means)
        known = np.any(rows != 0, axis=1, keepdims=True)
        centred = _VECTOR_WEIGHT * _unit(np.where(known, rows - self._mean, 0.0))
        return np.hstack([self._words.place(texts), centred])


def person_means(rows: Sequence[Sequence[int]], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Average each person's sentence vectors.

    Args:
        rows: for each person, rows of `vectors`; none gives a zero mean.
        vectors: shape (sentences, dims), unit length.

    Returns:
        Shape (people, dims).
    """
    means = np.zeros((len(rows), vectors.shape[1]))
    for person, own in enumerate(rows):
        if own:
            means[person] = vectors[list(own)].mean(axis=0, dtype=np.float64)
    return means


class _WordSpace:
    """Centred TF-IDF in its strongest directions; lengths stay what the directions hold of a unit row."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._directions: Any = None
        self._vectorizer = TfidfVectorizer(
            analyzer=need_words, sublinear_tf=True, min_df=2, max_df=0.4, max_features=_MOST_WORDS, dtype=np.float64
        )
        try:
            weights: Any = self._vectorizer.fit_transform(texts)
        except ValueError:  # no word is shared by two people and rare enough
            return
        dimensions = min(_WORD_DIMENSIONS, min(weights.shape) - 1)
        if dimensions >= 1:
            self._directions = TruncatedSVD(dimensions, random_state=seed).fit(weights)
            self._mean = np.asarray(weights.mean(axis=0)).ravel()
            self._placed_mean = self._directions.transform(self._mean[None, :])

    def place(self, texts: Sequence[str]) -> NDArray[np.float64]:
        if self._directions is None:
            return np.zeros((len(texts), 1))
        weights: Any = self._vectorizer.transform(texts)
        squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
        lengths = np.sqrt(np.maximum(squares - 2 * (weights @ self._mean) + self._mean @ self._mean, 1e-12))
        centred: NDArray[np.float64] = (self._directions.transform(weights) - self._placed_mean) / lengths[:, None]
        centred[squares == 0] = 0.0
        return centred


def _known_mean(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average the rows that are known; what everybody shares tells nobody apart."""
    known = np.any(rows != 0, axis=1)
    mean: NDArray[np.float64] = rows[known].mean(axis=0) if known.any() else np.zeros(rows.shape[1])
    return mean


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return unit
