import random
from statistics import mean

import pytest

from overheard.proportion import difference_interval
from overheard.strategy.held_out import keep_best, score_chosen_groups
from overheard.strategy.love import effective_people, score_love


def feelings(very, somewhat, not_at_all, no_longer=0):
    return ["very"] * very + ["somewhat"] * somewhat + ["not"] * not_at_all + ["no longer"] * no_longer


def test_the_published_score_of_a_hundred_answers_is_22_percent():
    score = score_love(feelings(22, 52, 26))
    assert (score.share, score.answers, score.very) == (0.22, 100, 22)
    assert (score.low, score.high) == pytest.approx((0.1500, 0.3107), abs=5e-5)
    assert not score.is_loved


def test_of_the_published_path_the_first_step_may_be_chance_and_the_whole_way_is_not():
    path = [score_love(feelings(very, 60 - very, 40)) for very in (22, 33, 58)]
    assert [one.share for one in path] == [0.22, 0.33, 0.58]
    assert [one.is_loved for one in path] == [False, False, True]
    first, segmented, last = ((one.very, one.answers) for one in path)
    assert difference_interval(*segmented, *first)[0] < 0 < difference_interval(*last, *first)[0]


def test_who_no_longer_uses_it_is_in_no_denominator():
    assert score_love(feelings(22, 52, 26, no_longer=40)) == score_love(feelings(22, 52, 26))
    assert score_love(feelings(0, 0, 0, no_longer=3)).share is None


@pytest.mark.parametrize(
    ("answers", "standing"),
    [((1, 2, 1), "too few to show"), ((2, 2, 1), "direction only"), ((13, 13, 13), "direction only"),
     ((14, 13, 13), "told")],
)  # fmt: skip
def test_how_far_a_score_can_be_told_depends_on_its_answers(answers, standing):
    assert score_love(feelings(*answers)).standing == standing


def test_people_who_half_belong_count_half():
    assert effective_people([1, 0.5, 0.5]) == pytest.approx(2.6667, abs=5e-5)
    score = score_love(["very", "not", "very", "very", "somewhat"], [0.9, 0.8, 0.6, 0.4, 0.3])
    assert score.share == pytest.approx(0.6333, abs=5e-5)
    assert score.effective == pytest.approx(4.369, abs=5e-4)
    assert (score.low, score.high) == pytest.approx((0.2355, 0.9064), abs=5e-5)


@pytest.mark.parametrize(
    ("answers", "loved", "probably"),
    [((50, 50, 0), True, True), ((42, 58, 0), False, True), ((16, 24, 0), False, True), ((13, 17, 0), False, False),
     ((9, 31, 0), False, False)],
)  # fmt: skip
def test_love_is_strict_by_its_lower_limit_and_lenient_by_its_chance(answers, loved, probably):
    score = score_love(feelings(*answers))
    assert (score.is_loved, score.is_probably_loved) == (loved, probably)


@pytest.mark.slow
def test_personas_drawn_at_random_seem_to_be_loved_until_others_are_asked():
    drawn = random.Random(3)
    seen, held_out = [], []
    for trial in range(12):
        said = {f"persona {number}": [] for number in range(12)}
        for _ in range(150):
            said[f"persona {drawn.randrange(12)}"].append("very" if drawn.random() < 0.22 else "not")
        scored = score_chosen_groups({name: rows for name, rows in said.items() if rows}, keep_best(4), trial)
        seen.append(scored.seen.share)
        held_out.append(scored.held_out)
    assert mean(seen) > 0.31
    assert mean(held_out) == pytest.approx(0.22, abs=0.03)


def test_a_persona_that_really_loves_it_keeps_its_score_when_others_are_asked():
    said = {"firms": feelings(30, 20, 10), "schools": feelings(4, 30, 26)}
    scored = score_chosen_groups(said, keep_best(1), 1)
    assert scored.chosen == {"firms"}
    assert scored.held_out == pytest.approx(0.5, abs=0.03)
