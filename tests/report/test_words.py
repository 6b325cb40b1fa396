import csv
import io
import json
from dataclasses import replace

import pytest

from overheard.report import render_report
from overheard.report.compose import compose_report
from overheard.report.figures import share_of
from overheard.report.term_figures import figures_of
from tests.report.make_findings import make_findings
from tests.report.reading import pages_of

TERMS = make_findings().terms
MITES = next(term for term in TERMS if term.text == "mite count")


def view_of(**changes):
    """The words of the segment of mites, with `changes` to its one term."""
    terms = [replace(MITES, **changes), *(term for term in TERMS if term != MITES)]
    view = compose_report(make_findings(terms=terms))
    return next(one.terms for one in view.segments if one.segment_id == "seg-mites")


def figures(**changes):
    term = replace(MITES, **changes)
    return figures_of(term, share_of(term.people, 20), share_of(term.people_elsewhere, 40))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lrc": 1.2, "q": 0.9}, "at least 2.3 times as often"),
        ({"lrc": 0.0, "q": 0.05}, "more often, beyond chance"),
        ({"lrc": 0.0, "q": 0.051}, "perhaps more often"),
    ],
)
def test_how_sure_it_is_is_said_in_words(changes, words):
    assert figures(**changes).sure == words


@pytest.mark.parametrize(
    ("voices", "threads", "words"),
    [(9.0, 7, "evenly, 7 threads"), (5.0, 3, "unevenly, 3 threads"), (3.5, 1, "mostly a few, 1 thread")],
)
def test_how_evenly_ten_people_say_it_is_said_in_words(voices, threads, words):
    assert figures(people=10, effective_people=voices, threads=threads).spread == words


@pytest.mark.parametrize(
    ("interval", "word"), [((0.2, 3.0), "rising"), ((-3.0, -0.2), "falling"), ((-1.0, 2.0), ""), (None, "")]
)
def test_a_term_rises_or_falls_only_beyond_doubt(interval, word):
    assert figures(trend_interval=interval).direction == word


def test_a_term_of_one_voice_or_one_thread_is_kept_apart_and_without_quotes():
    for change in ({"effective_people": 2.9}, {"threads": 1}):
        view = view_of(people=6, **change)
        assert view.all == ()
        assert [one.text for one in view.one_voice] == ["mite count"]
        assert not hasattr(view.one_voice[0], "lines")


def test_a_term_of_one_voice_among_few_is_counted_and_not_named():
    view = view_of(people=4, effective_people=1.2)
    assert (view.one_voice, view.hidden_voices) == ((), 1)
    files = render_report(make_findings(terms=[replace(MITES, people=4, effective_people=1.2)]))
    assert "one voice: 1 word" in pages_of(files)["segment-seg-mites.html"].words
    assert "mite count" not in files["terms.csv"].decode()


def test_what_was_never_measured_is_shown_as_before():
    view = view_of(effective_people=None, people=6)
    assert [one.text for one in view.headline] == ["mite count"]
    assert view.headline[0].figures is None
    assert view.checked == ""


def test_the_page_says_how_words_did_on_people_who_did_not_choose_them():
    page = pages_of(render_report(make_findings(terms=[replace(MITES, people=6)])))["segment-seg-mites.html"]
    assert "looked for in the other half" in page.words
    assert "On average 40% of these people and 5% of the others say it there." in page.words


def test_terms_stand_under_what_they_are_about_in_one_order():
    terms = [replace(MITES, text=text, people=6, kind=kind) for text, kind in
             (("kiln", "thing"), ("crack", "problem"), ("chase", "action"), ("overdue", "problem"))]  # fmt: skip
    view = next(
        one.terms for one in compose_report(make_findings(terms=terms)).segments if one.segment_id == "seg-mites"
    )
    assert [(title, [one.text for one in rows]) for title, rows in view.by_kind] == [
        ("What goes wrong", ["crack", "overdue"]),
        ("What it is about", ["kiln"]),
        ("What they do", ["chase"]),
    ]


def test_the_table_and_the_json_tell_the_same_figures():
    files = render_report(make_findings())
    rows = {row["term"]: row for row in csv.DictReader(io.StringIO(files["terms.csv"].decode()))}
    told = {term["term"]: term for one in json.loads(files["report.json"])["segments"] for term in one["terms"]}
    assert rows.keys() == told.keys() == {term.text for term in TERMS}
    for text, term in told.items():
        for name in ("rate", "lrc", "q", "effective_people", "people_apart", "chosen", "unseen_here", "trend_low"):
            assert float(rows[text][name]) == pytest.approx(term[name]), name
        assert (rows[text]["kind"], rows[text]["first_said"]) == (term["kind"], term["first_said"])
