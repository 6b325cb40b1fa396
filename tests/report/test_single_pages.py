import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.records import Document, GroupEvent, LastingPain, Placement, Signal, Term, Utterance
from overheard.report import render_report
from overheard.report.single_pages.address import term_file
from overheard.report.single_pages.term_page import voices_of
from tests.report.make_findings import NIGHT, make_findings
from tests.report.properties import PROPERTY
from tests.report.reading import pages_of
from tests.report.test_pages import PAYLOADS, poison

PAIN = "pain-log.html"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def make_year(tellers, heard=20):
    """A year of a forum: each month `heard` people write a thread each, and `tellers[month]` of them tell a pain."""
    documents, utterances, signals, placements = [], [], [], []
    for month, telling in enumerate(tellers):
        for person in range(heard):
            key = f"{month:02}-{person:02}"
            said_at = START + timedelta(days=30 * month, hours=person)
            text = "The smoker bellows went flat on me again." if person < telling else "Lovely weather for bees."
            documents.append(Document(key, "apiary", f"https://apiary.example/t/{key}", f"Thread {key}", said_at))
            utterances.append(
                Utterance(
                    key, key, f"q{person:02}", 0, text, (), said_at, None, f"https://apiary.example/t/{key}#0", ""
                )
            )
            if person < telling:
                signals.append(Signal(f"s{key}", key, f"q{person:02}", 0, len(text), "pain", 1, 0.9, ("cue",)))
                placements.append(Placement(f"s{key}", "log", 0.9))
    return make_findings(
        documents=documents, utterances=utterances, signals=signals, placements=placements, roles=[], terms=[],
        references=[], segment_references=[], memberships=[], segments=[], segment_trials=[], segment_checks=[],
        segmentations=[],
    )  # fmt: skip


def make_headlines():
    return [Term("seg-log", "hive log", 6, 7, 1, 5.1, (1.9, 8.3), 3.4, (("paper-logs-1", 3, 11),))]


def test_a_pain_has_a_page_that_the_first_page_and_its_segment_link_to():
    pages = pages_of(render_report(make_findings()))
    for name in ("index.html", "segment-seg-log.html"):
        assert PAIN in {link["href"] for link in pages[name].all("a")}
    words = pages[PAIN].words
    assert words.startswith("Hive log, notes, paper: Keeping bees")
    assert "6 of 13 people" in words
    assert "31 August 2026: it is new" in words


def test_a_pains_page_quotes_nobody_twice_before_everybody_once():
    findings = make_findings()
    speaker = {}
    for one in findings.signals:
        text = next(row.text for row in findings.utterances if row.utterance_id == one.utterance_id)
        speaker[text[one.start : one.end].replace("Orla Threlkeld", "[removed]")] = one.person_id
    people = [speaker[quote] for quote in pages_of(render_report(findings))[PAIN].quotes]
    assert len(people) == 10
    assert len(set(people[:6])) == 6


def test_a_page_of_a_pain_many_tell_stays_short_and_says_of_how_many_it_is():
    clean = make_year([20] * 12)
    said = [replace(one, text=f"{one.text} Number {at} of them.") for at, one in enumerate(clean.utterances)]
    signals = [replace(one, end=len(text.text)) for one, text in zip(clean.signals, said, strict=True)]
    page = pages_of(render_report(replace(clean, utterances=said, signals=signals)))[PAIN]
    assert "60 of 240 sentences" in page.words
    assert len(page.quotes) == 60


@pytest.mark.parametrize(
    ("tellers", "shown"),
    [([8] * 12, True), ([8] * 8 + [3] * 4, True), ([1] * 12, False), ([0] * 11 + [8], False)],
    ids=["told all year", "told by too few later", "told by too few", "told at the end only"],
)  # fmt: skip
def test_a_line_over_time_is_drawn_where_enough_people_tell_most_of_the_time(tellers, shown):
    findings = make_year(tellers)
    if max(tellers) < 5:
        assert PAIN not in render_report(findings)
        return
    assert ("Share of the people heard" in pages_of(render_report(findings))[PAIN].words) is shown


def test_times_in_which_too_few_tell_are_a_gap_and_not_a_number():
    page = pages_of(render_report(make_year([9, 9, 9, 2, 9, 9, 9, 9, 9, 9, 9, 9])))[PAIN]
    assert page.words.count("too few people to show") == 1
    assert "2 of 20" not in page.words
    lines = [one for one in page.all("path") if one.get("class") == "line"]
    assert len(lines) == 2


def test_the_pains_beside_a_pain_are_those_alike_in_meaning():
    middles = {"log": (1.0, 0.0), "mites": (0.8, 0.6), "swarm": (0.9, 0.1)}
    lasting = [LastingPain(key, key, (), NIGHT, 5, middle) for key, middle in middles.items()]
    page = pages_of(render_report(make_findings(lasting_pains=lasting)))[PAIN]
    assert "Alike in meaning" in page.words
    # Too few people tell of swarms: no page, no name.
    assert {link["href"] for link in page.all("a") if link["href"].startswith("pain-")} == {"pain-mites.html"}


def test_numbers_of_few_people_in_a_pains_life_are_not_told():
    events = [GroupEvent(NIGHT, "log", "shrank", "9 to 3 members"), GroupEvent(NIGHT, "log", "grew", "5 to 10 members")]
    words = pages_of(render_report(make_findings(pain_events=events)))[PAIN].words
    assert "it grew (5 to 10 members)" in words
    assert "it shrank" in words
    assert "9 to 3" not in words


def test_a_change_of_fewer_people_than_may_be_shown_is_told_without_figures():
    events = [GroupEvent(NIGHT, "log", "grew", "5 to 9 members")]
    words = pages_of(render_report(make_findings(pain_events=events)))[PAIN].words
    assert "it grew" in words
    assert "5 to 9" not in words


def test_a_terms_page_counts_people_and_lines_it_up():
    pages = pages_of(render_report(make_findings(terms=make_headlines())))
    page = pages["term-hive-log.html"]
    assert "term-hive-log.html" in {link["href"] for link in pages["segment-seg-log.html"].all("a")}
    assert "5 of 13 people say it, 6 times" in page.words
    assert "6 of 6 uses" in page.words


def test_a_term_is_found_in_every_form_its_examples_have_but_not_in_quoted_words():
    clean = make_findings()
    first = clean.utterances[0]
    said = [
        replace(first, utterance_id=f"extra-{at}", person_id=f"q{at}", text=text, not_own=not_own, position=at)
        for at, (text, not_own) in enumerate(
            [
                ("My hive logs are wet.", ()),
                ("HIVE-LOG?", ()),
                ("> your hive log\nMine is fine.", ((0, 15),)),
                ("archive logbook", ()),
                ("the hive\nlog", ()),
            ]
        )
    ]
    term = Term("seg-log", "hive log", 6, 7, 1, 5.1, (1.9, 8.3), 3.4, (("extra-0", 3, 12),))
    own = {"extra-4": ()}
    findings = make_findings(utterances=[*clean.utterances, *said], terms=[term], own_words=own)
    page = pages_of(render_report(findings))["term-hive-log.html"]
    assert "“hive log”, “hive logs”" in page.words
    # The beekeepers' seven, "hive logs" and "HIVE-LOG": the last stands in what is nobody's running text.
    before = pages_of(render_report(make_findings(terms=[replace(term, examples=())])))["term-hive-log.html"]
    uses = [int(re.search(r"of (\d+) uses?, one a person", one.words)[1]) for one in (page, before)]
    assert uses[0] == uses[1] + 2


def test_only_terms_of_enough_people_get_a_page():
    few = replace(make_headlines()[0], text="voice notes", people=4)
    files = render_report(make_findings(terms=[*make_headlines(), few]))
    assert {name for name in files if name.startswith("term-")} == {"term-hive-log.html"}


@given(texts=st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=20, unique_by=str.casefold))
@PROPERTY
def test_no_two_terms_have_the_same_file_and_every_file_name_is_plain(texts):
    files = [term_file(text) for text in texts]
    assert len(set(files)) == len(files)
    assert all(re.fullmatch(r"term-[a-z0-9-]+\.html", name) and len(name) < 80 for name in files)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("voice notes", "term-voice-notes.html"),
        ("Tax", "term-tax.html"),
        ("../../etc", "term-etc-"),
        ("…", "term-word-"),
    ],
)
def test_a_plain_term_has_a_file_one_can_guess(text, file):
    assert term_file(text).startswith(file)


@given(uses=st.lists(st.integers(1, 500), min_size=1, max_size=200))
@PROPERTY
def test_voices_fill_the_whole_strip_and_never_count_more_people_than_there_are(uses):
    voices = voices_of(uses)
    assert abs(sum(block.width for block in voices.blocks) - 100) < 0.6
    assert 1 <= voices.alike <= len(uses) + 1e-9
    assert voices.loudest == max(uses)


def test_eighteen_uses_of_one_person_are_nearly_one_voice():
    assert voices_of([18, 1, 1]).alike == pytest.approx(400 / 326)
    assert voices_of([2] * 10).alike == pytest.approx(10)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_anybody_wrote_becomes_markup_on_a_page_of_its_own(payload):
    headline = replace(make_headlines()[0], text=payload, examples=())
    poisoned = poison(payload)
    said = [replace(one, text=one.text.replace("hive log", payload)) for one in make_findings().utterances]
    lasting = [LastingPain(one, payload, (payload,), NIGHT, 9, (1.0,)) for one in ("log", "mites")]
    events = [GroupEvent(NIGHT, "log", payload, payload)]
    pains = replace(poisoned, lasting_pains=lasting, pain_events=events)
    terms = make_findings(utterances=said, terms=[headline], signals=[], placements=[], pains=[])
    pages = {**pages_of(render_report(pains)), **pages_of(render_report(terms))}
    own = {name: page for name, page in pages.items() if name.startswith(("pain-", "term-"))}
    assert {name[:5] for name in own} == {"pain-", "term-"}
    for page in own.values():
        assert not {"script", "iframe", "img", "b onclick"} & {tag for tag, _ in page.tags}
        assert not [key for _, tag in page.tags for key in tag if key.startswith("on") or key in {"style", "srcdoc"}]
        assert not [link for link in page.all("a") if re.match(r"\s*(javascript|data):", link["href"] or "", re.I)]
        assert " ".join(payload.split()) in page.words


def test_every_page_of_its_own_is_reached_and_leads_back():
    pages = pages_of(render_report(make_findings(terms=make_headlines())))
    linked = {link["href"].split("#")[0] for page in pages.values() for link in page.all("a")}
    for name in ("pain-log.html", "pain-mites.html", "term-hive-log.html", "method.html", "nights.html"):
        assert name in linked
        assert "index.html" in {link["href"] for link in pages[name].all("a")}
