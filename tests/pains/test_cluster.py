from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from overheard.settings import PainSettings
from tests.pains.crowds import THEMES, crowd_of
from tests.pains.fitting import fit_pains

SETTINGS = PainSettings(small_corpus=100)


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(per_theme=60)


@pytest.fixture(scope="module")
def fit(crowd):
    texts, vectors, ids, people, _ = crowd
    return fit_pains(texts, vectors, ids, people, SETTINGS)


def test_the_four_themes_of_a_larger_crowd_are_found(crowd, fit):
    assert adjusted_rand_score(crowd[4], [-1 if label is None else label for label in fit.labels]) > 0.95
    assert {next(theme for theme in THEMES if theme in topic.name) for topic in fit.topics} == set(THEMES)


def test_the_same_crowd_in_another_order_gives_the_same_topics(crowd, fit):
    texts, vectors, ids, people, _ = crowd
    order = np.random.default_rng(2).permutation(len(texts))
    mixed = fit_pains(
        [texts[i] for i in order], vectors[order], [ids[i] for i in order], [people[i] for i in order], SETTINGS
    )
    assert dict(zip(mixed.ids, mixed.labels, strict=True)) == dict(zip(fit.ids, fit.labels, strict=True))


def test_a_corpus_in_which_no_topic_has_people_enough_has_no_topics(crowd):
    texts, vectors, ids, _, _ = crowd
    fit = fit_pains(texts, vectors, ids, ["shouter"] * len(texts), SETTINGS)
    assert fit.topics == ()
    assert set(fit.labels) == {None}


def test_texts_of_nothing_but_numbers_and_stop_words_are_grouped_all_the_same(crowd):
    _, vectors, ids, people, truth = crowd
    texts = [f"it was {number}" for number in range(len(ids))]
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    assert adjusted_rand_score(truth, [-1 if label is None else label for label in fit.labels]) > 0.95
    assert len({topic.name for topic in fit.topics}) == len(fit.topics)


def test_neither_the_seed_nor_an_unneeded_library_has_a_part_in_it(crowd):
    texts, vectors, ids, people, _ = crowd
    fits = [fit_pains(texts, vectors, ids, people, SETTINGS.model_copy(update={"seed": seed})) for seed in (1, 2)]
    assert fits[0] == fits[1]


def test_of_more_texts_than_fit_a_tree_a_sample_makes_the_topics(crowd, fit, monkeypatch):
    monkeypatch.setattr("overheard.pains.cluster.MOST_IN_TREE", 120)
    texts, vectors, ids, people, truth = crowd
    sampled = fit_pains(texts, vectors, ids, people, SETTINGS)
    assert adjusted_rand_score(truth, [-1 if label is None else label for label in sampled.labels]) > 0.95


@pytest.mark.slow
def test_density_finds_the_four_themes_too(crowd):
    texts, vectors, ids, people, truth = crowd
    fit = fit_pains(texts, vectors, ids, people, SETTINGS.model_copy(update={"method": "hdbscan"}))
    assert adjusted_rand_score(truth, [-1 if label is None else label for label in fit.labels]) > 0.95
