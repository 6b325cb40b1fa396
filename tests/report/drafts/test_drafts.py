"""Drafts: their words with the quote behind each, EMPTY where nobody said anything, closed to what is hostile."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from overheard.records import FocusChoice
from overheard.report import render_landings
from overheard.report.compose import compose_report
from overheard.report.drafts.papers import lint_tree
from overheard.report.drafts.views import Opportunity
from tests.report.make_findings import NIGHT, make_findings, make_settings

FOCUS = FocusChoice(NIGHT, ("seg-log",), True, 9.0, 8.0, 0.0, 0.6, "EUR", 0.6, 0.5)
LOG, MITES = "landing-seg-log.html", "landing-seg-mites.html"


class Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields, self.policy, self.tags = [], "", []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.tags.append(tag)
        if tag == "input":
            self.fields.append((told["name"], told["value"]))
        if told.get("http-equiv"):
            self.policy = told["content"]


def form_of(page):
    form = Form()
    form.feed(page.decode())
    return form


@pytest.fixture(scope="module")
def view():
    return compose_report(make_findings(focus_choices=[FOCUS]))


def test_every_word_of_a_slot_has_its_quote_or_the_slot_is_empty(view):
    for drafts in view.drafts.values():
        for slot in drafts.landing.slots:
            assert slot.entries or slot.ask
            assert slot.owner == "market" or not slot.entries
            assert all(entry.quote is not None and entry.text == entry.quote.text for entry in slot.entries)


def test_no_sentence_stands_twice_on_a_landing_page(view):
    for drafts in view.drafts.values():
        said = [entry.text for slot in drafts.landing.slots for entry in slot.entries]
        assert len(said) == len(set(said))


def test_canvas_tree_and_guide_are_for_the_focus_alone(view):
    focus, other = view.drafts["seg-log"], view.drafts["seg-mites"]
    assert [paper.title for paper in focus.focus_only] == ["Lean Canvas", "Questions for the next talks"]
    assert focus.tree
    assert (other.focus_only, other.tree) == ((), ())
    assert "no outcome is set" in focus.tree_faults[0]


def test_the_founders_boxes_of_the_canvas_stay_blank_and_the_others_are_quoted(view):
    canvas = {slot.name: slot for slot in view.drafts["seg-log"].focus_only[0].slots}
    assert canvas["Problem"].entries[0].quote is not None
    assert all(not slot.entries for slot in canvas.values() if slot.owner == "founder")


def test_a_visitor_says_which_sentence_is_theirs_and_the_page_says_where_they_came_from():
    settings = make_settings(strategy={"landing_action": "https://tap.example/told"})
    files = render_landings(make_findings(settings=settings))
    form = form_of(files[LOG])
    asked = [value for name, value in form.fields if name == "who"]
    assert asked == ["seg-log", "seg-mites", "none"]
    assert ("lp", "lp-seg-log") in form.fields
    assert ("utm_campaign", "lp-seg-log") in form.fields
    assert b'action="https://tap.example/told"' in files[LOG]
    assert "default-src 'none'" in form.policy
    assert "script" not in form.tags
    assert b"EMPTY: what your product does about it" in files[LOG]


def test_what_people_wrote_cannot_break_out_of_a_landing_page():
    findings = make_findings()
    # As long as what it replaces, so that the signal still points at it.
    hostile = [replace(one, text=one.text.replace("I lose my notes", "</h1><script>x<")) for one in findings.utterances]
    files = render_landings(replace(findings, utterances=hostile))
    assert b"&lt;/h1&gt;&lt;script&gt;" in files[LOG]
    assert all("script" not in form_of(files[name]).tags for name in (LOG, MITES))


def test_a_tree_without_quotes_or_with_one_idea_is_told_its_faults():
    bare = (Opportunity("losing notes", "5 of 9", ()),)
    faults = lint_tree("inspections logged a week", bare, {"losing notes": 1, "glove on": 3})
    assert len(faults) == 2
    assert "no quote" in faults[0]
    assert "compare at least 3" in faults[1]
    assert lint_tree("inspections logged a week", (), {}) == ("no opportunity: nobody's pain is shown here",)
