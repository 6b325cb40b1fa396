import pytest

from overheard.customers.scales import read_feeling, read_rating


@pytest.mark.parametrize(
    ("said", "feeling"),
    [
        ("Very disappointed", "very"),
        ("Extremely disappointed!", "very"),
        ("I'd be somewhat disappointed", "somewhat"),
        ("Not disappointed (it isn't really that useful)", "not"),
        ("Not very disappointed", "not"),
        ("Not at all disappointed", "not"),
        ("N/A - I no longer use it", "no longer"),
        ("I don’t use it", "no longer"),
        ("Very", "very"),
        ("It saves me the whole of Friday", None),
        ("", None),
        ("very disappointed " * 9, None),
    ],
)
def test_feelings_are_read_as_people_pick_them(said, feeling):
    assert read_feeling(said) == feeling


@pytest.mark.parametrize(
    ("said", "rating"),
    [("4", 4), ("5.0", 5), ("4 - Very important", 4), ("1 (not at all)", 1), ("Extremely important", 5),
     ("Very satisfied", 4), ("Neutral", 3), ("Not very important", 2), ("Very dissatisfied", 1), ("Dissatisfied", 2),
     ("10", None),
     ("4/10", None), ("", None), ("six", None)],
)  # fmt: skip
def test_ratings_are_one_to_five_in_numbers_or_words(said, rating):
    assert read_rating(said) == rating
