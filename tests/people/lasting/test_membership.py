"""A fit under lasting ids and names."""

from __future__ import annotations

from datetime import date

import pytest

from overheard.people import Finding, Place, SegmentFit, carried_segments, membership_records, segment_records
from overheard.people.lasting.membership import segmentation_records
from overheard.people.segments.grouping import Trial
from overheard.people.segments.stability import Comeback
from overheard.records import Segment

NIGHT = date(2026, 3, 4)


def make_finding(name: str, *pains: str) -> Finding:
    return Finding(name, 6, Comeback(0.8, 0.7, 0.1), 0.4, 1.0, 0.9, pains, ())


def make_fit(*findings: Finding) -> SegmentFit:
    places = (Place("p", 0, 0.9, "needs-kmeans"), Place("q", None, 0.0, "ambiguous"))
    trials = (Trial(2, 0.2, 0.1, 0.6, 6, 0.9), Trial(3, 0.2, 0.1, 0.6, 6, 0.9))
    return SegmentFit(findings, places, 30, 0.025, 0.3, 0.8, trials, "constructive", "")


def test_a_segment_has_the_id_and_the_name_it_is_given() -> None:
    found = segment_records(make_fit(make_finding("slow payment", "late")), ["s-1"], ["late payers"])
    assert found == [Segment("s-1", "late payers", 6, 0.8, ("late",))]


def test_too_few_ids_for_the_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        segment_records(make_fit(make_finding("a"), make_finding("b")), ["s-1"], ["a", "b"])


def test_everybody_has_one_open_membership_from_tonight_on() -> None:
    rows = membership_records(make_fit(make_finding("a")).places, ["s-1"], NIGHT)
    assert [(row.person_id, row.segment_id, row.valid_from, row.valid_to) for row in rows] == [
        ("p", "s-1", NIGHT, None),
        ("q", None, NIGHT, None),
    ]


def test_what_was_measured_is_kept_with_the_number_chosen() -> None:
    fit = make_fit(make_finding("a"), make_finding("b"))
    whole, trials, checks = segmentation_records(fit, ["s-1", "s-2"], NIGHT, "recipe")
    assert (whole.fitted_on, whole.verdict, whole.known) == (NIGHT, "constructive", 30)
    assert [(trial.groups, trial.is_chosen) for trial in trials] == [(2, True), (3, False)]
    assert [(check.segment_id, check.told) for check in checks] == [("s-1", 0.9), ("s-2", 0.9)]


def test_a_segment_nobody_is_in_any_more_is_not_carried_on() -> None:
    before = {key: Segment(key, key, 5, 0.7, ()) for key in ("s-1", "s-2")}
    rows = membership_records(make_fit(make_finding("a")).places, ["s-1"], NIGHT)
    assert [(one.segment_id, one.people) for one in carried_segments(before, rows)] == [("s-1", 1)]
