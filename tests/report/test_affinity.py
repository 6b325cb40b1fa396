import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from overheard.people import Evidence, find_affinity
from overheard.records import Membership, Segment, Signal
from overheard.report import render_report, short_person
from overheard.settings import PeopleSettings, Settings
from tests.eight_interviews import NIGHT, SAID, make_evidence, make_tables
from tests.report.make_findings import blots_of, make_findings
from tests.report.reading import pages_of

SETTINGS = Settings(market={"name": "Small bakeries"}, source=[{"kind": "transcripts", "name": "talks", "files": "*"}])
NAMES = {text: person for person, said in SAID.items() for _, text, _ in said}
NOTHING = {name: [] for name in ("pain_events", "segments", "segment_events", "memberships", "terms", "skips")}


def make_eight(people=tuple(SAID), **changes):
    affinity = find_affinity(*make_evidence(people), PeopleSettings())
    waiting = [Membership(person, None, 0.0, "no-segments", NIGHT, None) for person in people]
    more = NOTHING | make_tables(people) | {"memberships": waiting, "source_kinds": [], "settings": SETTINGS}
    return make_findings(**more | {"affinity": affinity, "blots": blots_of()} | changes)


def in_segments(**members):
    """Segments made by hand and where their people are."""
    segments = [Segment(name, name, len(people), 0.0, (), by_hand=True) for name, people in members.items()]
    rows = [Membership(one, name, 1.0, "by-hand", NIGHT, None) for name, people in members.items() for one in people]
    return {"segments": segments, "memberships": rows}


@pytest.fixture(scope="module")
def files():
    return render_report(make_eight())


@pytest.fixture(scope="module")
def page(files):
    return pages_of(files)["affinity.html"]


def rows_of(files):
    return list(csv.DictReader(io.StringIO(files["affinity.csv"].decode(), newline="")))


def test_eight_interviews_give_no_statistics_and_say_so(files, page):
    assert "There are no statistics here. 8 people told enough to be compared" in page.words
    assert "Segments are looked for from 20 people who told enough: 12 people more" in page.words
    assert json.loads(files["report.json"])["segments"] == []
    index = pages_of(files)["index.html"]
    assert "Among fewer, any two who agree look like a segment." in index.words
    assert {"href": "affinity.html"} in index.all("a")


def test_the_groups_are_a_proposal_and_never_called_a_segment(page):
    assert "These are no segments: nobody has judged them" in page.words
    assert all(f"Group {letter}: people" in page.words for letter in "ABCD")


def test_the_grid_shows_every_two_people_on_both_sides(page):
    squares = [one["class"] for one in page.all("rect") if one["class"] != "frame"]
    assert {shade: squares.count(shade) for shade in set(squares)} == {"s3": 8, "s2": 6, "s1": 14, "s0": 28}
    assert len(page.all("circle")) == 8
    assert len([one for one in page.all("rect") if one["class"] == "frame"]) == 4
    assert page.all("svg")[0]["role"] == "img"


def test_every_quote_is_what_somebody_said_word_for_word(page):
    assert len(page.quotes) >= 16
    assert {quote.strip() for quote in page.quotes} <= set(NAMES)


def test_the_table_has_every_two_people_with_what_both_say(files):
    rows = rows_of(files)
    assert len({(row["number_1"], row["number_2"]) for row in rows}) == 28
    assert [row["rank"] for row in rows] == sorted((row["rank"] for row in rows), key=int)
    for row in (row for row in rows if row["quote_1"]):
        assert short_person(NAMES[row["quote_1"]]) == row["person_1"]
        assert short_person(NAMES[row["quote_2"]]) == row["person_2"]
        assert row["url_2"].startswith(f"talks/{NAMES[row['quote_2']]}.vtt#t=")


def test_report_json_tells_who_is_like_whom_without_a_word_they_said(files):
    told = json.loads(files["report.json"])["affinity"]
    assert (told["people"], told["needed"], len(told["pairs"])) == (8, 12, 28)
    assert not [text for text in NAMES if json.dumps(text)[1:-1] in json.dumps(told)]


def test_nobody_is_quoted_alone_outside_the_pages_that_say_so(files):
    own = {"affinity.html", "affinity.csv", "sheets.html", "sheets.csv", "sheets.md", "reading.csv"}
    for name in set(files) - own:
        assert b"accordion" not in files[name], name
    assert "Keep this page to yourselves" in pages_of(files)["affinity.html"].words


def test_what_to_ask_names_those_who_have_not_told(page):
    assert "night baker”: told by" in page.words
    assert "Not told is not the same as not felt" in page.words


def test_segments_made_by_hand_take_the_place_of_the_proposal():
    made = in_segments(**{"pale loaves": ("ada", "bo"), "thirsty flour": ("cy", "dot", "eli")})
    files = render_report(make_eight(**made))
    page = pages_of(files)["affinity.html"]
    assert "pale loaves: people" in page.words
    assert "In no segment: people" in page.words
    assert "Groups to judge" not in page.words
    index = pages_of(files)["index.html"].words
    assert "A person made these segments by hand." in index
    assert "2 segments of fewer than 5 people are not shown" in index


def test_a_segment_made_by_hand_has_no_stability_and_is_not_forbidden():
    files = render_report(make_eight(**in_segments(ovens=("ada", "bo", "cy", "dot", "eli"))))
    (row,) = json.loads(files["report.json"])["segments"]
    assert (row["stability"], row["stability_word"], row["verdict"]) == (None, "made by hand", "thin")
    assert "made by hand, so its stability is not known" in row["reasons"]
    assert "Made by hand: a person judged who belongs together" in pages_of(files)["index.html"].words
    assert "- stability: made by hand" in files["report.md"].decode()


def test_a_market_smaller_than_the_smallest_group_has_no_such_page():
    files = render_report(make_eight(("ada", "bo", "cy", "dot")))
    assert "affinity.html" not in files and "affinity.csv" not in files
    assert json.loads(files["report.json"])["affinity"] is None


def test_somebody_found_to_be_staff_later_is_not_compared():
    clean = make_eight()
    roles = [replace(one, role="staff") if one.person_id == "ada" else one for one in clean.roles]
    files = render_report(make_eight(roles=roles))
    assert len({row["number_1"] for row in rows_of(files)}) == 6
    assert b"engineer two hundred" not in files["affinity.html"] + files["affinity.csv"]


def test_names_are_removed_and_markup_is_shown_as_text():
    said = "Ottilie Brandt <b>of the mill</b> sends rye flour that slumps in the dough and drinks water."
    tables = make_tables()
    utterances = [replace(one, text=said) if one.utterance_id == "u-cy-0" else one for one in tables["utterances"]]
    signals = [Signal(one.signal_id, one.utterance_id, one.person_id, 0, len(said), "pain", 2, 0.9, ())
               if one.utterance_id == "u-cy-0" else one for one in tables["signals"]]  # fmt: skip
    evidence, vectors, ids = make_evidence()
    at = ids.index("cy-0")
    evidence[at] = replace(evidence[at], text=said)
    vectors[at] = vectors[ids.index("dot-0")]
    affinity = find_affinity(evidence, vectors, ids, PeopleSettings())
    changed = {"utterances": utterances, "signals": signals, "affinity": affinity}
    files = render_report(make_eight(**changed, blots=blots_of("Ottilie Brandt")))
    assert b"Ottilie" not in files["affinity.html"] + files["affinity.csv"]
    assert b"&lt;b&gt;of the mill" in files["affinity.html"]


def test_a_grid_of_forty_people_is_drawn_whole():
    people = [f"{name}{copy}" for copy in range(5) for name in SAID]
    tables = {"documents": [], "utterances": [], "roles": [], "signals": [], "placements": []}
    evidence, ids = [], []
    for name, copy in ((name, copy) for copy in range(5) for name in SAID):
        made = make_tables((name,))
        tables["documents"] += [replace(one, document_id=f"{name}{copy}") for one in made["documents"]]
        tables["roles"] += [replace(one, person_id=f"{name}{copy}") for one in made["roles"]]
        for post, signal in zip(made["utterances"], made["signals"], strict=True):
            key = f"{post.utterance_id}{copy}"
            who = {"person_id": f"{name}{copy}", "utterance_id": key}
            tables["utterances"].append(replace(post, document_id=f"{name}{copy}", **who))
            tables["signals"].append(replace(signal, signal_id=f"s-{key}", **who))
            ids.append(f"s-{key}")
            evidence.append(Evidence(f"{name}{copy}", f"{name}{copy}", None, 1, post.text, None, interview=True))
    vectors = np.zeros((0, 3), dtype=np.float32)
    affinity = find_affinity(evidence, vectors, ids, PeopleSettings())
    files = render_report(make_eight(**tables, pains=[], memberships=[], affinity=affinity))
    page = pages_of(files)["affinity.html"]
    assert len(people) == 40
    assert len([one for one in page.all("rect") if one["class"] != "frame"]) == 40 * 39
    assert "This page counts nothing." in page.words
