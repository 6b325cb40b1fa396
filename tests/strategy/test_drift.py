from dataclasses import replace

from overheard.records import AcceptedSegment, SegmentLove
from overheard.strategy import Tonight, measure_drift

WORDS = ("net 30", "chasing", "late", "reminder", "statement")
PLACES = {str(number): "aaaaabbbcc"[number % 10] for number in range(40)}
ACCEPTED = (
    AcceptedSegment("a", "late", 0.5, WORDS, 0.8, 0.5, is_focus=True),
    AcceptedSegment("b", "typing", 0.3, ("keyboard",), 0.8, 0.2, is_focus=False),
    AcceptedSegment("c", "abroad", 0.2, (), 0.8, None, is_focus=False),
)


def love(share):
    return {"a": SegmentLove("a", 100, 0, 50, 100.0, share, share - 0.1, share + 0.1, 0.9)}


THEN = Tonight(PLACES, {"a": WORDS, "b": ("mouse",)}, {"a": 0.8, "b": 0.1}, love(0.5))


def over(tonight, accepted=ACCEPTED):
    return [(one.trigger, one.segment_id) for one in measure_drift(accepted, PLACES, tonight) if one.is_over]


def test_a_night_like_the_accepted_one_reopens_nothing():
    assert over(THEN) == []
    assert len(measure_drift(ACCEPTED, PLACES, THEN)) == 5


def test_each_move_is_told_by_its_own_measure():
    assert over(replace(THEN, words={"a": ("payroll", "pension", "late", "tax", "audit")})) == [("words", "a")]
    turned = {person: {"a": "a", "b": "c", "c": "b"}[segment] for person, segment in PLACES.items()}
    assert over(replace(THEN, places=turned)) == []
    moved = {person: ("b" if int(person) % 4 == 0 else segment) for person, segment in PLACES.items()}
    assert ("assignment", "") in over(replace(THEN, places=moved))
    others = {f"new {number}": "d" for number in range(40)}
    assert over(replace(THEN, places=PLACES | others)) == [("shares", "")]
    assert over(replace(THEN, stability={"a": 0.55})) == [("stability", "a")]
    assert over(replace(THEN, love=love(0.2))) == [("love", "a")]


def test_without_a_focus_every_segment_is_watched():
    nobody = tuple(replace(one, is_focus=False) for one in ACCEPTED)
    assert over(THEN, nobody) == [("words", "b"), ("stability", "b")]


def test_what_cannot_be_measured_is_no_drift():
    assert measure_drift((), {}, Tonight({}, {}, {}, {})) == ()


def test_a_segment_cut_in_two_or_two_made_one_is_no_other_mix_of_people():
    joined = {person: "a" if segment == "b" else segment for person, segment in PLACES.items()}
    cut = {person: f"c{int(person) % 20 > 9}" if segment == "c" else segment for person, segment in PLACES.items()}
    for places in (joined, cut):
        shares = [
            one for one in measure_drift(ACCEPTED, PLACES, replace(THEN, places=places)) if one.trigger == "shares"
        ]
        assert [(round(one.value, 9), one.is_over) for one in shares] == [(0, False)]
    came = joined | {f"new {number}": "c" for number in range(40)}
    assert ("shares", "") in over(replace(THEN, places=came))


def test_a_focus_that_is_gone_and_a_market_without_segments_reopen_the_bet():
    gone = {person: segment for person, segment in PLACES.items() if segment != "a"}
    assert ("stability", "a") in over(replace(THEN, places=gone, stability={}, words={}, love={}))
    nothing = Tonight({}, {}, {}, {})
    assert over(nothing) == [("assignment", "")]
