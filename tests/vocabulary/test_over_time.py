from datetime import date, timedelta

import numpy as np
import pytest

from overheard.vocabulary.over_time import Clock
from tests.vocabulary.make_corpus import group_of, make_corpus

START = date(2026, 1, 1)


def tell(months, terms=1):
    """One text a person and month: `months` says how many of twenty people say "anvil" in each."""
    uttered = [
        (f"g{person}", "d", "anvil" if person < sayers else "smoke", START + timedelta(days=30 * month))
        for month, sayers in enumerate(months)
        for person in range(20)
    ]
    corpus, around = make_corpus(uttered)
    rows = np.array([row for row, one in enumerate(corpus.said) if "anvil" in one.text], dtype=np.int64)
    return Clock(corpus, around, group_of(corpus, "g"), terms).over_time(rows)


def test_a_word_that_comes_up_rises_beyond_doubt():
    when = tell([0, 0, 1, 12])
    assert when.first == START + timedelta(days=60)
    assert when.last == START + timedelta(days=90)
    assert when.interval[0] > 0


def test_a_word_that_goes_out_falls():
    assert tell([15, 15, 15, 0]).interval[1] < 0


def test_a_word_that_as_many_say_each_time_is_steady_though_more_said_it_over_the_longer_time():
    when = tell([10, 10, 10, 10])
    assert when.trend == pytest.approx(0, abs=0.01)


def test_the_more_terms_are_asked_about_the_wider_the_limits():
    one, many = tell([0, 0, 1, 12]), tell([0, 0, 1, 12], terms=40)
    assert many.interval[0] < one.interval[0] < one.trend == many.trend


def test_a_month_says_nothing_of_a_trend():
    corpus, around = make_corpus([(f"g{n}", "d", "anvil", START + timedelta(days=n)) for n in range(20)])
    when = Clock(corpus, around, group_of(corpus, "g"), 1).over_time(np.arange(20))
    assert (when.first, when.trend) == (START, None)


def test_without_dates_nothing_is_known():
    corpus, around = make_corpus([("g1", "d", "anvil", None)])
    when = Clock(corpus, around, group_of(corpus, "g"), 1).over_time(np.arange(1))
    assert (when.first, when.last, when.trend, when.interval) == (None, None, None, None)
