"""Topics of a corpus large enough for density: BERTopic, its sub-models seeded and its labels settled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.pains.settle import Crowd, Floor, filled_labels, settled_labels
from overheard.pains.tree import joined_groups
from overheard.pains.wording import STOP_WORDS, WORD, folded, terms_of

TEXTS_PER_GROUP = 1500
FEWEST_IN_GROUP = 3
TEXTS_PER_NEIGHBOUR = 800
MOST_NEIGHBOURS = 5
"""HDBSCAN's smallest group and its `min_samples`: so fine that hardly a topic is missed, for the tree over the groups
decides what a topic is. Measured: 3 is better below some 3,000 texts, where topics are small, and 5 above."""

LARGEST_SHARE = 0.5
"""Of the texts in one dense group. Without a largest size, HDBSCAN calls a corpus about one thing one or two groups,
and there is nothing left to join: a market's pains are such a corpus."""

NEIGHBOURS = 15
DIMENSIONS = 5
"""UMAP's, as BERTopic has them."""


class SettledDensity:
    """HDBSCAN in BERTopic's clustering slot, whose labels are final.

    BERTopic's own ways of joining topics and placing outliers after the fit leave its topics, words and centroids
    disagreeing (MaartenGr/BERTopic #1809, #2198); doing both inside the slot leaves nothing to repair.
    """

    def __init__(self, vectors: NDArray[np.float32], crowd: Crowd, floor: Floor, wanted: int | None) -> None:
        self.vectors, self.crowd, self.floor, self.wanted = vectors, crowd, floor, wanted
        self.labels_: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def fit(self, reduced: NDArray[np.float32], y: object = None) -> SettledDensity:
        """Cluster the rows of `reduced`, shape (texts, dimensions); join and settle them by their full vectors."""
        from hdbscan import HDBSCAN

        count = len(reduced)
        neighbours = min(max(FEWEST_IN_GROUP, count // TEXTS_PER_NEIGHBOUR), MOST_NEIGHBOURS)
        smallest = max(neighbours, round(count / TEXTS_PER_GROUP))
        density = HDBSCAN(
            min_cluster_size=smallest,
            min_samples=neighbours,
            max_cluster_size=max(round(LARGEST_SHARE * count), 2 * smallest),
            core_dist_n_jobs=1,
        )
        dense = density.fit(reduced.astype(np.float64)).labels_.astype(np.int64)
        if dense.max() < 0:
            dense = np.zeros_like(dense)
        topics = joined_groups(self.vectors, filled_labels(self.vectors, dense), self.wanted)
        self.labels_ = settled_labels(self.vectors, np.where(dense < 0, -1, topics), self.crowd, self.floor)
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
    wanted: int | None = None,
) -> tuple[NDArray[np.int64], Any]:
    """Fit BERTopic on precomputed vectors.

    Args:
        texts: distinct texts.
        vectors: their unit rows, shape (texts, dims), float32.
        crowd: who said each text.
        floor: what a topic needs to exist.
        seed: of UMAP, the one random part.
        wanted: how many topics; None for as many as are best separated.

    Returns:
        Labels, shape (texts,), largest topic first, -1 for unassigned, and the model, whose topics they are.
    """
    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    telling = any(terms_of(text) for text in texts)
    words = CountVectorizer(
        preprocessor=folded,
        # Texts of nothing but stop words or numbers still need a vocabulary.
        stop_words=sorted(STOP_WORDS) if telling else None,
        ngram_range=(1, 2),
        token_pattern=WORD.pattern if telling else r"\w+",
    )
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
        hdbscan_model=SettledDensity(vectors, crowd, floor, wanted),
        vectorizer_model=words,
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        calculate_probabilities=False,
    )
    # BERTopic numbers topics of one size as it likes, so its numbers are taken and not the slot's.
    labels, _ = model.fit_transform(list(texts), embeddings=vectors)
    return np.array(labels, dtype=np.int64), model


def save_topics(model: Any, folder: Path) -> None:
    """Save a fitted model as safetensors and JSON, which cannot run code when loaded.

    What a loaded model says of new texts is its nearest centroid's topic, with no lower limit.
    """
    model.save(str(folder), serialization="safetensors", save_ctfidf=True, save_embedding_model=False)
