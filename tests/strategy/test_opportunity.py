import pytest

from overheard.errors import OverheardError
from overheard.strategy.opportunity import band_of, opportunity_score, top_two_box


@pytest.mark.parametrize(
    ("importance", "satisfaction", "score", "band"),
    [(9, 3, 15, "solid"), (9, 9, 9, "served or unimportant"), (8, 4, 12, "solid"), (9.5, 2.5, 16.5, "extreme"),
     (4, 8, 4, "served or unimportant"), (7, 2, 12, "solid"), (5, 0, 10, "worthwhile")],
)  # fmt: skip
def test_an_opportunity_is_importance_and_what_satisfaction_leaves_of_it(importance, satisfaction, score, band):
    assert opportunity_score(importance, satisfaction) == score
    assert band_of(score) == band


def test_ratings_count_by_their_top_two_boxes_and_never_by_their_mean():
    importance = top_two_box([5, 5, 4, 4, 3, 5, 4, 2, 5, 4])
    satisfaction = top_two_box([1, 2, 3, 2, 4, 2, 5, 3, 2, 1])
    assert (importance, satisfaction, opportunity_score(importance, satisfaction)) == (8.0, 2.0, 14.0)


@pytest.mark.parametrize("ratings", [[], [0, 3], [6]])
def test_ratings_outside_one_to_five_are_refused(ratings):
    with pytest.raises(OverheardError, match="1 to 5"):
        top_two_box(ratings)
