import csv
import io
import json
from dataclasses import replace

import pytest

from overheard.people.assigning import Ask
from overheard.records import Membership
from overheard.report import render_report
from tests.report.make_findings import NIGHT, make_findings, make_settings
from tests.report.reading import pages_of

SHEETS = ("sheets.html", "sheets.csv", "sheets.md", "reading.csv")
"""They quote single people, and say so."""


def content_of(files):
    return json.loads(files["report.json"])


def without_sheets(files):
    return {name: content for name, content in files.items() if name not in SHEETS}


def test_a_pain_of_four_people_is_counted_and_not_shown():
    clean = make_findings()
    lost = {one.signal_id for one in clean.signals if one.person_id == "p11"}
    files = render_report(make_findings(placements=[one for one in clean.placements if one.signal_id not in lost]))
    content = content_of(files)
    assert [one["pain_id"] for one in content["pains"]] == ["log"]
    assert content["hidden_pains"] == 2
    assert "2 pains told by fewer than 5 people are not shown" in pages_of(files)["index.html"].words
    for name, page in without_sheets(files).items():
        assert b"strips" not in page or name == "segment-seg-mites.html", name
    assert b"drone brood" not in b"".join(without_sheets(files).values())


def test_a_segment_of_four_people_has_no_page_and_hides_among_the_unplaced():
    clean = make_findings()
    memberships = [replace(one, segment_id=None, method="ambiguous") if one.person_id == "p07" else one
                   for one in clean.memberships]  # fmt: skip
    files = render_report(make_findings(memberships=memberships))
    content = content_of(files)
    assert [one["segment_id"] for one in content["segments"]] == ["seg-log"]
    assert "segment-seg-mites.html" not in files
    assert content["hidden_segments"] == 1
    assert content["unplaced"]["share"]["people"] == 7
    assert [row["people"] for row in content["unplaced"]["reasons"]] == [None, None, None, None]
    assert not [row for row in csv.DictReader(io.StringIO(files["terms.csv"].decode())) if row["group_id"] != "seg-log"]


def test_a_pain_told_by_four_of_a_segment_is_not_on_its_page():
    clean = make_findings()
    moved = Membership("p05", None, 0.0, "ambiguous", NIGHT, None)
    stayed = Membership("p12", "seg-log", 0.9, "needs-kmeans", NIGHT, None)
    kept = [one for one in clean.memberships if one.person_id not in {"p05", "p12"}]
    lost = {one.signal_id for one in clean.signals if one.person_id == "p06"}
    placements = [one for one in clean.placements if one.signal_id not in lost]
    content = content_of(render_report(make_findings(memberships=[*kept, moved, stayed], placements=placements)))
    segment = next(one for one in content["segments"] if one["segment_id"] == "seg-log")
    assert segment["pains"] == []
    assert segment["hidden_pains"] == 2
    assert [one["pain_id"] for one in content["pains"]][-1] == "mites"


def test_requests_of_fewer_than_five_are_not_quoted():
    files = render_report(make_findings())
    assert b"I wish the scale" not in b"".join(without_sheets(files).values())
    words = pages_of(files)["segment-seg-log.html"].words
    assert "Fewer than 5 people say what they are glad of or wish for; too few to show." in words


def test_small_roles_and_sources_are_not_counted_out():
    content = content_of(render_report(make_findings()))
    assert {one["who"]: one["people"] for one in content["heard"]["left_out"]} == {
        "Interviewers": None, "Promoters": None, "Staff of a vendor": None
    }  # fmt: skip
    shown = {one["name"]: (one["people"], one["posts"]) for one in content["heard"]["sources"]}
    assert shown == {"smokers": (6, 8), "apiary": (None, None), "visits": (None, None)}


def test_events_of_small_groups_and_small_numbers_are_not_told():
    lines = content_of(render_report(make_findings()))["changes"]
    assert lines["hidden"] == 1
    assert {(one["kind"], one["name"], one["what"], one["evidence"]) for one in lines["lines"]} == {
        ("segment", "hive logs · forgotten inspections", "grew", ""),
        ("pain", "mite count, strips, wash", "grew", ""),
        ("pain", "", "is no longer heard", ""),
    }


def test_terms_are_shown_from_their_own_least_number_of_people_on():
    rows = csv.DictReader(io.StringIO(render_report(make_findings())["terms.csv"].decode()))
    assert {row["term"]: row["people"] for row in rows} == {"hive log": "4", "voice notes": "3", "mite count": "3"}
    few = [replace(one, people=2) for one in make_findings().terms]
    assert b"mite count" not in render_report(make_findings(terms=few))["terms.csv"]


@pytest.mark.parametrize(("smallest", "segments", "pains"), [(1, 2, 3), (6, 1, 1), (7, 0, 0)])
def test_the_smallest_group_is_a_setting(smallest, segments, pains):
    files = render_report(make_findings(settings=make_settings(privacy={"smallest_group": smallest})))
    content = content_of(files)
    assert (len(content["segments"]), len(content["pains"])) == (segments, pains)


def test_with_four_people_heard_nothing_about_them_is_shown():
    clean = make_findings()
    few = {"p01", "p02", "p03", "p04", "staff"}
    utterances = [one for one in clean.utterances if one.person_id in few]
    known = {one.utterance_id for one in utterances}
    signals = [one for one in clean.signals if one.utterance_id in known]
    files = render_report(make_findings(utterances=utterances, signals=signals, terms=[]))
    content = content_of(files)
    assert content["heard"]["people"] is None
    assert content["pains"] == content["segments"] == []
    assert pages_of(files)["index.html"].quotes == []
    assert set(SHEETS).isdisjoint(files)
    assert "Fewer than 5 people in 7 posts" in pages_of(files)["index.html"].words


def test_only_the_sheets_quote_single_people_and_they_say_so():
    files = render_report(make_findings())
    assert set(SHEETS) <= set(files)
    page = pages_of(files)["sheets.html"]
    assert "I wish the scale could write the hive log by itself." in page.quotes
    assert "Here single people are quoted" in page.words
    assert "Sheets quote single people and are for you alone" in pages_of(files)["index.html"].words


OPEN = ["p12", "p13", "p07", "p08", "p09", "p10", "p11"]
"""The first two are in no segment anyway, the others are one segment."""


@pytest.mark.parametrize(
    ("asked", "settled", "shown"),
    [(4, 4, []), (5, 5, []), (7, 5, [(7, None)]), (7, 7, [(7, 7)]), (7, 0, [(7, 0)])],
    ids=["four are asked", "two are asked nothing", "two are not settled", "all are settled", "nobody is settled"],
)
def test_a_question_for_people_in_no_segment_tells_of_no_small_group(asked, settled, shown):
    clean = make_findings()
    memberships = [replace(one, segment_id=None, method="ambiguous") if one.person_id in OPEN else one
                   for one in clean.memberships]  # fmt: skip
    pains = tuple(one.pain_id for one in clean.pains)
    asks = [Ask(one, "q1_x", pains, 0.9 if at < settled else 0.2) for at, one in enumerate(OPEN[:asked])]
    files = render_report(make_findings(memberships=memberships, asks=asks))
    told = content_of(files)["unplaced"]["asks"]
    assert [(one["people"], one["settled"]) for one in told] == shown
    assert ("What would settle it" in pages_of(files)["index.html"].words) == bool(shown)
    assert ("which is closest" in files["report.md"].decode()) == bool(shown)
