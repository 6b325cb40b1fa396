import pytest

from overheard.strategy.engine import Respondent, make_roadmap

ANSWERS = [
    ("Founder", "very", "speed", ""), ("Founder", "very", "speed", ""), ("Manager", "very", "focus", ""),
    ("Exec", "very", "speed", ""),
    ("Founder", "somewhat", "speed", "mobile"), ("Manager", "somewhat", "speed", "mobile"),
    ("Manager", "somewhat", "speed", "calendar"), ("Exec", "somewhat", "speed", "mobile"),
    ("Engineer", "somewhat", "speed", "mobile"), ("Engineer", "somewhat", "price", "API"),
    ("Engineer", "somewhat", "search", "themes"), ("Scientist", "somewhat", "price", ""),
    ("Scientist", "somewhat", "price", ""), ("Founder", "somewhat", "looks", "themes"),
    *[("Engineer", "not", "speed", "API")] * 3, *[("Scientist", "not", "price", "export")] * 2,
    ("Manager", "not", "focus", "price"),
]  # fmt: skip


@pytest.fixture
def respondents():
    return [
        Respondent(str(number), group, feeling, frozenset({benefit} - {""}), frozenset({request} - {""}))
        for number, (group, feeling, benefit, request) in enumerate(ANSWERS)
    ]


def test_twenty_answers_score_a_fifth_and_the_groups_that_love_it_two_fifths(respondents):
    kept = {one.group for one in respondents if one.feeling == "very"}
    assert kept == {"Founder", "Manager", "Exec"}
    assert make_roadmap(respondents).score.share == 0.20
    inside = make_roadmap(respondents, kept).score
    assert (inside.very, inside.answers, inside.share) == (4, 10, 0.40)


def test_only_fence_sitters_with_the_main_benefit_say_what_holds_back(respondents):
    whole = make_roadmap(respondents)
    assert (whole.main_benefit, whole.loved) == ("speed", (("speed", 3), ("focus", 1)))
    assert len(whole.fence_sitters) == 5
    assert whole.hold_backs == (("mobile", 4), ("calendar", 1))
    inside = make_roadmap(respondents, {"Founder", "Manager", "Exec"})
    assert len(inside.fence_sitters) == 4
    assert inside.hold_backs == (("mobile", 3), ("calendar", 1))


def test_without_anybody_who_loves_it_there_is_no_main_benefit_and_nobody_on_the_fence(respondents):
    cold = make_roadmap([one for one in respondents if one.feeling != "very"])
    assert (cold.main_benefit, cold.fence_sitters, cold.hold_backs) == ("", (), ())
    assert cold.disregarded == 16
