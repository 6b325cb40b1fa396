from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score

from overheard.pains.space import contrasted, neighbour_graph, smoothed
from overheard.pains.tree import Tree, best_labels, separation, silhouettes
from tests.pains.crowds import crowd_of


def test_the_tree_is_wards_tree():
    _, vectors, *_ = crowd_of(per_theme=10, spread=2.0)
    known = cut_tree(linkage(vectors.astype(float), "ward"), 6).ravel()
    assert adjusted_rand_score(known, Tree(vectors, None).cut(6, moves=0)) == 1.0


def test_a_cut_into_one_or_into_all_is_no_cut_or_every_text_alone():
    _, vectors, *_ = crowd_of(per_theme=5)
    tree = Tree(vectors, None)
    assert set(tree.cut(1).tolist()) == {0}
    assert tree.cut(99, moves=0).tolist() == list(range(len(vectors)))


def test_texts_of_unconnected_neighbourhoods_are_in_one_tree():
    _, vectors, _, _, truth = crowd_of(per_theme=30, spread=0.3)
    graph = neighbour_graph(vectors)
    assert (graph != graph.T).nnz == 0
    assert adjusted_rand_score(truth, Tree(smoothed(vectors, graph), graph).cut(4)) == 1.0


@pytest.mark.parametrize("themes", [2, 3, 4])
def test_the_tree_is_cut_into_as_many_topics_as_there_are_themes(themes):
    _, vectors, _, _, truth = crowd_of(per_theme=15, themes=themes, spread=0.8)
    assert adjusted_rand_score(truth, best_labels(vectors, Tree(vectors, None))) == 1.0


def test_a_wanted_number_of_topics_is_kept():
    _, vectors, *_ = crowd_of(per_theme=15, spread=0.8)
    tree = Tree(vectors, None)
    assert best_labels(vectors, tree).max() + 1 == 4
    assert best_labels(vectors, tree, wanted=3).max() + 1 == 3


def test_what_all_texts_share_does_not_make_them_alike():
    _, vectors, *_ = crowd_of(per_theme=15)
    shifted = vectors + np.float32(3)
    shifted /= np.linalg.norm(shifted, axis=1, keepdims=True)
    assert (shifted @ shifted.T).min() > 0.9
    assert (contrasted(shifted) @ contrasted(shifted).T).min() < -0.2


def test_a_few_texts_and_equal_ones_can_be_contrasted():
    same = np.ones((4, 3), dtype=np.float32) / np.float32(np.sqrt(3))
    assert np.isfinite(contrasted(same)).all()
    assert contrasted(same[:1]).shape == (1, 3)


def test_the_true_division_is_better_separated_than_a_finer_or_a_coarser_one():
    _, vectors, _, _, truth = crowd_of(per_theme=15, spread=0.8)
    finer = truth * 2 + np.arange(len(truth)) % 2
    assert separation(vectors, truth) > max(separation(vectors, finer), separation(vectors, truth // 2))


def test_one_topic_separates_nothing_and_a_text_alone_is_at_home_nowhere():
    _, vectors, *_ = crowd_of(per_theme=5)
    assert separation(vectors, np.zeros(len(vectors), dtype=np.int64)) == 0
    assert (silhouettes(vectors, np.arange(len(vectors))) <= 0).all()


def test_a_silhouette_compares_a_text_with_its_topic_without_itself():
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0, 1]], dtype=np.float32)
    found = silhouettes(vectors, np.array([0, 0, 1, 1]))
    # Text 0: its topic without it is text 1, at cosine .8; the other topic is at cosine 0.
    assert found[0] == pytest.approx((1.0 - 0.2) / 1.0)
    # Text 1: its topic without it is text 0, at cosine .8; the other topic is at cosine .6.
    assert found[1] == pytest.approx((0.4 - 0.2) / 0.4)
