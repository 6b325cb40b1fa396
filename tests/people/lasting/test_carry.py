"""Nights between regroupings: members stay, newcomers join whom they need the same as."""

from __future__ import annotations

import numpy as np

from overheard.people import Evidence, carry_places
from tests.people.segments.test_fit import NEEDS, SETTINGS, make_market

NUMBERS = {need: number for number, need in enumerate(NEEDS)}


def test_newcomers_join_and_members_stay() -> None:
    evidence, vectors, truth = make_market()
    new = {"glaze-00", "clay-00", "stall-00"}
    before = {person: NUMBERS[need] for person, need in truth.items() if person not in new}
    places = {place.person_id: place for place in carry_places(evidence, vectors, before, SETTINGS)}
    assert {person: places[person].segment for person in truth} == {
        person: NUMBERS[need] for person, need in truth.items()
    }


def test_a_member_who_now_speaks_of_something_else_moves() -> None:
    evidence, vectors, truth = make_market()
    changed = [
        Evidence(one.person_id, one.document_id, None, 1, " ".join(NEEDS["stall"][:4]), 125)
        if one.person_id == "glaze-00"
        else one
        for one in evidence
    ]
    before = {person: NUMBERS[need] for person, need in truth.items()}
    places = {place.person_id: place for place in carry_places(changed, vectors, before, SETTINGS)}
    assert places["glaze-00"].segment == NUMBERS["stall"]


def test_a_member_between_two_stays_where_they_were() -> None:
    evidence, vectors, truth = make_market()
    torn = [Evidence("torn", f"thread-{i}", None, 1, evidence[row].text, row) for i, row in enumerate((0, 60, 6, 66))]
    for was in (None, NUMBERS["glaze"], NUMBERS["clay"]):
        before = {person: NUMBERS[need] for person, need in truth.items()} | ({} if was is None else {"torn": was})
        place = next(
            place for place in carry_places([*evidence, *torn], vectors, before, SETTINGS) if place.person_id == "torn"
        )
        if was is not None:
            assert place.segment == was
        assert np.isfinite(place.probability)


def test_who_says_too_little_is_in_none() -> None:
    evidence, vectors, truth = make_market()
    before = {person: NUMBERS[need] for person, need in truth.items()}
    short = Evidence("short", "thread-1", None, 1, "glaze crawls", 0)
    places = {place.person_id: place for place in carry_places([*evidence, short], vectors, before, SETTINGS)}
    assert (places["short"].segment, places["short"].method) == (None, "insufficient-evidence")
