from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score

from overheard.pains.tree import _cuts, joined_groups, separation, silhouettes
from tests.pains.crowds import crowd_of


def test_the_tree_is_wards_tree():
    _, vectors, *_ = crowd_of(per_theme=10, spread=2.0)
    (topic,) = _cuts(vectors, np.arange(len(vectors)), wanted=6)
    known = cut_tree(linkage(vectors.astype(float), "ward"), 6).ravel()
    assert adjusted_rand_score(known, topic) == 1.0


def test_a_group_of_many_texts_weighs_more_than_a_group_of_one():
    random = np.random.default_rng(4)
    vectors = random.normal(size=(60, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    small = cut_tree(linkage(vectors.astype(float), "ward"), 20).ravel().astype(np.int64)
    (topic,) = _cuts(vectors, small, wanted=5)
    known = cut_tree(linkage(vectors.astype(float), "ward"), 5).ravel()
    assert adjusted_rand_score(known, topic[small]) == 1.0


@pytest.mark.parametrize("themes", [2, 3, 4])
def test_the_tree_is_cut_into_as_many_topics_as_there_are_themes(themes):
    _, vectors, _, _, truth = crowd_of(per_theme=15, themes=themes, spread=0.8)
    assert adjusted_rand_score(truth, joined_groups(vectors, np.arange(len(vectors)))) == 1.0


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
