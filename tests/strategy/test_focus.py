import pytest

from overheard.strategy.focus import Candidate, Potential, Range, decide_focus, draw_potential, find_flips, share_to_win

EXACT = Range(1, 1, 1)


def segment(name, love_bound, likely, refusals=(), references=0.0, spread=0.0):
    people = Range(likely * (1 - spread), likely, likely * (1 + spread))
    return Candidate(name, refusals, love_bound, references, Potential(people, EXACT, EXACT))


A = segment("A", 0.46, 400_000)
B = segment("B", 0.52, 150_000)
C = segment("C", 0.20, 900_000, refusals=("not loved",))


@pytest.mark.parametrize(
    ("goal", "chosen", "feasible", "gap"),
    [
        (350_000, ("A",), True, 0),
        (500_000, ("A", "B"), True, 0),
        (1_000_000, ("A", "B"), False, 450_000),
    ],
)
def test_the_focus_is_the_smallest_loved_set_that_meets_the_goal(goal, chosen, feasible, gap):
    focus = decide_focus([C, B, A], goal, seed=1)
    assert (focus.segments, focus.is_feasible, focus.gap) == (chosen, feasible, gap)
    assert focus.refused == {"C": ("not loved",)}


def test_of_two_that_would_do_the_more_surely_loved_one_is_chosen_then_the_better_connected():
    loved, known = segment("loved", 0.50, 10), segment("known", 0.45, 90, references=0.9)
    assert decide_focus([loved, known], 10, seed=1).segments == ("loved",)
    equal = [segment("x", 0.45, 10, references=0.1), segment("y", 0.45, 10, references=0.2)]
    assert decide_focus(equal, 10, seed=1).segments == ("y",)


def test_without_an_eligible_segment_there_is_no_focus_and_the_whole_goal_is_missing():
    focus = decide_focus([C], 100, seed=1)
    assert (focus.segments, focus.is_feasible, focus.gap, focus.chance) == ((), False, 100, 0.0)


def test_the_chance_of_meeting_the_goal_is_drawn_over_the_ranges():
    wide = segment("wide", 0.5, 100, spread=0.5)
    assert decide_focus([wide], 100, seed=1).chance == pytest.approx(0.5, abs=0.02)
    assert decide_focus([wide], 49, seed=1).chance == 1.0
    assert draw_potential([wide], 1).tolist() == draw_potential([wide], 1).tolist()
    # A quarter of the way up a triangle from 50 over 100 to 150 lies an eighth of its area.
    assert (draw_potential([wide], 1) < 75).mean() == pytest.approx(0.125, abs=0.01)


def test_the_number_that_flips_the_decision_is_named_with_the_value_at_which_it_does():
    one = Candidate("A", (), 0.5, 0.0, Potential(Range(100, 200, 300), Range(0.1, 0.1, 0.1), Range(10, 10, 12)))
    flips = find_flips([one], goal=180)
    assert [(flip.part, flip.flips) for flip in flips] == [("people", True), ("price", False), ("win rate", False)]
    assert (flips[0].at_low, flips[0].at_high, flips[0].breaks_at) == pytest.approx((100, 300, 180))


def test_a_beachhead_must_be_small_enough_to_be_led_and_large_enough_for_half_the_goal():
    assert share_to_win(10_000_000, 10_000_000) == (0.5, True)
    assert share_to_win(10_000_000, 40_000_000) == (0.125, False)
    assert share_to_win(10_000_000, 4_000_000) == (1.25, False)
