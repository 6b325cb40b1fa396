from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from overheard.pains import PainFit, group_texts
from overheard.settings import PainSettings
from tests.pains.crowds import THEMES, crowd_of
from tests.pains.fitting import fit_pains

SETTINGS = PainSettings()


def ari(truth: np.ndarray, fit: PainFit) -> float:
    return float(adjusted_rand_score(truth, [-1 if label is None else label for label in fit.labels]))


def test_four_themes_come_back_as_four_topics_named_by_what_their_people_say():
    texts, vectors, ids, people, truth = crowd_of(per_theme=12)
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    assert ari(truth, fit) == 1.0
    names = [topic.name for topic in fit.topics]
    assert len(set(names)) == 4
    assert {next(theme for theme in THEMES if theme in name) for name in names} == set(THEMES)


def test_few_texts_are_grouped_without_loading_umap():
    texts, vectors, ids, people, _ = crowd_of(per_theme=8)
    before = set(sys.modules)
    fit_pains(texts, vectors, ids, people, SETTINGS)
    assert not {"umap", "bertopic", "torch"} & (set(sys.modules) - before)


def test_the_order_of_texts_does_not_change_the_topics():
    texts, vectors, ids, people, _ = crowd_of(per_theme=12, spread=1.2)
    order = np.random.default_rng(5).permutation(len(texts))
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    mixed = fit_pains(
        [texts[i] for i in order], vectors[order], [ids[i] for i in order], [people[i] for i in order], SETTINGS
    )
    assert dict(zip(mixed.ids, mixed.labels, strict=True)) == dict(zip(fit.ids, fit.labels, strict=True))
    assert [topic.name for topic in mixed.topics] == [topic.name for topic in fit.topics]


def test_the_same_texts_twice_give_the_same_fit():
    given_texts = crowd_of(per_theme=10, spread=1.5)[:4]
    assert fit_pains(*given_texts, SETTINGS) == fit_pains(*given_texts, SETTINGS)


def test_a_copied_sentence_gets_its_twins_topic_and_stands_once_among_the_quotes():
    texts, vectors, ids, people, _ = crowd_of(per_theme=8)
    texts += [texts[0].lower().rstrip(".") + "!"] * 3
    vectors = np.concatenate([vectors, vectors[-3:]])
    fit = fit_pains(texts, vectors, [*ids, "t0", "t1", "t2"], [*people, "q0", "q1", "q2"], SETTINGS)
    assert {fit.labels[row] for row in (0, -1, -2, -3)} == {fit.labels[1]}
    topic = fit.topics[fit.labels[0] or 0]
    assert len(topic.rows) == 11
    assert len([row for row in topic.central if row == 0 or row >= len(ids)]) <= 1


def test_a_theme_of_one_loud_author_is_no_topic():
    texts, vectors, ids, people, truth = crowd_of(per_theme=10)
    loud = ["shouter" if theme == 2 else person for theme, person in zip(truth, people, strict=True)]
    fit = fit_pains(texts, vectors, ids, loud, SETTINGS)
    assert len(fit.topics) == 3
    assert all(topic.people >= SETTINGS.minimum_people for topic in fit.topics)
    assert {fit.labels[row] for row in np.flatnonzero(truth == 2)} == {None}


def test_texts_of_unknown_authors_may_be_a_topic_whatever_the_least_number_of_people():
    texts, vectors, ids, _, truth = crowd_of(per_theme=10)
    rows = group_texts(texts, vectors, ids, PainSettings(minimum_people=50))
    assert [row[0] for row in rows] == ids
    assert adjusted_rand_score(truth, [row[1] for row in rows]) == 1.0
    assert all(0 <= row[2] <= 1 for row in rows)


def test_a_text_far_from_everything_is_left_unassigned():
    texts, vectors, ids, people, _ = crowd_of(per_theme=12)
    stray = np.zeros((1, 24), dtype=np.float32)
    stray[0, 20] = 1
    fit = fit_pains(
        [*texts, "The kettle sings."], np.concatenate([vectors, stray]), [*ids, "x"], [*people, "x"], SETTINGS
    )
    assert fit.labels[-1] is None
    assert fit.probabilities[-1] == 0


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_a_handful_of_unlike_texts_makes_no_topic(count):
    vectors = np.eye(24, dtype=np.float32)[:count]
    texts = [f"thing number {row}" for row in range(count)]
    fit = fit_pains(texts, vectors, texts, texts, SETTINGS)
    assert fit.topics == ()
    assert fit.labels == (None,) * count


def test_a_handful_of_like_texts_is_one_topic():
    texts, vectors, ids, people, _ = crowd_of(per_theme=6, themes=1)
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    assert set(fit.labels) == {0}


def test_texts_without_words_belong_nowhere():
    fit = fit_pains(["!!!", "😡"], np.eye(2, dtype=np.float32), ["a", "b"], ["p", "q"], SETTINGS)
    assert fit.labels == (None, None)


def test_the_reader_can_ask_for_fewer_topics():
    texts, vectors, ids, people, _ = crowd_of(per_theme=12)
    assert len(fit_pains(texts, vectors, ids, people, PainSettings(topics=2)).topics) == 2


def test_central_quotes_come_from_new_voices_before_second_quotes_of_one():
    texts, vectors, ids, _, _truth = crowd_of(per_theme=8)
    people = [f"person {row % 4}" for row in range(len(texts))]
    fit = fit_pains(texts, vectors, ids, people, SETTINGS)
    for topic in fit.topics:
        assert len({people[row] for row in topic.central[:4]}) == 4
        centre = vectors[list(topic.rows)].mean(axis=0)
        assert topic.central[0] == max(topic.rows, key=lambda row: float(vectors[row] @ centre))


def test_vectors_that_do_not_belong_to_the_texts_are_refused():
    texts, vectors, ids, people, _ = crowd_of(per_theme=3)
    with pytest.raises(ValueError, match="12 texts, 11 vectors"):
        fit_pains(texts, vectors[1:], ids, people, SETTINGS)
    with pytest.raises(ValueError, match="finite"):
        fit_pains(texts, vectors * np.float32("nan"), ids, people, SETTINGS)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40), st.integers(0, 10_000))
def test_every_text_is_in_one_topic_or_none_whatever_the_vectors(count, seed):
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"word{number} trouble" for number in random.integers(0, max(count, 1), count)]
    people = [f"p{number}" for number in random.integers(0, 12, count)]
    fit = fit_pains(texts, vectors, [str(row) for row in range(count)], people, SETTINGS)
    placed = sorted(row for topic in fit.topics for row in topic.rows)
    assert placed == [row for row, label in enumerate(fit.labels) if label is not None]
    assert all(len(topic.rows) >= 5 and topic.people >= 3 for topic in fit.topics)
    assert all(set(topic.central) <= set(topic.rows) for topic in fit.topics)
    assert len({topic.name for topic in fit.topics}) == len(fit.topics)
    for text in set(texts):
        assert len({label for label, other in zip(fit.labels, texts, strict=True) if other == text}) == 1


@pytest.mark.slow
def test_topics_at_a_higher_detail_lie_within_those_at_a_lower_one():
    texts, vectors, ids, *_ = crowd_of(per_theme=20, spread=0.8)
    cuts = [group_texts(texts, vectors, ids, PainSettings(detail=detail)) for detail in (0.3, 0.5, 1.0, 1.5, 2.0, 4.0)]
    counts = [len({topic for _, topic, _ in cut if topic}) for cut in cuts]
    assert counts == sorted(counts)
    assert counts[0] < counts[2] < counts[-1]
    for coarse, fine in pairwise(cuts):
        within = {(one[1], other[1]) for one, other in zip(fine, coarse, strict=True) if one[1] and other[1]}
        assert len(within) == len({topic for topic, _ in within})
        assert [one[1] is None for one in fine] == [other[1] is None for other in coarse]


def test_one_topic_id_is_one_set_of_texts_whatever_the_detail():
    texts, vectors, ids, *_ = crowd_of(per_theme=20, spread=0.8)
    members: dict[str, set[frozenset[str]]] = {}
    topics: dict[float, set[str]] = {}
    for detail in (0.5, 1.0, 1.25, 1.5):
        found: dict[str, set[str]] = {}
        for one, topic, _ in group_texts(texts, vectors, ids, PainSettings(detail=detail)):
            if topic:
                found.setdefault(topic, set()).add(one)
        topics[detail] = set(found)
        for topic, rows in found.items():
            members.setdefault(topic, set()).add(frozenset(rows))
    assert {len(kinds) for kinds in members.values()} == {1}
    assert len(topics[1.0] & topics[1.25]) == 3
    assert len(topics[1.25] & topics[1.5]) == 4
