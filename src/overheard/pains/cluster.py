"""Topics of a corpus large enough for neighbours to mean something: a tree over the graph of neighbours."""

from __future__ import annotations

import numpy as np

from overheard.pains.settle import Crowd, Floor, Labels, centroids_of, loosened_labels, settled_labels
from overheard.pains.space import Floats, contrasted, neighbour_graph, smoothed
from overheard.pains.tree import Tree, best_labels, nearest
from overheard.settings import PainSettings

BREADTH = 2
"""See `separation`. With 1 the pains of a small market, hardly separated at any number, fall into 13 topics, with
2 into 61; broad corpora do not change (ARI by .004 at most)."""

MOST_IN_TREE = 30_000
"""Texts; of more, an even sample makes the topics and the others join the nearest. Comparing all with all grows with
the square, and a topic that a sample of this size misses is one text in thousands."""


def grouped_many(vectors: Floats, crowd: Crowd, floor: Floor, settings: PainSettings) -> Labels:
    """Group texts.

    Nothing in it is random, so the same texts give the same topics whatever the seed.

    Args:
        vectors: unit rows, shape (texts, dims), float32.
        crowd: who said each text.
        floor: what a topic needs to exist.
        settings: of [pains].

    Returns:
        Labels, shape (texts,), largest topic first, -1 for texts that lie too far from every topic.
    """
    plain = contrasted(vectors)
    labels = _dense_labels(vectors, settings) if settings.method == "hdbscan" else _tree_labels(plain, settings)
    return settled_labels(plain, loosened_labels(plain, labels), crowd, floor)


def _tree_labels(plain: Floats, settings: PainSettings) -> Labels:
    sample = np.arange(0, len(plain), -(-len(plain) // MOST_IN_TREE))
    graph = neighbour_graph(plain[sample])
    tree = Tree(smoothed(plain[sample], graph), graph)
    chosen = best_labels(plain[sample], tree, settings.topics, BREADTH)
    if len(sample) == len(plain):
        return chosen
    labels = nearest(plain, centroids_of(plain[sample], chosen))
    labels[sample] = chosen
    return labels


def _dense_labels(vectors: Floats, settings: PainSettings) -> Labels:
    """Find dense groups as BERTopic does, their smallest size growing with the corpus; the rest join the nearest."""
    from hdbscan import HDBSCAN
    from umap import UMAP

    reduced = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=settings.seed, n_jobs=1
    ).fit_transform(vectors)
    density = HDBSCAN(min_cluster_size=max(5, len(vectors) // 500), min_samples=5, core_dist_n_jobs=1)
    labels = density.fit(reduced.astype(np.float64)).labels_.astype(np.int64)
    if labels.max() < 0:
        return np.zeros_like(labels)
    return np.where(labels < 0, nearest(vectors, centroids_of(vectors, labels)), labels)
