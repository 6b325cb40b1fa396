import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report.figures import share_of, shielded, times_as_often
from tests.report.properties import PROPERTY


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Wilson 95 %
        (22, 100, 0.1500, 0.3107),
        (33, 100, 0.2456, 0.4269),
        (9, 40, 0.1232, 0.3750),
        (16, 40, 0.2635, 0.5540),
        (373, 731, 0.4741, 0.5463),
        (0, 10, 0.0, 0.2775),
        (2, 5, 0.1176, 0.7693),
        (4, 10, 0.1682, 0.6873),
    ],
)
def test_shares_carry_the_published_wilson_interval(count, total, low, high):
    share = share_of(count, total)
    assert share.low == pytest.approx(low, abs=5e-5)
    assert share.high == pytest.approx(high, abs=5e-5)


@PROPERTY
@given(st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_holds_its_share_and_stays_between_nobody_and_everybody(pair):
    share = share_of(*pair)
    assert 0 <= share.low <= share.point + 1e-12
    assert share.point - 1e-12 <= share.high <= 1


def test_a_percentage_of_fewer_than_forty_people_is_only_a_range():
    assert share_of(12, 39).percent == "likely 19 to 46%"
    assert share_of(12, 40).percent == "30%, likely 18 to 45%"
    assert share_of(0, 0).percent == ""


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 7}, {"a": 9, "b": 7}),
        ({"a": 9, "b": 4, "c": 7}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 4, "c": 3}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
        ({"a": 4}, {"a": None}),
        ({}, {}),
    ],
)
def test_a_small_cell_takes_the_next_smallest_with_it(counts, shown):
    assert shielded(counts, 5) == shown


@PROPERTY
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30)), st.integers(1, 12))
def test_no_small_cell_is_shown_and_none_can_be_worked_out(counts, smallest):
    shown = shielded(counts, smallest)
    assert all(count is None or count == 0 or count >= smallest for count in shown.values())
    hidden = [key for key, count in shown.items() if count is None]
    others = [key for key, count in shown.items() if count]
    assert len(hidden) != 1 or not others


@pytest.mark.parametrize(
    ("effect", "interval", "others", "words"),
    [
        (2.0, (1.0, 3.0), 9, "3.1 times as often (1.8 to 4.8)"),
        (1.0, (-0.5, 2.0), 9, "perhaps 1.8 times as often (0.7 to 3.1)"),
        (4.0, (1.0, 9.0), 0, "nobody else says it (at least 2 times as often)"),
        (math.inf, (3.0, math.inf), 0, "nobody else says it (at least 7.4 times as often)"),
        (9.0, (7.0, 12.0), 1, "28 times as often (24 to 29)"),
        (math.nan, (math.nan, math.nan), 9, ""),
    ],
)
def test_an_odds_ratio_is_said_as_a_ratio_of_shares(effect, interval, others, words):
    assert times_as_often(effect, interval, others, 99 if others == 9 else 43) == words


def test_without_others_there_is_nothing_to_compare_with():
    assert times_as_often(3.0, (1.0, 5.0), 0, 0) == ""


@PROPERTY
@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_the_ratio_of_shares_is_what_the_reader_would_work_out(here, elsewhere, data):
    """From the counts printed beside it, up to the half person added on each side."""
    mine = data.draw(st.integers(1, here))
    theirs = data.draw(st.integers(1, elsewhere))
    odds = ((mine + 0.5) / (here - mine + 0.5)) / ((theirs + 0.5) / (elsewhere - theirs + 0.5))
    words = times_as_often(math.log2(odds), (math.log2(odds), math.log2(odds)), theirs, elsewhere)
    expected = ((mine + 0.5) / (here + 1)) / ((theirs + 0.5) / (elsewhere + 1))
    said = words.removeprefix("perhaps ").split(" times")[0]
    said = "1" if said.startswith("as often") else said
    assert "more than 100" in words or float(said) == pytest.approx(expected, rel=0.05, abs=0.06)
