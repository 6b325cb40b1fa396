from datetime import date

import pytest

from overheard.people.lasting.by_hand import METHOD, apply_segment_edits
from overheard.records import Membership, Segment, SegmentEdit

NIGHT = date(2026, 11, 3)
LATE = Segment("late", "late payers", 2, 0.8, ("chasing",))
BANK = Segment("bank", "bank lines", 2, 0.7, ("matching",))
FITTED = {"ann": "late", "ben": "late", "cat": "bank", "dan": "bank", "eve": None}


def row(person, segment_id, method="needs-kmeans", probability=0.9):
    return Membership(person, segment_id, probability, method if segment_id else "ambiguous", NIGHT, None)


def lay(*edits, segments=(LATE, BANK), fitted=None):
    memberships = [row(*pair) for pair in (FITTED if fitted is None else fitted).items()]
    numbered = [SegmentEdit(number, NIGHT, **edit) for number, edit in enumerate(edits, 1)]
    laid, placed, ignored = apply_segment_edits(segments, memberships, list(reversed(numbered)), NIGHT)
    return {one.segment_id: one for one in laid}, {one.person_id: one for one in placed}, ignored


def place(person, segment_id, name=""):
    return {"action": "place", "person_id": person, "segment_id": segment_id, "name": name}


def merge(segment_id, other_id, name="together"):
    return {"action": "merge", "segment_id": segment_id, "other_id": other_id, "name": name}


def rename(segment_id, name):
    return {"action": "rename", "segment_id": segment_id, "name": name}


def homes(placed):
    return {person: one.segment_id for person, one in placed.items()}


def test_without_edits_the_fit_stands():
    segments, placed, ignored = lay()
    assert segments == {"late": LATE, "bank": BANK}
    assert homes(placed) == FITTED
    assert ignored == 0


def test_a_person_placed_by_hand_stays_there_whatever_the_fit_says():
    segments, placed, _ = lay(place("ann", "bank", "bank lines"), place("eve", "bank", "bank lines"))
    assert placed["ann"] == Membership("ann", "bank", 1.0, METHOD, NIGHT, None)
    assert placed["eve"].segment_id == "bank"
    assert {key: one.people for key, one in segments.items()} == {"late": 1, "bank": 4}
    assert not segments["bank"].by_hand


def test_a_person_taken_out_by_hand_is_in_no_segment():
    segments, placed, _ = lay(place("ann", ""))
    assert (placed["ann"].segment_id, placed["ann"].method) == (None, METHOD)
    assert segments["late"].people == 1


def test_without_a_fit_only_segments_made_by_hand_exist():
    nobody = dict.fromkeys(FITTED)
    segments, placed, _ = lay(place("ann", "h1", "chasers"), place("ben", "h1", "chasers"), segments=(), fitted=nobody)
    assert segments == {"h1": Segment("h1", "chasers", 2, 0.0, (), by_hand=True)}
    assert homes(placed) == nobody | {"ann": "h1", "ben": "h1"}


def test_a_segment_whose_people_all_were_moved_is_gone():
    segments, _, _ = lay(place("cat", "late", "late payers"), place("dan", "late", "late payers"))
    assert list(segments) == ["late"]


def test_a_segment_the_fit_has_lost_lives_on_with_those_placed_in_it():
    segments, _, _ = lay(
        place("ann", "late", "late payers"), segments=(BANK,), fitted=FITTED | {"ann": None, "ben": None}
    )
    assert segments["late"] == Segment("late", "late payers", 1, 0.0, (), by_hand=True)


def test_a_renamed_segment_keeps_its_name_and_figures():
    segments, _, ignored = lay(rename("late", "the unpaid"))
    assert segments["late"] == Segment("late", "the unpaid", 2, 0.8, ("chasing",))
    assert ignored == 0


def test_the_later_of_two_decisions_holds():
    assert lay(rename("late", "a"), rename("late", "b"))[0]["late"].name == "b"
    assert homes(lay(place("ann", "bank", "b"), place("ann", "late", "l"))[1])["ann"] == "late"


def test_merged_segments_are_one_and_its_stability_was_not_measured():
    segments, placed, _ = lay(merge("late", "bank"))
    assert segments == {"late": Segment("late", "late payers", 4, 0.0, ("chasing", "matching"), by_hand=True)}
    assert placed["cat"] == row("cat", "late")


def test_people_placed_in_a_segment_move_with_it_when_it_is_merged():
    _, placed, _ = lay(place("eve", "bank", "bank lines"), merge("late", "bank"))
    assert placed["eve"].segment_id == "late"


def test_merging_back_the_other_way_takes_everybody_along():
    segments, placed, _ = lay(merge("late", "bank"), merge("bank", "late"))
    assert set(homes(placed).values()) == {"bank", None}
    assert list(segments) == ["bank"]


def test_a_segment_merged_into_one_made_by_hand_takes_its_name():
    segments, _, _ = lay(place("eve", "h1", "the tired"), merge("h1", "late", "the tired"))
    assert segments["h1"] == Segment("h1", "the tired", 3, 0.0, ("chasing",), by_hand=True)


@pytest.mark.parametrize(
    ("clear", "left"),
    [
        ({}, FITTED),
        ({"person_id": "ann"}, {"ann": "late", "ben": "late", "cat": "late", "dan": "late", "eve": "late"}),
        ({"segment_id": "late"}, FITTED | {"ann": "bank"}),
    ],
)
def test_what_is_cleared_is_as_the_fit_has_it(clear, left):
    edits = (rename("late", "the unpaid"), merge("late", "bank"), place("ann", "bank", "b"), place("eve", "late", "l"))
    segments, placed, _ = lay(*edits, {"action": "clear", **clear})
    expected = left | ({"ann": "late"} if clear == {"person_id": "ann"} else {})
    assert homes(placed) == expected
    assert (segments["late"].name == "late payers") == (clear != {"person_id": "ann"})


def test_decisions_about_people_and_segments_that_are_gone_are_counted():
    _, placed, ignored = lay(place("zoe", "late", "late payers"), rename("gone", "nobody"))
    assert "zoe" not in placed
    assert ignored == 2


def test_what_was_decided_after_clearing_holds():
    assert homes(lay(place("ann", "bank", "b"), {"action": "clear"}, place("ben", "bank", "b"))[1]) == FITTED | {
        "ben": "bank"
    }
