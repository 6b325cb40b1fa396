"""The least probability keeps its promise, or says that it cannot."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from overheard.people.assigning.centres import deal_people
from overheard.people.assigning.check import NEVER, RIGHT_SHARE, Trials, check_trials, least_probability


def test_the_least_probability_is_the_lowest_that_keeps_four_in_five_right() -> None:
    probability = np.linspace(1.0, 0.5, 50)
    right = np.arange(50) < 24
    assert least_probability(right, probability, np.ones(50)) == probability[29]


def test_nobody_is_assigned_where_the_promise_cannot_be_kept() -> None:
    assert least_probability(np.zeros(50, dtype=bool), np.linspace(1, 0.5, 50), np.ones(50)) == NEVER


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.2, 0.4, 0.6, 0.8])), min_size=1, max_size=60))
def test_whoever_is_above_the_least_probability_is_right_often_enough(rows: list[tuple[bool, float]]) -> None:
    right, probability = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    above = probability >= least_probability(right, probability, np.ones(len(rows)))
    assert not above.any() or right[above].mean() >= RIGHT_SHARE - 1e-9


def test_a_talkative_person_counts_as_one() -> None:
    people = np.array([0] * 8 + [1, 2])
    right = np.array([False] * 8 + [True, True])
    weights = np.array([1 / 8] * 8 + [1.0, 1.0])
    truth = np.zeros(10, dtype=np.int64)
    trials = Trials(people, people % 2, weights, truth, np.where(right, 0, 1), np.ones(10), np.ones(10, dtype=bool))
    check, _ = check_trials(trials, ["a", "b"])
    assert abs(check.accuracy - 2 / 3) < 1e-9
    assert check.people == 3


def test_a_person_is_in_one_fold_and_segments_are_spread_over_all() -> None:
    people = [f"p{number // 2}" for number in range(60)]
    segments = np.array([int(number // 2 < 10) for number in range(60)])
    folds = deal_people(people, segments, 5, 7)
    assert all(folds[row] == folds[row + 1] for row in range(0, 60, 2))
    assert {int(folds[row]) for row in range(20)} == set(range(5))
