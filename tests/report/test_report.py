import os
import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from overheard.records import GroupEvent, Term
from overheard.report import render_report
from tests.report.make_findings import NIGHT, make_findings
from tests.report.reading import pages_of

EXPECTED = Path(__file__).parent / "expected"
REWRITE = "OVERHEARD_REWRITE_EXPECTED"
"""Set to write the expected files anew; then read their difference before you commit it."""


def empty_findings(**changes):
    lists = {one.name: [] for one in fields(make_findings()) if isinstance(getattr(make_findings(), one.name), list)}
    return make_findings(**lists | changes)


def test_the_report_of_the_beekeepers_is_the_one_we_read():
    files = render_report(make_findings())
    if os.environ.get(REWRITE):
        EXPECTED.mkdir(exist_ok=True)
        for old in EXPECTED.iterdir():
            old.unlink()
        for name, content in files.items():
            (EXPECTED / name).write_bytes(content)
    assert sorted(files) == sorted(path.name for path in EXPECTED.iterdir())
    for name, content in files.items():
        assert content == (EXPECTED / name).read_bytes(), f"{name} differs; if that is meant, run with {REWRITE}=1"


def test_the_order_of_records_does_not_matter():
    clean = make_findings()
    expected = render_report(clean)
    for seed in range(2):
        shuffled = {}
        for one in fields(clean):
            rows = getattr(clean, one.name)
            if isinstance(rows, list):
                shuffled[one.name] = random.Random(seed).sample(rows, len(rows))
        assert render_report(replace(clean, **shuffled)) == expected


def test_nothing_heard_reads_as_nothing_heard():
    files = render_report(empty_findings())
    page = pages_of(files)["index.html"]
    assert "Nothing was heard yet" in page.words
    assert "No segments: too few people" in page.words
    assert "nan" not in page.words.lower().split()
    assert set(files) == {
        "index.html", "search.html", "method.html", "nights.html", "report.md", "report.json", "report.schema.json",
        "night.json", "pains.csv", "segments.csv", "terms.csv",
    }  # fmt: skip


def test_without_segments_pains_words_and_questions_are_still_there():
    clean = make_findings()
    places = [replace(one, segment_id=None, method="insufficient-evidence") for one in clean.memberships]
    questions = [replace(one, kind="question") if one.kind != "pain" and one.person_id != "p07" else one
                 for one in clean.signals]  # fmt: skip
    term = Term("market", "hive log", 6, 7, 0, 0.0, (0.0, 0.0), 2.0, (("paper-logs-1", 3, 11),))
    findings = make_findings(
        segments=[], segment_events=[], memberships=places, signals=questions, terms=[*clean.terms, term]
    )
    page = pages_of(render_report(findings))["index.html"]
    assert "No segments: too few people told enough" in page.words
    assert "6 of 13 people" in page.words
    assert "hive log the whole market 6 of 13 – –" in page.words
    assert "What they ask: ideas for pieces that answer it" in page.words


def test_people_who_told_enough_but_fall_into_no_groups_are_not_called_too_few():
    clean = make_findings()
    one = clean.utterances[0]
    crowd = [replace(one, utterance_id=f"u{at}", person_id=f"q{at}") for at in range(25)]
    places = [
        replace(clean.memberships[0], person_id=f"q{at}", segment_id=None, method="no-segments") for at in range(25)
    ]
    findings = empty_findings(documents=clean.documents, utterances=crowd, memberships=places)
    page = pages_of(render_report(findings))["index.html"]
    assert "No segments: 25 people told enough, but their needs do not fall into groups" in page.words


def test_the_first_night_tells_no_changes():
    events = [GroupEvent(NIGHT, "log", "born", "6 members"), GroupEvent(NIGHT, "mites", "born", "5 members")]
    page = pages_of(render_report(make_findings(pain_events=events, segment_events=[])))["index.html"]
    assert "is the first one told: everything is new" in page.words


def test_only_the_newest_night_is_told():
    old = GroupEvent(NIGHT.replace(day=1, month=1), "log", "shrank", "9 to 6 members")
    page = pages_of(render_report(make_findings(pain_events=[*make_findings().pain_events, old])))["index.html"]
    assert "9 to 6" not in page.words


def test_words_of_staff_promoters_and_interviewers_are_nowhere():
    content = b"".join(render_report(make_findings()).values())
    assert b"smart log sync" not in content
    assert b"Turbo hive" not in content
    assert b"what happens then" not in content


def test_a_text_with_a_broken_character_is_still_written():
    utterances = [replace(one, text=one.text + " \ud800") for one in make_findings().utterances]
    signals = [replace(one, end=one.end + 2) if one.utterance_id == "treatment-0" else one
               for one in make_findings().signals]  # fmt: skip
    files = render_report(make_findings(utterances=utterances, signals=signals))
    assert b"keeps me awake. ?" in files["segment-seg-mites.html"]


@pytest.mark.slow
def test_a_large_market_keeps_its_page_readable():
    """Sixty pains are told in the tables; the page shows the first twenty and says so."""
    clean = make_findings()
    pain = next(one for one in clean.pains if one.pain_id == "log")
    mine = [one for one in clean.placements if one.pain_id == "log"]
    pains, placements, signals = [], [], []
    by_id = {one.signal_id: one for one in clean.signals}
    for number in range(60):
        pains.append(replace(pain, pain_id=f"pain{number}", name=f"pain number {number}"))
        for place in mine:
            signals.append(replace(by_id[place.signal_id], signal_id=f"{place.signal_id}-{number}"))
            placements.append(replace(place, signal_id=signals[-1].signal_id, pain_id=f"pain{number}"))
    files = render_report(make_findings(pains=pains, placements=placements, signals=signals))
    page = pages_of(files)["index.html"]
    assert "40 of 60 pains are told by fewer people than these" in page.words
    assert files["pains.csv"].count(b'"everybody"') == 60
    segment = pages_of(files)["segment-seg-log.html"]
    assert "48 of 60 pains are told by fewer of them than these" in segment.words
    linked = [one["href"] for one in page.all("a") if one["href"].startswith("segment-seg-log.html#")]
    assert len(linked) == 3
    assert {link.split("#")[1] for link in linked} <= {attributes.get("id") for _, attributes in segment.tags}
