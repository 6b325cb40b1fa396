import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.agreement import population_stability_index, rank_biased_overlap

RANKINGS = st.lists(st.text("abcdefgh", min_size=1, max_size=1), unique=True, max_size=8)


def test_two_rankings_overlap_as_published():
    assert rank_biased_overlap("abcde", "abdcf") == pytest.approx(0.8418, abs=5e-5)


def test_a_longer_ranking_is_not_punished_for_its_length():
    assert rank_biased_overlap("abc", "abcdefgh") == pytest.approx(1.0, abs=1e-9)


@given(RANKINGS, RANKINGS)
def test_overlap_is_mutual_and_between_nothing_and_everything(left, right):
    overlap = rank_biased_overlap(left, right)
    assert overlap == pytest.approx(rank_biased_overlap(right, left))
    assert -1e-12 <= overlap <= 1 + 1e-12
    assert rank_biased_overlap(left, left) == pytest.approx(1.0)
    if not set(left) & set(right) and (left or right):
        assert overlap == 0.0


def test_a_mix_that_moved_a_little_has_a_small_index():
    then, now = (0.5, 0.3, 0.2), (0.4, 0.3, 0.3)
    assert population_stability_index(then, now) == pytest.approx(0.0629, abs=5e-5)
    assert population_stability_index(then, then) == 0.0


def test_a_group_that_came_or_went_is_a_large_move_and_no_infinity():
    assert 0.25 < population_stability_index((1.0, 0.0), (0.5, 0.5)) < 100
