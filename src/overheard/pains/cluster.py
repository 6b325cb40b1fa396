"""Dense groups in a corpus large enough for density: BERTopic, its sub-models seeded and its labels settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.pains.settle import Crowd, Floor, settled_labels
from overheard.pains.wording import STOP_WORDS, WORD

TEXTS_PER_SMALLEST = 350
"""A topic's least share of the corpus. Measured: 1/250 to 1/500 recovers known topics best, whatever the size."""

NEIGHBOURS = 15
DIMENSIONS = 5
DENSE_NEIGHBOURS = 5
"""UMAP's and HDBSCAN's: the defaults of BERTopic but for the last, HDBSCAN's `min_samples`, which else is the smallest
topic's size and leaves half of all texts outside."""


class SettledDensity:
    """HDBSCAN in BERTopic's clustering slot, whose labels are final.

    BERTopic's own ways of placing outliers after the fit leave its topics, words and centroids disagreeing
    (MaartenGr/BERTopic #1809, #2198); placing them inside the slot leaves nothing to repair.
    """

    def __init__(self, vectors: NDArray[np.float32], crowd: Crowd, floor: Floor, smallest: int) -> None:
        self.vectors, self.crowd, self.floor, self.smallest = vectors, crowd, floor, smallest
        self.labels_: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def fit(self, reduced: NDArray[np.float32], y: object = None) -> SettledDensity:
        """Cluster the rows of `reduced`, shape (texts, dimensions), and settle them by their full vectors."""
        from hdbscan import HDBSCAN

        density = HDBSCAN(min_cluster_size=self.smallest, min_samples=DENSE_NEIGHBOURS, core_dist_n_jobs=1)
        dense = density.fit(reduced.astype(np.float64)).labels_.astype(np.int64)
        self.labels_ = settled_labels(self.vectors, dense, self.crowd, self.floor)
        return self

    def predict(self, reduced: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the labels of the fitted rows; new texts are placed by the saved model's centroids."""
        return self.labels_


def fit_bertopic(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    crowd: Crowd,
    floor: Floor,
    seed: int,
    coarseness: float = 1.0,
) -> tuple[NDArray[np.int64], Any]:
    """Fit BERTopic on precomputed vectors.

    Args:
        texts: distinct texts.
        vectors: their unit rows, shape (texts, dims), float32.
        crowd: who said each text.
        floor: what a topic needs to exist.
        seed: of UMAP, the one random part.
        coarseness: multiplies the smallest topic's size.

    Returns:
        Labels, shape (texts,), largest topic first, -1 for unassigned, and the model, which holds the same labels.
    """
    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    smallest = max(floor.signals, round(coarseness * len(texts) / TEXTS_PER_SMALLEST))
    clusterer = SettledDensity(vectors, crowd, floor, smallest)
    model = BERTopic(
        # Any other word than "english" keeps BERTopic from deleting every letter outside A-Z.
        language="multilingual",
        umap_model=UMAP(
            n_neighbors=NEIGHBOURS,
            n_components=DIMENSIONS,
            min_dist=0.0,
            metric="cosine",
            random_state=seed,
            n_jobs=1,
        ),
        hdbscan_model=clusterer,
        vectorizer_model=CountVectorizer(
            stop_words=sorted(STOP_WORDS), ngram_range=(1, 2), token_pattern=WORD.pattern
        ),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        calculate_probabilities=False,
    )
    model.fit_transform(list(texts), embeddings=vectors)
    return clusterer.labels_, model
