from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from overheard.pains import fit_pains, save_topics
from overheard.settings import PainSettings
from tests.pains.crowds import THEMES, crowd_of

pytestmark = pytest.mark.slow

SETTINGS = PainSettings(small_corpus=100)


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(per_theme=60)


@pytest.fixture(scope="module")
def fit(crowd):
    texts, vectors, ids, people, _ = crowd
    return fit_pains(texts, vectors, ids, people, SETTINGS)


def test_bertopic_finds_the_four_themes_of_a_larger_crowd(crowd, fit):
    assert adjusted_rand_score(crowd[4], [-1 if label is None else label for label in fit.labels]) == 1.0
    assert {next(theme for theme in THEMES if theme in topic.name) for topic in fit.topics} == set(THEMES)


def test_the_models_topics_are_the_fits_topics(fit):
    sizes = {topic: size for topic, size in fit.model.topic_sizes_.items() if topic >= 0}
    assert sizes == {number: len(topic.rows) for number, topic in enumerate(fit.topics)}


def test_the_same_crowd_in_another_order_gives_the_same_topics(crowd, fit):
    texts, vectors, ids, people, _ = crowd
    order = np.random.default_rng(2).permutation(len(texts))
    mixed = fit_pains(
        [texts[i] for i in order], vectors[order], [ids[i] for i in order], [people[i] for i in order], SETTINGS
    )
    assert dict(zip(mixed.ids, mixed.labels, strict=True)) == dict(zip(fit.ids, fit.labels, strict=True))


def test_a_saved_model_knows_its_topics_again(fit, tmp_path):
    from bertopic import BERTopic

    save_topics(fit.model, tmp_path / "topics")
    assert {file.suffix for file in (tmp_path / "topics").iterdir()} == {".json", ".safetensors"}
    assert json.loads((tmp_path / "topics" / "topics.json").read_text())["topics"] == fit.model.topics_
    loaded = BERTopic.load(str(tmp_path / "topics"))
    assert loaded.topics_ == fit.model.topics_
    np.testing.assert_allclose(loaded.topic_embeddings_, fit.model.topic_embeddings_, rtol=1e-5)


def test_a_corpus_in_which_no_topic_has_people_enough_has_no_topics(crowd):
    texts, vectors, ids, _, _ = crowd
    fit = fit_pains(texts, vectors, ids, ["shouter"] * len(texts), SETTINGS)
    assert fit.topics == ()
    assert set(fit.labels) == {None}


def test_texts_of_nothing_but_numbers_and_stop_words_are_grouped_all_the_same(crowd):
    _, vectors, ids, people, truth = crowd
    texts = [f"it was {number}" for number in range(len(ids))]
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    assert adjusted_rand_score(truth, [-1 if label is None else label for label in fit.labels]) == 1.0
    assert len({topic.name for topic in fit.topics}) == len(fit.topics)
