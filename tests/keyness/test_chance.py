import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from overheard.keyness import (
    benjamini_hochberg,
    conservative_log_ratio,
    dealt_p,
    effective_people,
    log_likelihood_full,
    permuted_p,
)
from tests.keyness.patience import patient

# Twelve people of the group and 48 others, 1,000 words each; 20 uses here and 2 there.
GROUP = np.arange(60) < 12
ELSEWHERE = [1, 1, *[0] * 46]
LOUD = np.array([18, 1, 1, *[0] * 9, *ELSEWHERE])
SPREAD = np.array([*[2] * 10, 0, 0, *ELSEWHERE])


def test_a_loud_author_and_ten_people_look_the_same_to_a_count_of_words():
    g2 = [log_likelihood_full(np.array([uses[:12].sum()]), np.array([2]), 12_000, 48_000)[0] for uses in (LOUD, SPREAD)]
    assert g2 == pytest.approx([51.8915] * 2, abs=5e-5)


def test_drawing_people_tells_the_loud_author_from_ten_people():
    loud, spread = permuted_p(np.stack([LOUD, SPREAD], axis=1), GROUP, 20_000, seed=1)
    assert loud == pytest.approx(0.031, abs=0.004)
    assert spread == pytest.approx(5e-5, abs=1e-8)


def test_counting_people_tells_the_loud_author_from_ten_people():
    p = [dealt_p(int((uses[:12] > 0).sum()), [int((uses > 0).sum())], [12], [60]) for uses in (LOUD, SPREAD)]
    assert p == pytest.approx([0.0499, 5.4e-8], rel=0.01)
    people = np.array([(uses[:12] > 0).sum() for uses in (LOUD, SPREAD)])
    loud, spread = conservative_log_ratio(people, np.array([2, 2]), 12, 48, terms=100)
    assert loud == 0
    assert spread > 0.5
    assert effective_people(np.stack([LOUD[:12], SPREAD[:12]])) == pytest.approx([1.227, 10], abs=5e-4)


def test_of_fifteen_published_tests_four_are_found():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    assert (benjamini_hochberg(np.array(p)) <= 0.05).sum() == 4


@patient
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_q_is_never_below_its_p_and_keeps_the_order(p):
    q = benjamini_hochberg(np.array(p))
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= -1e-12).all()


@patient
@given(st.integers(0, 12), st.integers(0, 20), st.integers(13, 40))
def test_one_stratum_is_fishers_exact_test(seen, others, size):
    drawn, rest = 12, size
    others = min(others, rest)
    expected = fisher_exact([[seen, drawn - seen], [others, rest - others]], alternative="greater").pvalue
    assert dealt_p(seen, [seen + others], [drawn], [drawn + rest]) == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_people_are_dealt_among_those_who_talk_as_much():
    # All ten who say it talk much, and so do nine of the ten in the group: no wonder they say it.
    assert dealt_p(6, [10], [10], [100]) < 1e-4
    assert dealt_p(6, [10, 0], [9, 1], [15, 85]) > 0.5


@patient
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(4, 8)), min_size=1, max_size=3))
def test_the_chance_of_at_least_nobody_is_one(strata):
    assert dealt_p(0, *map(list, zip(*strata, strict=True))) == pytest.approx(1)
