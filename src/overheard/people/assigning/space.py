"""Where does a text stand? Its content words, weighted, beside the meaning of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.pieces import Piece
from overheard.people.needs.words import need_words

MOST_WORDS = 20_000
_LARGEST_SHARE = 0.4
"""Of pieces; a word that more of them use is the market's, not a segment's."""
_VECTOR_WEIGHT = 0.5
"""Of the vector beside the words. Best of .25 to 1.2 with fast vectors; .75 is as good with an encoder's."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Texts in the space.

    `words` is sparse, shape (texts, words); `meaning` has shape (texts, dims), apart for speed; `heard` is the share
    (0-1) of each text's distinct content words that the market's people use, shape (texts,).
    """

    words: Any
    meaning: NDArray[np.float32]
    heard: NDArray[np.float32]

    def cosines(self, others: Placed) -> NDArray[np.float64]:
        """Return the likeness of each text with each of the others, shape (texts, others)."""
        products = np.asarray((self.words @ others.words.T).todense()) + self.meaning @ others.meaning.T
        alike: NDArray[np.float64] = products / (1.0 + _VECTOR_WEIGHT**2)
        return alike

    def scores(self, directions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return products with dense rows, shape (directions, words + dims); shape (texts, directions)."""
        count = self.words.shape[1]
        found: NDArray[np.float64] = self.words @ directions[:, :count].T + self.meaning @ directions[:, count:].T
        return found

    def sums(self, shares: Any) -> NDArray[np.float64]:
        """Return weighted sums of the texts, dense; `shares` is sparse, shape (sums, texts)."""
        return np.hstack([np.asarray((shares @ self.words).todense()), shares @ self.meaning.astype(np.float64)])

    def known_words(self) -> NDArray[np.int64]:
        """Count the distinct words of each text that the market's people use, shape (texts,)."""
        counts: NDArray[np.int64] = np.diff(self.words.indptr).astype(np.int64)
        return counts


class TextSpace:
    """TF-IDF words beside centred vectors of length _VECTOR_WEIGHT.

    The words of a text are of unit length if the market's people use all of them, shorter the more are unknown: who
    writes of tomatoes and mentions a bill is not somebody with a bill.
    """

    def __init__(self, pieces: Sequence[Piece], vectors: NDArray[np.float32]) -> None:
        """Fit to pieces and their vectors, unit length, shape (pieces, dims).

        Raises:
            ValueError: the pieces share no content word.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer

        most: float = _LARGEST_SHARE if len(pieces) >= 10 else 1.0
        self._words = TfidfVectorizer(
            analyzer=need_words, min_df=2, max_df=most, max_features=MOST_WORDS, sublinear_tf=True, dtype=np.float32
        )
        self._words.fit([piece.text for piece in pieces])
        weights = np.array([piece.weight for piece in pieces], dtype=np.float32)
        self._mean = (vectors * weights[:, None]).sum(axis=0) / weights.sum()
        commonest = Counter(word for piece in pieces for word in set(need_words(piece.text)))
        self._everyday = {word for word, count in commonest.items() if count > most * len(pieces)}
        self.vocabulary: dict[str, int] = self._words.vocabulary_

    def place(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Placed:
        """Place texts; `vectors` are unit length, shape (texts, dims)."""
        from scipy.sparse import csr_array

        centred = vectors - self._mean
        lengths = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
        words = csr_array(self._words.transform(texts))
        said = np.array([len(set(need_words(text)) - self._everyday) for text in texts])
        heard = (np.diff(words.indptr) / np.maximum(said, 1)).astype(np.float32)
        words.data *= np.repeat(np.sqrt(heard), np.diff(words.indptr))
        return Placed(words, (_VECTOR_WEIGHT * centred / lengths).astype(np.float32), heard)
