"""How alike are two people's needs? A small space from the words and the meaning of what each said hurts.

Words and sentence vectors are joined before they are reduced: with much text the words carry it, with four sentences a
person the vectors do, and the joint directions of most variance follow whichever is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.people.needs.words import need_words

DIMENSIONS = 10
_VECTOR_WEIGHT = 0.75
"""Of the vectors beside the words: best on average of 0 to 4; at 0, people of four short posts lose half their ARI."""
_WORD_DIMENSIONS = 100
"""Word directions kept before joining; the joint space uses only the strongest of them."""
_MOST_WORDS = 20_000
_LARGEST_SHARE = 0.4
"""Of people; a word that more of them use is the market's, not a segment's."""


class Sayings:
    """What everybody said, counted once: people are sums of its rows, so halves and resamples need no second reading.

    `counts` is sparse, shape (evidence, words); `weights`, shape (words,), is 0-1: how much each is a word of needs;
    `vectors` is shape (evidence, dims), zero rows where not encoded.
    """

    def __init__(self, evidence: Sequence[Evidence], vectors: NDArray[np.float32]) -> None:
        """Args: evidence: sentences; vectors: unit length, shape (sentences, dims), that `Evidence.row` points into."""
        from scipy.sparse import csr_array
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer=need_words, min_df=2, max_features=_MOST_WORDS, dtype=np.float64)
        try:
            self.counts: Any = csr_array(counter.fit_transform([f"{one.text}\n{one.context}" for one in evidence]))
            in_sentences = csr_array(counter.transform([one.text for one in evidence]))
            self.weights = _need_weights(evidence, in_sentences, self.counts)
        except ValueError:  # no word is said twice
            self.counts = csr_array((len(evidence), 1))
            self.weights = np.ones(1)
        self.vectors = np.zeros((len(evidence), max(1, vectors.shape[1])), dtype=np.float32)
        for index, one in enumerate(evidence):
            if one.row is not None:
                self.vectors[index] = vectors[one.row]

    def of(self, people: Sequence[Sequence[int]]) -> tuple[Any, NDArray[np.float64]]:
        """Sum up people, each given by rows of the evidence.

        Returns:
            Word counts, sparse, shape (people, words), and unit-length mean vectors, shape (people, dims).
        """
        sums = _sums(people, len(self.vectors))
        return sums @ self.counts, _unit(np.asarray(sums @ self.vectors, dtype=np.float64))


class NeedSpace:
    """Latent semantic analysis (Deerwester et al., 1990) of centred TF-IDF rows beside centred mean vectors."""

    def __init__(self, sayings: Sayings, people: Sequence[Sequence[int]]) -> None:
        """Fit to people, each given by rows of the evidence."""
        self._sayings = sayings
        counts, means = sayings.of(people)
        self._words = _WordSpace(counts, sayings.weights)
        known = np.any(means != 0, axis=1)
        self._mean = means[known].mean(axis=0) if known.any() else np.zeros(means.shape[1])
        joint = self._joined(counts, means)
        # The eigenvectors of the small square matrix are the right singular vectors of the tall one.
        values, directions = np.linalg.eigh(joint.T @ joint)
        kept = np.argsort(-values, kind="stable")[: max(1, min(DIMENSIONS, len(means) - 1))]
        self._directions = directions[:, kept]

    def place(self, people: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Place people so that those who say the same things hurt are near each other.

        Returns:
            Unit-length rows, shape (people, dimensions), dimensions <= DIMENSIONS; zero where nothing is known.
        """
        return _unit(self.project(people))

    def project(self, people: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return what `place` scales to unit length, shape (people, dimensions)."""
        projected: NDArray[np.float64] = self.describe(people) @ self._directions
        return projected

    def describe(self, people: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Describe people before the few directions are taken: word directions beside the mean vector, both centred.

        Returns:
            Shape (people, word directions + dims of the vectors).
        """
        return self._joined(*self._sayings.of(people))

    def _joined(self, counts: Any, means: NDArray[np.float64]) -> NDArray[np.float64]:
        known = np.any(means != 0, axis=1, keepdims=True)
        centred = _VECTOR_WEIGHT * _unit(np.where(known, means - self._mean, 0.0))
        return np.hstack([self._words.place(counts), centred])


class _WordSpace:
    """Centred TF-IDF in its strongest directions; a row is as long as what the directions hold of its unit length."""

    def __init__(self, counts: Any, need_weights: NDArray[np.float64]) -> None:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfTransformer

        people = np.asarray((counts > 0).sum(axis=0)).ravel()
        self._kept = np.flatnonzero((people >= 2) & (people <= _LARGEST_SHARE * counts.shape[0]))
        dimensions = min(_WORD_DIMENSIONS, counts.shape[0] - 1, len(self._kept) - 1)
        self._directions: Any = None
        if dimensions >= 1:
            self._weigh = TfidfTransformer(sublinear_tf=True, norm=None).fit(counts[:, self._kept])
            self._need_weights = need_weights[self._kept]
            weights = self._weighted(counts)
            # Exact, not randomised: the borders between people are thin enough for its last digits to move some.
            self._directions = TruncatedSVD(dimensions, algorithm="arpack", random_state=0).fit(weights)
            self._mean = np.asarray(weights.mean(axis=0)).ravel()
            self._placed_mean = self._directions.transform(self._mean[None, :])

    def place(self, counts: Any) -> NDArray[np.float64]:
        if self._directions is None:
            return np.zeros((counts.shape[0], 1))
        weights = self._weighted(counts)
        squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
        lengths = np.sqrt(np.maximum(squares - 2 * (weights @ self._mean) + self._mean @ self._mean, 1e-12))
        centred: NDArray[np.float64] = (self._directions.transform(weights) - self._placed_mean) / lengths[:, None]
        centred[squares == 0] = 0.0
        return centred

    def _weighted(self, counts: Any) -> Any:
        from scipy.sparse import diags_array
        from sklearn.preprocessing import normalize

        return normalize(self._weigh.transform(counts[:, self._kept]) @ diags_array(self._need_weights))


def _need_weights(evidence: Sequence[Evidence], in_sentences: Any, anywhere: Any) -> NDArray[np.float64]:
    """Tell words of needs from words of circumstances (a trade, a van), which stand around what hurts, not in it.

    Returns:
        (people who say the word in a pain sentence + 1) / (people who say it at all + 1), shape (words,).
    """
    people = list(rows_by_person(evidence).values())
    said, known = _people_saying(people, in_sentences), _people_saying(people, anywhere)
    weights: NDArray[np.float64] = (said + 1) / (known + 1)
    return weights


def _people_saying(people: Sequence[Sequence[int]], counts: Any) -> NDArray[np.float64]:
    saying: NDArray[np.float64] = np.asarray((_sums(people, counts.shape[0]) @ counts > 0).sum(axis=0)).ravel()
    return saying


def _sums(people: Sequence[Sequence[int]], evidence: int) -> Any:
    """Return the matrix that sums up people's rows of the evidence, sparse, shape (people, evidence)."""
    from scipy.sparse import csr_array

    owners = np.repeat(np.arange(len(people)), [len(rows) for rows in people])
    rows = np.array([row for own in people for row in own], dtype=np.int64)
    return csr_array((np.ones(len(rows)), (owners, rows)), shape=(len(people), evidence))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return unit
