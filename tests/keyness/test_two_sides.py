"""The worked values: counts on both sides and sizes of both, and what each formula makes of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from overheard.keyness import (
    bayes_information,
    conservative_log_ratio,
    log_likelihood,
    log_likelihood_full,
    log_ratio,
    percent_difference,
    simple_maths,
    walter_log_ratio,
)
from tests.keyness.patience import patient

INF = math.inf
OFTEN = (60, 20, 10_000, 10_000)
MUCH_MORE = (120, 30, 10_000, 50_000)
NOBODY_ELSE = (10, 0, 10_000, 50_000)
RARE = (3, 1, 10_000, 50_000)
LESS = (5, 100, 10_000, 50_000)
ALIKE = (20, 100, 10_000, 50_000)


def of(formula, counts, *more):
    a, b, c, d = counts
    return float(formula(np.array([a]), np.array([b]), c, d, *more)[0])


@pytest.mark.parametrize(
    ("counts", "two_cells", "four_cells"),
    [
        (OFTEN, 20.9299, 21.0102),
        (MUCH_MORE, 290.8408, 291.9293),
        (NOBODY_ELSE, 35.8352, 35.8435),
        (RARE, 6.6165, 6.6172),
        (LESS, -14.1786, -14.1974),
        (ALIKE, 0, 0),
    ],
)
def test_log_likelihood_gives_the_worked_values(counts, two_cells, four_cells):
    assert of(log_likelihood, counts) == pytest.approx(two_cells, abs=5e-5)
    assert of(log_likelihood_full, counts) == pytest.approx(four_cells, abs=5e-5)


def test_the_bayes_criterion_takes_off_the_logarithm_of_all_words():
    g2 = log_likelihood(np.array([60]), np.array([20]), 10_000, 10_000)
    assert bayes_information(g2, 10_000, 10_000) == pytest.approx([11.0264], abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "difference", "ratio", "walter", "one_added", "hundred_added"),
    [
        (OFTEN, 200, 1.5850, 1.5613, 2.9990, 2.9048),
        (MUCH_MORE, 1900, 4.3219, 4.3040, 19.9684, 17.2857),
        (NOBODY_ELSE, INF, INF, 6.7142, 1001, 11),
        (LESS, -75, -2, None, None, None),
        (ALIKE, 0, 0, None, 1, 1),
    ],
)
def test_ratios_give_the_worked_values(counts, difference, ratio, walter, one_added, hundred_added):
    assert of(percent_difference, counts) == pytest.approx(difference)
    assert of(log_ratio, counts) == pytest.approx(ratio, abs=5e-5)
    for formula, more, expected in (
        (walter_log_ratio, (), walter),
        (simple_maths, (1,), one_added),
        (simple_maths, (100,), hundred_added),
    ):
        if expected is not None:
            assert of(formula, counts, *more) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "alone", "of_thousand"),
    [
        (OFTEN, 0.8341, 0.1299),
        (MUCH_MORE, 3.7347, 3.1816),
        (NOBODY_ELSE, 3.4864, 1.4071),
        (RARE, 0.2683, 0),
        (LESS, -0.7296, None),
        (ALIKE, 0, 0),
    ],
)
def test_the_conservative_log_ratio_gives_the_worked_values(counts, alone, of_thousand):
    assert of(conservative_log_ratio, counts) == pytest.approx(alone, abs=5e-5)
    if of_thousand is not None:
        assert of(conservative_log_ratio, counts, 1000) == pytest.approx(of_thousand, abs=5e-5)


counted = st.integers(0, 60)


@patient
@given(counted, counted, st.integers(1, 5000))
def test_what_is_sure_of_one_side_is_sure_of_the_other_the_other_way_round(a, b, terms):
    here = of(conservative_log_ratio, (a, b, 100, 300), terms)
    there = of(conservative_log_ratio, (b, a, 300, 100), terms)
    assert here == pytest.approx(-there, abs=1e-9)


@patient
@given(counted, counted)
def test_the_more_terms_are_tried_the_less_is_sure(a, b):
    sure = [abs(of(conservative_log_ratio, (a, b, 100, 300), terms)) for terms in (1, 10, 1000)]
    assert sure == sorted(sure, reverse=True)


@patient
@given(st.integers(1, 60), st.integers(1, 60))
def test_the_limits_are_those_of_the_exact_binomial_interval(a, b):
    limits = binomtest(a, a + b).proportion_ci(0.95, "exact")
    low, high = (math.log2(3 * limit / (1 - limit)) for limit in (limits.low, limits.high))
    expected = max(low, 0) if 3 * a >= b else min(high, 0)
    assert of(conservative_log_ratio, (a, b, 100, 300)) == pytest.approx(expected, abs=1e-6)
