"""Nights between regroupings: members stay, newcomers join whom they need the same as."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from overheard.identity import match_groups
from overheard.people import Evidence, carry_places, fit_segments
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


@pytest.mark.slow
def test_a_new_need_is_born_once_at_a_regrouping() -> None:
    evidence, vectors, truth = make_market()
    two = [one for one in evidence if truth[one.person_id] != "stall"]

    def groups(rows: list[Evidence]) -> list[frozenset[str]]:
        places = fit_segments(rows, vectors, SETTINGS).places
        segments = sorted({place.segment for place in places if place.segment is not None})
        return [frozenset(place.person_id for place in places if place.segment == row) for row in segments]

    first = match_groups({}, groups(two), "segment", date(2026, 3, 1))
    before = dict(zip(first.ids, groups(two), strict=True))
    later = match_groups(before, groups(evidence), "segment", date(2026, 3, 8))
    assert len(first.ids) == 2
    assert set(first.ids) < set(later.ids)
    born = [event for event in later.events if event.what == "born"]
    assert [event.group_id for event in born] == list(set(later.ids) - set(first.ids))
    again = match_groups(
        dict(zip(later.ids, groups(evidence), strict=True)), groups(evidence), "segment", date(2026, 3, 15)
    )
    assert (again.ids, again.events) == (later.ids, ())
