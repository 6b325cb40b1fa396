import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.keyness import log_dice, mutual_information, normalised_mutual_information, t_score
from tests.keyness.patience import patient


def pair(*counts):
    return [np.array([count]) for count in counts]


@pytest.mark.parametrize(("together", "apart", "expected"), [(30, 160, 12.5850), (16, 32, 14.0), (2, 2000, 5.0342)])
def test_log_dice_gives_the_worked_values(together, apart, expected):
    assert log_dice(np.array([together]), np.array([apart])) == pytest.approx([expected], abs=5e-5)


def test_three_words_always_seen_together_reach_the_highest_log_dice():
    assert log_dice(np.array([7]), np.array([21]), 3) == pytest.approx([14.0])


@patient
@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50))
def test_log_dice_never_exceeds_fourteen(together, more_left, more_right):
    assert log_dice(np.array([together]), np.array([2 * together + more_left + more_right]))[0] <= 14


def test_a_pair_a_hundred_in_ten_thousand_gives_the_worked_values():
    counts = pair(30, 100, 60)
    assert mutual_information(*counts, 1e4) == pytest.approx([5.6439], abs=5e-5)
    assert normalised_mutual_information(*counts, 1e4) == pytest.approx([0.6734], abs=5e-5)
    assert t_score(*counts, 1e4) == pytest.approx([5.3677], abs=5e-5)


def test_a_pair_met_less_often_than_by_chance_has_negative_information():
    assert mutual_information(*pair(2, 1000, 1000), 1e5) == pytest.approx([-2.3219], abs=5e-5)


@patient
@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50))
def test_normalised_information_stays_within_one(together, more_first, more_second):
    counts = pair(together, together + more_first, together + more_second)
    assert -1 <= normalised_mutual_information(*counts, 1000)[0] <= 1 + 1e-12
