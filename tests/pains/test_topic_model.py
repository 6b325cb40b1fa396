"""BERTopic describes, draws and saves the topics it is given, and its known faults change none of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.pains.topic_model import model_topics, save_topics
from overheard.pains.wording import STOP_WORDS
from tests.pains.crowds import THEMES, crowd_of

STRAY = 11
"""Every so manieth text of a crowd is in no topic, where any is not."""


@dataclass(frozen=True)
class Case:
    """A crowd and its topics: sizes 24, 21, 19 and so on, or all alike."""

    texts: list[str]
    vectors: NDArray[np.float32]
    labels: NDArray[np.int64]
    model: Any


def make_case(topics: int, strays: bool, sizes_differ: bool = True) -> Case:
    texts, vectors, _, _, labels = crowd_of(24, topics)
    kept = np.array([row for row in range(len(texts)) if not sizes_differ or row % 24 < 24 - 2 * labels[row]])
    texts, vectors, labels = [texts[row] for row in kept], vectors[kept], labels[kept]
    if strays:
        labels = np.where(np.arange(len(labels)) % STRAY == STRAY - 1, -1, labels)
    return Case(texts, vectors, labels, model_topics(texts, vectors, labels))


@pytest.fixture(params=["2 topics", "2 topics and strays", "4 topics", "4 topics and strays"])
def case(request: pytest.FixtureRequest) -> Case:
    return make_case(int(request.param[0]), "strays" in request.param)


def loaded(model: Any, folder: Path) -> Any:
    from bertopic import BERTopic

    save_topics(model, folder)
    found = BERTopic.load(str(folder))
    assert type(found) is BERTopic
    return found


def words_of(model: Any) -> dict[int, list[str]]:
    return {topic: [word for word, _ in words] for topic, words in model.get_topics().items()}


@pytest.mark.parametrize("labels", [[-1, -1, -1], [0, 2, 2], [1, 1, 1]])
def test_topics_are_numbered_from_nought_without_gaps(labels: list[int]) -> None:
    with pytest.raises(ValueError, match="numbered from 0 without gaps"):
        model_topics(["one", "two", "three"], np.eye(3, dtype=np.float32), np.array(labels))


@pytest.mark.slow
def test_topics_centroids_and_words_are_the_given_ones_before_and_after_a_save(case: Case, tmp_path: Path) -> None:
    model = case.model
    back = loaded(model, tmp_path / "topics")
    names = sorted(set(case.labels.tolist()))
    for one in (model, back):
        assert one.topics_ == case.labels.tolist()
        assert sorted(one.topic_sizes_) == sorted(one.get_topics()) == names
        for row, topic in enumerate(names):
            mean = case.vectors[case.labels == topic].mean(0)
            np.testing.assert_allclose(one.topic_embeddings_[row], mean, rtol=1e-4, atol=1e-6)
        for topic, theme in zip(sorted(set(names) - {-1}), THEMES, strict=False):
            assert theme in words_of(one)[topic]
    assert words_of(back) == words_of(model)
    assert (back.c_tf_idf_ != model.c_tf_idf_).nnz == 0
    assert {file.suffix for file in (tmp_path / "topics").iterdir()} == {".json", ".safetensors"}


@pytest.mark.slow
def test_the_fitted_texts_are_placed_where_they_were_fitted(case: Case, tmp_path: Path) -> None:
    inside = case.labels >= 0
    for model in (case.model, loaded(case.model, tmp_path / "topics")):
        predicted, _ = model.transform(case.texts, case.vectors)
        assert np.array_equal(np.array(predicted)[inside], case.labels[inside])


@pytest.mark.slow
def test_a_loaded_model_counts_words_as_the_fitted_one_did(tmp_path: Path) -> None:
    texts = [
        "I don’t get my e-mail",
        "My e-mail doesn't come",
        "The café’s C++ build broke",
        "Café build, broken again",
    ]
    model = model_topics(texts, np.eye(4, dtype=np.float32), np.array([0, 0, 1, 1]))
    back = loaded(model, tmp_path / "topics")
    new = ["Don’t break the CAFÉ build", "e-mail and C++"]
    fitted, again = (one.vectorizer_model.transform(new) for one in (model, back))
    assert fitted.nnz == 5  # café, build, café build; e-mail; c++
    assert (fitted != again).nnz == 0
    assert not {"don’t", "don't", "doesn't"} & set(model.vectorizer_model.get_feature_names_out())


@pytest.mark.slow
@pytest.mark.parametrize("strays", [False, True])
def test_topics_of_one_size_and_topics_out_of_order_keep_their_numbers(strays: bool) -> None:
    tied = make_case(4, strays, sizes_differ=False)
    assert tied.model.topics_ == tied.labels.tolist()
    turned = np.where(tied.labels < 0, -1, 3 - tied.labels)
    turned[np.flatnonzero(turned == 0)[:9]] = -1
    model = model_topics(tied.texts, tied.vectors, turned)
    assert model.topics_ == turned.tolist()
    assert next(iter(THEMES)) in words_of(model)[3]


@pytest.mark.slow
def test_a_topic_of_stop_words_and_a_corpus_of_numbers_are_topics_all_the_same() -> None:
    vectors = np.repeat(np.eye(2, dtype=np.float32), 2, axis=0)
    labels = np.array([0, 0, 1, 1])
    mixed = model_topics(["late invoice", "the invoice", "it was", "was it 12"], vectors, labels)
    numbers = model_topics(["12 13", "it was 14", "15", "16 17"], vectors, labels)
    assert mixed.topics_ == numbers.topics_ == labels.tolist()
    assert "invoice" in words_of(mixed)[0]
    assert "15" in words_of(numbers)[1]


@pytest.mark.slow
def test_the_same_topics_save_the_same_bytes(tmp_path: Path) -> None:
    for place in ("first", "second"):
        save_topics(make_case(4, strays=True).model, tmp_path / place)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / place).iterdir()} for place in ("first", "second")
    )
    assert first == second


@pytest.mark.slow
def test_saving_says_nothing_and_leaves_the_log_as_it_was(
    case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    save_topics(case.model, tmp_path / "topics")
    assert capfd.readouterr() == ("", "")
    assert caplog.messages == []
    loaded(case.model, tmp_path / "topics")
    assert "without explicitly defining an embedding model" in capfd.readouterr().err + caplog.text


@pytest.mark.slow
def test_the_hierarchy_joins_every_topic(case: Case, tmp_path: Path) -> None:
    topics = sorted(set(case.labels.tolist()) - {-1})
    for model in (case.model, loaded(case.model, tmp_path / "topics")):
        hierarchy = model.hierarchical_topics(case.texts)
        assert len(hierarchy) == len(topics) - 1
        assert sorted(hierarchy.iloc[0].Topics) == topics
        tree = model.get_topic_tree(hierarchy)
        assert all(f"Topic: {topic}" in tree for topic in topics)


@pytest.mark.slow
@pytest.mark.parametrize("reloaded", [False, True])
@pytest.mark.parametrize("strays", [False, True])
def test_every_picture_is_drawn_of_our_topics(strays: bool, reloaded: bool, tmp_path: Path) -> None:
    case = make_case(4, strays)
    model = loaded(case.model, tmp_path / "topics") if reloaded else case.model
    flat = case.vectors[:, :2]
    pictures = {
        "topics": model.visualize_topics(),
        "hierarchy": model.visualize_hierarchy(hierarchical_topics=model.hierarchical_topics(case.texts)),
        "barchart": model.visualize_barchart(),
        "documents": model.visualize_documents(case.texts, embeddings=case.vectors),
        "flat documents": model.visualize_documents(case.texts, reduced_embeddings=flat),
        "heatmap": model.visualize_heatmap(),
        "term rank": model.visualize_term_rank(),
    }
    assert {name for name, picture in pictures.items() if not picture.data} == set()
    drawn = [trace for trace in pictures["flat documents"].data if trace.name and trace.name[0].isdigit()]
    points = {int(trace.name.split("_")[0]): len(trace.x) for trace in drawn}
    # One point more a topic: BERTopic writes the topic's name at the middle of its texts.
    assert points == {topic: int((case.labels == topic).sum()) + 1 for topic in range(4)}


@pytest.mark.slow
@pytest.mark.parametrize("strategy", ["embeddings", "c-tf-idf", "distributions"])
@pytest.mark.parametrize("topics", [2, 4])
def test_ids_are_not_off_by_one_once_the_strays_have_joined(topics: int, strategy: str, tmp_path: Path) -> None:
    """MaartenGr/BERTopic #1809, #2198."""
    case = make_case(topics, strays=True)
    truth = np.array([list(THEMES).index(theme) for text in case.texts for theme in THEMES if theme in text])
    model = case.model
    joined = model.reduce_outliers(case.texts, model.topics_, strategy=strategy, embeddings=case.vectors)
    assert -1 not in joined
    model.update_topics(case.texts, topics=joined)
    for one in (model, loaded(model, tmp_path / "topics")):
        assert one.topics_ == joined == truth.tolist()
        assert len(one.topic_embeddings_) == topics
        predicted, _ = one.transform(case.texts, case.vectors)
        assert np.array_equal(predicted, truth)
        assert sorted(one.hierarchical_topics(case.texts).iloc[0].Topics) == list(range(topics))


@pytest.mark.slow
def test_ids_are_right_too_where_some_strays_stay(tmp_path: Path) -> None:
    case = make_case(4, strays=True)
    joined = case.labels.copy()
    joined[np.flatnonzero(joined < 0)[0]] = 0
    case.model.update_topics(case.texts, topics=joined.tolist())
    for one in (case.model, loaded(case.model, tmp_path / "topics")):
        predicted, _ = one.transform(case.texts, case.vectors)
        assert np.array_equal(np.array(predicted)[case.labels >= 0], case.labels[case.labels >= 0])


@pytest.mark.slow
def test_stop_words_and_pairs_of_words_stay_as_they_were_when_topics_are_updated(tmp_path: Path) -> None:
    """MaartenGr/BERTopic #936, #2148, #2114."""
    case = make_case(4, strays=True)
    model = case.model
    joined = model.reduce_outliers(case.texts, model.topics_, strategy="embeddings", embeddings=case.vectors)
    model.update_topics(case.texts, topics=joined)
    for one in (model, loaded(model, tmp_path / "topics")):
        said = {word for words in words_of(one).values() for word in words if word}
        assert not said & (STOP_WORDS | {"my", "and", "again"})
        assert all(theme in words for theme, words in zip(THEMES, words_of(one).values(), strict=True))


@pytest.mark.slow
def test_what_is_asked_for_when_topics_are_updated_is_done() -> None:
    case = make_case(2, strays=False)
    case.model.update_topics(case.texts, top_n_words=3, n_gram_range=(1, 1))
    assert {len(words) for words in words_of(case.model).values()} == {3}
    assert not any(" " in word for words in words_of(case.model).values() for word in words)
    assert case.model.topics_ == case.labels.tolist()


@pytest.mark.slow
@pytest.mark.parametrize("change", [{0: 1}, {0: 7}, {0: -1}])
def test_an_update_in_which_a_topic_comes_or_goes_is_refused_and_changes_nothing(change: dict[int, int]) -> None:
    case = make_case(2, strays=False)
    wanted = [change.get(topic, topic) for topic in case.labels.tolist()]
    wanted[0] = change[0]
    before = words_of(case.model)
    with pytest.raises(ValueError, match="would come or go"):
        case.model.update_topics(case.texts, topics=wanted)
    assert case.model.topics_ == case.labels.tolist()
    assert words_of(case.model) == before


@pytest.mark.slow
def test_topics_joined_by_bertopic_are_one_topic_afterwards() -> None:
    case = make_case(4, strays=True)
    case.model.merge_topics(case.texts, [1, 2])
    together = {case.model.topics_[row] for row in np.flatnonzero(np.isin(case.labels, (1, 2)))}
    assert len(together) == 1
    assert sorted(set(case.model.topics_)) == [-1, 0, 1, 2]
