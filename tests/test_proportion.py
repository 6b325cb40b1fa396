import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.proportion import chance_of_at_least, difference_interval, people_needed, wilson_interval


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (22, 100, 0.1500, 0.3107),
        (33, 100, 0.2456, 0.4269),
        (58, 100, 0.4821, 0.6720),
        (9, 40, 0.1232, 0.3750),
        (16, 40, 0.2635, 0.5540),
        (13, 30, 0.2738, 0.6080),
        (42, 100, 0.3280, 0.5179),
        (50, 100, 0.4038, 0.5962),
        (373, 731, 0.4741, 0.5463),
        (0, 10, 0.0, 0.2775),
        (2, 5, 0.1176, 0.7693),
        (4, 20, 0.0807, 0.4160),
        (4, 10, 0.1682, 0.6873),
        (0, 0, 0.0, 1.0),
    ],
)
def test_shares_have_their_published_interval(count, total, low, high):
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("share", "people"),
    [(0.60, 21), (0.55, 41), (0.50, 83), (0.45, 350)],
)
def test_the_lower_limit_reaches_forty_percent_from_a_known_number_of_people_on(share, people):
    reaching = [wilson_interval(round(share * asked), asked)[0] >= 0.40 for asked in range(5, people + 1)]
    assert reaching.index(True) == people - 5


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((58, 100), (22, 100), 0.2265, 0.4756),
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((12, 30), (9, 45), -0.0070, 0.3989),
    ],
)
def test_two_shares_differ_by_the_published_interval(one, other, low, high):
    assert difference_interval(*one, *other) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "total", "chance"),
    [(16, 40, 0.5043), (13, 30, 0.6490), (42, 100, 0.6604), (50, 100, 0.9786), (24, 40, 0.9946), (9, 40, 0.0099)],
)
def test_the_chance_that_forty_percent_are_reached(count, total, chance):
    assert chance_of_at_least(count, total, 0.40) == pytest.approx(chance, abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_difference_to_oneself_holds_zero(pair):
    low, high = difference_interval(*pair, *pair)
    assert low <= 0 <= high


@pytest.mark.parametrize(
    ("share", "difference", "people"), [(0.10, 0.10, 199), (0.20, 0.10, 294), (0.50, 0.10, 388), (0.95, 0.10, 141)]
)
def test_a_difference_needs_as_many_people_as_is_published(share, difference, people):
    assert people_needed(share, difference) == people
