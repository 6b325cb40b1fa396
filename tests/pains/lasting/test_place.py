"""Which pain a new sentence is about, and how it is said what happened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.pains.lasting.place import belonging, nearest_pains, reach_of
from overheard.pains.lasting.standing import tightness
from overheard.pains.lasting.tell import Teller
from tests.pains.lasting.nights import FIRST, Market

TELL = Teller(FIRST, 5)


@pytest.mark.slow
@given(st.integers(0, 30), st.integers(1, 6), st.integers(0, 1000))
def test_a_sentence_goes_to_the_nearest_pain_or_to_none(count: int, pains: int, seed: int) -> None:
    market = Market()
    for number in range(pains):
        market.hear(f"theme{number}", 6, np.eye(pains)[number].tolist())
    sentences = market.sentences()
    members = {f"p{k}": np.arange(6 * k, 6 * k + 6) for k in range(pains)}
    reach = reach_of(sentences, members)
    new = np.random.default_rng(seed).normal(size=(count, sentences.vectors.shape[1])).astype(np.float32)
    new /= np.maximum(np.linalg.norm(new, axis=1, keepdims=True), 1e-9)
    for row, place in zip(new, nearest_pains(new, reach), strict=True):
        nearest = int((reach.centres @ row).argmax())
        assert place in (None, f"p{nearest}")
        assert (place is None) == bool((reach.centres @ row)[nearest] < reach.least[nearest])


def test_a_pain_of_few_borrows_the_reach_of_all() -> None:
    market = Market()
    market.hear("late", 9, (1.0,), 0.2)
    market.hear("bank", 3, (0.0, 1.0), 0.01)
    sentences = market.sentences()
    reach = reach_of(sentences, {"bank": np.arange(3), "late": np.arange(3, 12)})
    own = sentences.vectors[:3] @ reach.centres[0]
    assert reach.least[0] < own.min() - 0.05


def test_belonging_is_a_share_and_nothing_where_a_sentence_is_nowhere() -> None:
    market = Market()
    market.hear("late", 6, (1.0,))
    market.hear("bank", 6, (0.0, 1.0))
    sentences = market.sentences()
    reach = reach_of(sentences, {"bank": np.arange(6), "late": np.arange(6, 12)})
    sure = belonging(sentences.vectors[[0, 0, 0]], ["bank", "late", None], reach)
    assert sure[0] + sure[1] == pytest.approx(1)
    assert sure[0] > 0.99
    assert sure[2] == 0


def test_tightness_is_the_mean_cosine_of_pairs() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    assert tightness(vectors) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(20, 30, "20 to 30 people"), (4, 30, "by more than a quarter"), (8, 11, "by more than a quarter")],
)
def test_a_change_is_told_in_figures_only_where_no_small_group_shows(before: int, now: int, told: str) -> None:
    assert TELL.change(before, now) == told


@pytest.mark.parametrize(
    ("some", "whole", "told"),
    [
        (8, 20, "8 of 20 sentences"),
        (20, 20, "all 20 sentences"),
        (4, 4, "all of its sentences"),
        (17, 20, "most of its sentences"),
        (3, 20, "some of its sentences"),
    ],
)
def test_a_part_is_told_in_figures_only_where_no_small_group_shows(some: int, whole: int, told: str) -> None:
    market = Market()
    market.hear("late", whole, (1.0,))
    assert TELL.part(market.sentences(), np.arange(some), np.arange(whole)) == told
    assert TELL.people(4) == "a few people"
