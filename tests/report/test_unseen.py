import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report.unseen import chao1, good_turing, last_doubling, told_by_half, untold_in_part

COUNTS = [10, 6, 4, 2, 2, 1, 1, 1]
counts_of_pains = st.lists(st.integers(1, 400), min_size=1, max_size=60)


def test_chao1_and_good_turing_are_those_of_the_worked_example():
    assert chao1(COUNTS).value == 10.25
    assert good_turing(COUNTS).value == pytest.approx(0.8889, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ([], 0, 0, 0),
        ([5, 4, 3], 3, 3, 3),
        # No pair: 1 * 0 / 2 and 2 * 1 / 2 untold.
        ([7, 1], 2, 2, 2),
        # Variance 1 + 2 * 9 / 4 - 16 / (4 * 4) = 4.5, spread exp(1.96 * sqrt(log(1 + 4.5 / 1))) = 12.92
        ([3, 1, 1], 4, 3 + 1 / 12.92, 3 + 12.92),
        # ratio 1.5, variance 2 * (1.266 + 3.375 + 1.125) = 11.53, spread exp(1.96 * sqrt(log(1 + 11.53 / 5.06)))
        (COUNTS, 10.25, 8.27, 27.04),
    ],
)
def test_chao1_has_the_limits_of_chao_1987(counts, value, low, high):
    found = chao1(counts)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), rel=0.002)


def test_good_turing_has_the_limits_of_esty():
    # 1 - 3/27; variance (3 * (1 - 3/27) + 2 * 2) / 27**2
    found = good_turing(COUNTS)
    assert (found.low, found.high) == pytest.approx((0.7015, 1.0), abs=1e-3)


@given(counts_of_pains)
def test_what_was_told_is_never_taken_back_and_limits_hold_their_value(counts):
    for found in (chao1(counts), good_turing(counts), told_by_half(counts, 5)):
        assert found.low <= found.value <= found.high
    assert chao1(counts).low >= len(counts)
    assert good_turing(counts).low >= 0
    assert good_turing(counts).high <= 1
    assert told_by_half(counts, 5).high <= len(counts)


def test_a_pain_just_told_by_enough_is_rarely_told_by_enough_of_half():
    assert told_by_half([5], 5).value == 1 / 32
    assert told_by_half([400] * 7, 5).value == pytest.approx(7)
    assert told_by_half([1, 2], 1).value == 0.5 + 0.75


def test_drawing_halves_gives_the_mean_and_stays_within_the_limits():
    draw = random.Random(4)
    counts = [5, 5, 6, 6, 7, 8, 9, 12, 15, 30, 5, 6]
    halves = [sum(sum(draw.random() < 0.5 for _ in range(people)) >= 5 for people in counts) for _ in range(2000)]
    found = told_by_half(counts, 5)
    assert sum(halves) / len(halves) == pytest.approx(found.value, abs=0.1)
    assert sum(round(found.low) <= half <= round(found.high) for half in halves) / len(halves) >= 0.93


def test_the_last_doubling_is_told_in_one_sentence():
    told = last_doubling([5, 5, 6, 8, 11, 40], 5)
    assert told.pains == 6
    assert told.words == (
        "Half of these people would have told about 2 (1 to 4) of these 6 pains often enough to be shown, so expect "
        "about 4 pains more from as many people again."
    )
    assert "expect next to no pain from" in last_doubling([90] * 9, 5).words


def test_of_too_few_pains_nothing_is_foretold():
    told = last_doubling([9, 9, 9, 9], 5)
    assert told.by_half is None
    assert told.words == "Too few pains are shown to tell how much of what hurts is still unheard."


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (COUNTS, "About 2 pains more (0 to 19) would turn up if more people were heard (Chao1 estimate). What the next "
                 "one tells is heard already with a chance of 89% (70 to 100%, Good-Turing)."),
        ([9, 8, 7, 6], ""),
        ([], "Too little was told here"),
        ([1, 1, 1], "Too little was told here"),
    ],
)  # fmt: skip
def test_a_part_of_the_market_says_what_it_has_not_told(counts, words):
    assert untold_in_part(counts).startswith(words)
    assert bool(untold_in_part(counts)) == bool(words)
