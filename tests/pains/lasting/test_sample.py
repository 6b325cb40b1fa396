"""Of more sentences than can be grouped at once a fair sample is grouped, and nobody else is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from overheard.pains.lasting import Rows, Sentences, sentences_of
from overheard.pains.lasting.sample import group_sample, sample_rows
from overheard.records import id_of
from overheard.settings import PainSettings

THEMES = 4
# Fewer than a person may set: there a sample says too little.
FEW = PainSettings().model_copy(update={"most_grouped": 100})


def make_sentences(count: int) -> Sentences:
    """Make sentences of themes that lie apart, three a person, and one that is about nothing of it."""
    random = np.random.default_rng(5)
    vectors = np.eye(16)[np.arange(count) % THEMES] + 0.05 * random.normal(size=(count, 16))
    vectors[-1] = np.eye(16)[15]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [id_of(row) for row in range(count)]
    people = [f"p{row // 3}" for row in range(count)]
    return sentences_of(ids, ids, people, vectors.astype(np.float32), PainSettings(small_corpus=10**6))


def by_theme(sentences: Sentences, _: PainSettings) -> Sequence[Rows]:
    theme = sentences.vectors.argmax(axis=1)
    return [np.flatnonzero(theme == one) for one in range(THEMES)]


def test_few_enough_sentences_are_grouped_as_they_are() -> None:
    sentences, settings = make_sentences(120), FEW.model_copy(update={"most_grouped": 120})
    asked: list[int] = []

    def group(some: Sentences, of: PainSettings) -> Sequence[Rows]:
        asked.append(len(some))
        return by_theme(some, of)

    found, expected = group_sample(sentences, settings, group), by_theme(sentences, settings)
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))
    group_sample(sentences, FEW, group)
    assert asked == [120, 100]


def test_what_is_not_in_the_sample_goes_to_its_group_and_what_is_far_from_all_to_none() -> None:
    sentences = make_sentences(1200)
    found = group_sample(sentences, FEW.model_copy(update={"most_grouped": 300}), by_theme)
    expected = by_theme(sentences, PainSettings())
    rows = np.concatenate(found)
    assert len(set(rows.tolist())) == len(rows)
    assert 1199 not in rows
    for one, other in zip(found, expected, strict=True):
        assert np.array_equal(one, np.sort(one))
        assert set(one.tolist()) <= set(other.tolist())
    # Tukey's fence of the sample leaves out the few that lie farthest from its centre.
    assert len(rows) > 0.95 * 1199


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60), st.integers(1, 60))
def test_everybody_is_heard_once_before_anybody_is_heard_twice(people: list[int], most: int) -> None:
    ids = [id_of(row) for row in range(len(people))]
    named = [f"p{person}" for person in people]
    rows = sample_rows(ids, named, most).tolist()
    assert rows == sorted(set(rows))
    assert len(rows) == min(most, len(people))
    heard, said = Counter(named[row] for row in rows), Counter(named)
    turns = max(heard.values())
    assert all(heard[person] >= min(turns - 1, said[person]) for person in said)


@given(st.permutations(range(30)), st.integers(1, 30))
def test_the_sample_is_the_same_in_whatever_order_the_sentences_come(order: list[int], most: int) -> None:
    ids, people = [id_of(row) for row in range(30)], [f"p{row % 7}" for row in range(30)]
    kept = {ids[row] for row in sample_rows(ids, people, most)}
    assert {
        ids[order[row]] for row in sample_rows([ids[at] for at in order], [people[at] for at in order], most)
    } == kept
