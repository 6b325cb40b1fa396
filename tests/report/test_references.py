"""The section "Do they reference each other?": what it tells, and of whom it keeps silent."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from overheard.people.reference import index
from overheard.records import Reference, SegmentReference, id_of
from overheard.report import references as shown
from overheard.report import render_report
from overheard.report.drawing import draw_references
from tests.report.make_findings import SEGMENTS, make_findings, make_settings
from tests.report.reading import pages_of

LOG = SEGMENTS["seg-log"][1]
MITES = SEGMENTS["seg-mites"][1]


def section_of(**changes: Any) -> tuple[str, dict[str, Any]]:
    """Return the words of the first segment's page and the JSON of its references."""
    files = render_report(make_findings(**changes))
    told = json.loads(files["report.json"])["segments"]
    own = next(one for one in told if one["segment_id"] == "seg-log")
    return pages_of(files)["segment-seg-log.html"].words, own["references"]


def refer(one: str, other: str, thread: str = "t", kind: Any = "reply") -> Reference:
    return Reference(id_of(one, other, thread, kind), one, other, kind, f"{thread}-{one}", None, thread, None)


def test_the_page_says_so_in_words_with_index_chance_and_kinds() -> None:
    words, told = section_of()
    assert "Do they reference each other? Yes, more than chance would have it. Level 2 of 3" in words
    assert "27 references by or to 7 people, 21 within the segment" in words
    assert "E-I index −0.56" in words
    assert "p below 0.001, below 0.001 corrected for all segments tested" in words
    assert "answer each other 5 5 of 6" in words
    assert told["level"] == "evident"
    assert told["index"] == -0.5556
    assert told["kinds"][0] == {"kind": "reply", "references": 5, "people": 5}


def test_the_thresholds_told_are_those_the_segments_were_compared_with() -> None:
    assert (shown.FEWEST_TIES, shown.FEWEST_TIED) == (index.FEWEST_TIES, index.FEWEST_TIED)
    row = SegmentReference("seg-log", 6, 9, 4, 0, "too few to tell", None, None, None, None, None)
    words, told = section_of(segment_references=[row])
    assert f"Too few references to tell. {index.FEWEST_TIES} references by or to {index.FEWEST_TIED} of them" in words
    assert "E-I index" not in words.partition("How this was made")[0]
    assert told["p"] is None


def test_a_market_compared_before_there_were_references_tells_nothing() -> None:
    words, told = section_of(references=[], segment_references=[])
    assert "Too few references to tell." in words
    assert told["people"] is None


@pytest.mark.parametrize(("people", "is_shown"), [(5, True), (4, False)])
def test_a_voice_few_refer_to_is_not_shown_and_no_voice_is_named(people: int, is_shown: bool) -> None:
    rows = [refer(one, "p02", f"t{at}") for at, one in enumerate([one for one in LOG if one != "p02"][:people])]
    words, told = section_of(references=rows)
    assert ("5 others refer to this voice, in 5 threads" in words) is is_shown
    assert [one["people"] for one in told["turned_to"]] == ([5] if is_shown else [])
    assert ("answer each other too few people to show" in words) is not is_shown
    assert "p02" not in words


def test_many_references_of_one_person_do_not_make_a_voice() -> None:
    _, told = section_of(references=[refer("p01", "p02", f"t{at}") for at in range(30)])
    assert told["turned_to"] == []
    assert told["kinds"][0] == {"kind": "reply", "references": None, "people": None}


def test_a_segment_of_whom_fewer_than_the_smallest_group_refer_shows_no_number() -> None:
    row = SegmentReference("seg-log", 4, 21, 6, 0, "evident", -0.5, 0.1, 0.0, 0.001, 0.001)
    words, told = section_of(segment_references=[row])
    assert "Fewer than 5 of them refer to anybody or are referred to." in words
    assert told["level"] == "too few to tell"
    assert (told["people"], told["internal"], told["kinds"], told["between"]) == (None, None, [], [])


def test_references_between_two_segments_of_few_people_are_not_drawn() -> None:
    few = [refer("p01", "p07"), refer("p02", "p07"), refer("p08", "p01")]
    assert section_of(references=few)[1]["between"] == [{"segment_number": 2, "references": None}]
    more = [*few, refer("p03", "p09"), refer("p03", "p09", kind="quote")]
    assert section_of(references=more)[1]["between"] == [{"segment_number": 2, "references": 4}]


def test_one_hidden_number_is_not_worked_out_from_the_others() -> None:
    """Three segments: few people are between the first and the third, so another of its numbers is hidden, too."""
    third = ("p13", "p12", "staff2", "p14", "p15")
    clean = make_findings()
    speaker = clean.utterances[0]
    more = [replace(speaker, utterance_id=f"u-{one}", person_id=one) for one in third]
    place = clean.memberships[0]
    memberships = [one for one in clean.memberships if one.person_id not in third]
    memberships += [replace(place, person_id=one, segment_id="seg-new") for one in third]
    rows = [refer(one, other) for one, other in zip(LOG, MITES, strict=False)] + [refer("p01", "p13")]
    _, told = section_of(
        utterances=[*clean.utterances, *more],
        segments=[*clean.segments, replace(clean.segments[0], segment_id="seg-new")],
        memberships=memberships,
        references=rows,
    )
    assert [one["references"] for one in told["between"]] == [None, None]


def test_staff_and_people_in_no_segment_are_not_counted_in() -> None:
    rows = [refer(one, "staff") for one in LOG] + [refer(one, "p12") for one in LOG]
    _, told = section_of(references=rows, settings=make_settings(privacy={"smallest_group": 1}))
    assert told["kinds"][0]["references"] == 0


@pytest.mark.parametrize("segments", range(1, 9))
def test_no_segment_is_drawn_over_another_or_over_the_edge(segments: int) -> None:
    for own in range(segments):
        drawn = draw_references([40] * segments, [9] * segments, {(0, 1): 3} if segments > 1 else {}, own)
        for node in drawn.nodes:
            assert node.radius <= node.x <= 360 - node.radius
            assert 10 <= node.label_y <= 266
            for other in drawn.nodes:
                apart = math.dist((node.x, node.y), (other.x, other.y))
                assert node is other or apart > node.radius + other.radius, (segments, own)
        assert [one.is_own for one in drawn.nodes].index(True) == own
        assert all(arc.count == ("3" if own in (0, 1) else "") for arc in drawn.arcs)
