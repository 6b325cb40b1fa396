"""The page of levels: what stands at each stop, and what must not be told there."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from overheard.records import PainGroup
from overheard.report import render_report
from tests.report.make_findings import LOG, MITES, SWARM, make_findings, make_settings
from tests.report.reading import pages_of


def make_group(level, group_id, name="", pains=(), signals=(), named_after=(), exemplars=()):
    return PainGroup(level, group_id, name, None, tuple(pains), tuple(signals), 0, tuple(exemplars), tuple(named_after))


def pains_alone(level):
    return [make_group(level, one, pains=(one,), named_after=(one,)) for one in (LOG, MITES, SWARM)]


def parts_of(pain_id, *shares):
    """Return parts of a pain with so many of its people each, in the order of their ids."""
    findings = make_findings()
    own = {one.signal_id for one in findings.placements if one.pain_id == pain_id}
    told = [one for one in findings.signals if one.signal_id in own]
    people = sorted({one.person_id for one in told})
    parts, at = [], 0
    for number, share in enumerate(shares):
        mine = people[at : at + share]
        at += share
        signals = [one.signal_id for one in told if one.person_id in mine]
        parts.append(make_group(1, f"part{number}", f"a part {number}", (pain_id,), signals))
    return parts


def render(groups, **changes):
    return render_report(make_findings(pain_groups=groups, **changes))


def levels_of(files):
    return json.loads(files["report.json"])["levels"]


FAMILIES = [
    *pains_alone(0),
    make_group(-1, "kept", "hive log; swarming", (LOG, SWARM), named_after=(LOG, SWARM)),
    make_group(-1, MITES, pains=(MITES,), named_after=(MITES,)),
]


def test_a_report_without_levels_has_no_page_of_them():
    files = render_report(make_findings(pain_groups=[]))
    assert {"levels.html", "levels.csv"}.isdisjoint(files)
    assert "levels.html" not in files["index.html"].decode()
    assert levels_of(files) == []


def test_a_family_of_one_shown_pain_is_that_pain_and_a_level_like_the_next_is_left_out():
    """The pain of too few people is neither counted in its family nor named."""
    files = render(FAMILIES)
    assert "levels.html" not in files
    assert levels_of(files) == []


def many_pains(count=4):
    """Return findings' parts with `count` copies of the log pain, told by the same people."""
    clean = make_findings()
    pain = next(one for one in clean.pains if one.pain_id == LOG)
    mine = [one for one in clean.placements if one.pain_id == LOG]
    by_id = {one.signal_id: one for one in clean.signals}
    pains, placements, signals = list(clean.pains), list(clean.placements), list(clean.signals)
    for number in range(count):
        pains.append(replace(pain, pain_id=f"pain{number}", name=f"pain number {number}"))
        for place in mine:
            signals.append(replace(by_id[place.signal_id], signal_id=f"{place.signal_id}-{number}"))
            placements.append(replace(place, signal_id=signals[-1].signal_id, pain_id=f"pain{number}"))
    groups = [make_group(0, one.pain_id, one.name, (one.pain_id,), named_after=(one.pain_id,)) for one in pains]
    copies = tuple(f"pain{number}" for number in range(count))
    groups += [
        make_group(-1, "f1", "said otherwise", (*copies[:2], SWARM), named_after=(copies[1], SWARM)),
        make_group(-1, "f2", "", (*copies[2:], LOG), named_after=copies[2:]),
        make_group(-1, MITES, "", (MITES,), named_after=(MITES,)),
    ]
    return {"pains": pains, "placements": placements, "signals": signals, "pain_groups": groups}


def test_families_tell_their_people_their_pains_and_one_quote():
    files = render_report(make_findings(**many_pains()))
    page = pages_of(files)["levels.html"]
    for words in ("3 families", "6 pains", "3 pains", "Pain number 2; pain number 3", "6 of 13 people"):
        assert words in page.words
    families = levels_of(files)[0]
    assert families["level"] == -1
    assert {one["group_id"]: len(one["pains"]) for one in families["groups"]} == {"f1": 2, "f2": 3, MITES: 1}
    assert all(one["quote"]["text"] for one in families["groups"])
    pains = levels_of(files)[1]["groups"]
    assert {one["parent_id"] for one in pains} == {"f1", "f2", MITES}
    rows = list(csv.DictReader(io.StringIO(files["levels.csv"].decode())))
    assert [(row["level"], row["group_id"]) for row in rows] == [
        (str(level["level"]), one["group_id"]) for level in levels_of(files) for one in level["groups"]
    ]


def test_a_pain_told_by_too_few_is_neither_named_nor_counted_anywhere_on_the_page():
    files = render_report(make_findings(**many_pains()))
    page = pages_of(files)["levels.html"]
    assert "swarm" not in page.words.lower()
    assert next(one for one in levels_of(files)[0]["groups"] if one["group_id"] == "f1")["share"]["people"] == 6


def test_pains_that_the_index_shows_are_linked_there():
    files = render_report(make_findings(**many_pains()))
    links = [
        one["href"] for one in pages_of(files)["levels.html"].all("a") if one["href"].startswith("index.html#pain-")
    ]
    anchors = {attributes.get("id") for _, attributes in pages_of(files)["index.html"].tags}
    assert links
    assert {link.split("#")[1] for link in links} <= anchors


def test_a_pain_is_shown_in_parts_where_each_has_enough_people():
    wide = pains_alone(0)
    files = render([*wide, *parts_of(LOG, 5, 1), *pains_alone(1)[1:]])
    assert levels_of(files) == []
    files = render(
        [*wide, *parts_of(LOG, 3, 3), *pains_alone(1)[1:]], settings=make_settings(privacy={"smallest_group": 3})
    )
    assert [one["level"] for one in levels_of(files)] == [0, 1]
    parts = levels_of(files)[1]["groups"]
    assert [one["name"] for one in parts if one["parent_id"] == LOG] == ["a part 0", "a part 1"]
    page = pages_of(files)["levels.html"]
    assert "part of hive log, notes, paper" in page.words
    assert "1 pain does not fall into parts" in page.words


@pytest.mark.parametrize("groups", [2, 3])
def test_the_slider_needs_no_script_and_the_usual_level_is_chosen(groups):
    findings = many_pains()
    if groups == 3:
        whole = tuple(one.pain_id for one in findings["pains"])
        findings["pain_groups"] += [make_group(-2, "g1", "", whole[:3]), make_group(-2, "g2", "", whole[3:])]
    page = render_report(make_findings(**findings))["levels.html"].decode()
    inputs = re.findall(r"<input [^>]*>", page)
    assert len(inputs) == groups
    assert [one for one in inputs if " checked" in one] == [inputs[-1]]
    ids = re.findall(r'<input [^>]*id="([^"]+)"', page)
    assert re.findall(r'<label for="([^"]+)"', page) == ids
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert all(f"#{one}:checked ~ .stops > :nth-child({at})" in style for at, one in enumerate(ids, 1))
    assert "<script" not in page
    assert page.count('class="usual"') == 1
