import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.keyness import deviation_of_proportions, effective_people, herfindahl
from tests.keyness.patience import patient

LOUD = [18, 1, 1]
SPREAD = [2] * 10


@pytest.mark.parametrize(
    ("uses", "sizes", "expected"),
    [
        ([2, 1, 0], [1, 1, 1], 0.5),
        ([50, 25, 15, 10], [1, 1, 1, 1], 0.3333),
        ([0, 7, 0, 0], [1, 1, 1, 1], 1),
        ([9, 1, 0], [500, 300, 200], 0.5),
        ([*LOUD, *[0] * 9], [1] * 12, 0.8909),
        ([3], [100], 0),
    ],
    ids=["two thirds", "falling", "one of four", "unequal sizes", "one loud of twelve", "alone"],
)
def test_dispersion_gives_the_worked_values(uses, sizes, expected):
    assert deviation_of_proportions(np.array([uses]), np.array(sizes)) == pytest.approx([expected], abs=5e-5)


@pytest.mark.parametrize(("uses", "index", "people"), [(LOUD, 0.815, 1.227), (SPREAD, 0.1, 10)])
def test_a_loud_voice_is_one_and_ten_alike_are_ten(uses, index, people):
    assert herfindahl(np.array([uses])) == pytest.approx([index])
    assert effective_people(np.array([uses])) == pytest.approx([people], abs=5e-4)


said = st.lists(st.integers(0, 9), min_size=2, max_size=8).filter(any)


@patient
@given(said, st.integers(1, 50))
def test_dispersion_lies_between_none_and_one_and_knows_no_unit(uses, times):
    sizes = np.arange(1, len(uses) + 1)
    one = deviation_of_proportions(np.array([uses]), sizes)
    assert 0 <= one[0] <= 1 + 1e-12
    assert deviation_of_proportions(times * np.array([uses]), times * sizes) == pytest.approx(one)


@patient
@given(said)
def test_no_term_is_said_by_more_people_than_say_it(uses):
    assert 1 - 1e-9 <= effective_people(np.array([uses]))[0] <= np.count_nonzero(uses) + 1e-9
