"""Drafts: their words with the quote behind each, EMPTY where nobody said anything, closed to what is hostile."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from overheard.records import FocusChoice, LandingVariant, Swap
from overheard.report import render_landings, render_report
from overheard.report.compose import compose_report
from overheard.report.drafts.evidence import stands_alone
from overheard.report.drafts.landing import VARIED
from overheard.report.drafts.papers import lint_tree
from overheard.report.drafts.views import Opportunity
from tests.report.make_findings import NIGHT, decided_findings, make_findings, make_settings

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
    landings = [one for drafts in view.drafts.values() for one in drafts.landings.values()]
    assert len(landings) == 4
    for landing in landings:
        for slot in landing.slots:
            assert slot.entries or slot.ask
            assert slot.owner == "market" or not slot.entries
            assert all(entry.quote is not None and entry.text == entry.quote.text for entry in slot.entries)


def test_no_sentence_stands_twice_on_a_landing_page(view):
    for drafts in view.drafts.values():
        for landing in drafts.landings.values():
            said = [entry.text for slot in landing.slots for entry in slot.entries]
            assert len(said) == len(set(said))


def test_variants_differ_in_headline_and_dream_alone_and_say_so_in_their_form(view):
    first, second = view.drafts["seg-log"].landings.values()
    assert (first.variant, second.variant) == ("a", "b")
    assert first.slots[0].entries != second.slots[0].entries
    assert "“hive log”" in first.about
    assert "“hive log”" not in second.about.partition(", with")[2]
    rest = [[slot for slot in one.slots if slot.name not in VARIED] for one in (first, second)]
    assert rest[0] == rest[1]
    files = render_landings(make_findings())
    for name, variant in ((LOG, "a"), ("landing-seg-log_b.html", "b")):
        assert ("utm_content", variant) in form_of(files[name]).fields


def test_every_sentence_of_a_landing_page_carries_where_it_was_said(view):
    page = render_landings(make_findings())[LOG].decode()
    quotes = [entry.quote for slot in view.drafts["seg-log"].landing.slots for entry in slot.entries]
    assert re.findall(r'data-quotes="([^"]*)"', page) == [one.quote_id for one in quotes]
    utterances = {one.utterance_id: one.text for one in make_findings().utterances}
    for one in quotes:
        utterance_id, _, span = one.quote_id.rpartition(":")
        start, end = map(int, span.split("-"))
        assert utterances[utterance_id][start:end] == one.text


def variants(first, second):
    rows = [LandingVariant("seg-log", "a", *first), LandingVariant("seg-log", "b", *second)]
    return compose_report(make_findings(landing_variants=rows)).drafts["seg-log"].trial


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ((40, 20, 8), (40, 30, 24), "Too few to tell which is better: a difference of 10 points shows from about 388"),
        ((400, 200, 80), (400, 300, 160), "Variant b does better, by 14 to 26 points"),
        ((400, 300, 160), (400, 200, 80), "Variant a does better, by 14 to 26 points"),
        ((500, 100, 100), (500, 100, 101), "No difference is to be seen"),
    ],
)
def test_which_variant_is_better_is_said_when_enough_came_and_no_sooner(first, second, told):
    assert variants(first, second)[-1].startswith(told)


def test_variants_of_few_visitors_are_not_counted_out():
    assert variants((4, 2, 1), (3, 0, 0)) == ()
    few = variants((30, 20, 3), (4, 2, 1))
    assert few[0] == "Variant a: 30 visitors; too few on one side to count out"
    assert few[1] == "Variant b: fewer than 5 visitors"


def test_one_variant_alone_is_compared_with_nothing():
    rows = [LandingVariant("seg-log", "a", 90, 60, 30)]
    trial = compose_report(make_findings(landing_variants=rows)).drafts["seg-log"].trial
    assert "Only one variant was shown" in trial[-1]


def test_a_product_takes_their_word_where_more_say_it_and_keeps_its_own_where_they_say_it_too():
    quote = make_findings().terms[0].examples
    swaps = [
        Swap("seg-log", "register", 1, "A register", "log", "say theirs", 9, 1, 7, 3.0, (1.0, 5.0), quote),
        Swap("seg-log", "hives", 2, "Your hives", "", "keep yours", 9, 8, 0, 0.0, (0.0, 0.0), quote),
        Swap("seg-log", "synergy", 3, "Our synergy", "", "no customer word", 9, 0, 0, 0.0, (0.0, 0.0), ()),
    ]
    words = compose_report(make_findings(swaps=swaps)).drafts["seg-log"].words
    change, *own, keep = words
    assert (change.concept, change.word, change.theirs.counted, change.yours.counted) == (
        "register", "log", "7 of 9", "1 of 9"
    )  # fmt: skip
    assert (keep.concept, keep.word) == ("hives", "hives")
    assert all(not one.concept and one.others is not None for one in own)
    assert "synergy" not in {one.word for one in words}


def test_the_products_words_are_a_table_no_spreadsheet_runs():
    swaps = [Swap("seg-log", "=1+1", 1, "x", "@log", "say theirs", 9, 1, 7, 3.0, (1.0, 5.0), ())]
    table = render_report(make_findings(swaps=swaps))["product-words.csv"].decode()
    assert '"\'@log","\'=1+1","7","9","1"' in table


def test_what_those_who_would_miss_it_name_stands_with_its_count_among_the_worth():
    drafts = compose_report(decided_findings()).drafts["seg-log"]
    value = next(slot for slot in drafts.papers[1].slots if slot.name == "Value")
    assert any("glove (9 of 25)" in entry.text and entry.quote is None for entry in value.entries)


def test_the_founders_metric_stands_on_the_canvas_and_on_the_tree():
    settings = make_settings(strategy={"outcome": "inspections logged a week"})
    found = make_findings(focus_choices=[FOCUS], settings=settings)
    canvas = compose_report(found).drafts["seg-log"].focus_only[0]
    assert [one.text for slot in canvas.slots if slot.name == "Key metrics" for one in slot.entries] == [
        "inspections logged a week"
    ]
    assert b"What it shall change: <b>inspections logged a week</b>" in render_report(found)["drafts-seg-log.html"]


@pytest.mark.parametrize(
    ("sentence", "is_alone"),
    [
        ("I lose my notes between the hive and the house.", True),
        ("Otherwise I love the bees and the neighbours are kind.", False),
        ("Not being funny but the smoker is out again today.", False),
        ("It is always the same with that old strip of theirs.", False),
        ("Still life is good.", False),
    ],
)
def test_an_aside_is_no_headline(sentence, is_alone):
    assert stands_alone(sentence) is is_alone


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


def test_words_for_the_product_and_both_variants_are_in_the_text_and_in_the_json():
    swap = Swap("seg-log", "register", 1, "A register", "log", "say theirs", 9, 1, 7, 3.0, (1.0, 5.0), ())
    findings = make_findings(swaps=[swap])
    files, view = render_report(findings), compose_report(findings)
    drafts = {one["segment_id"]: one["drafts"] for one in json.loads(files["report.json"])["segments"]}
    for segment_id, told in drafts.items():
        own = view.drafts[segment_id]
        assert [one["call_it"] for one in told["product_words"]] == [one.word for one in own.words]
        assert {one["file"]: one["variant"] for one in told["landings"]} == {
            file: one.variant for file, one in own.landings.items()
        }
    [change, *_] = drafts["seg-log"]["product_words"]
    assert (change["your_page_says"], change["theirs"]["people"], change["yours"]["people"]) == ("register", 7, 1)
    text = files["report.md"].decode()
    assert "- log: said by 7 of 9, your page’s “register” by 1 of 9; more of them say it" in text
    assert text.count("#### Landing page, variant a") == text.count("#### Landing page, variant b") == 2
    _, second = view.drafts["seg-log"].landings.values()
    part = text.partition("#### Landing page, variant b")[2].partition("####")[0]
    assert second.slots[0].entries[0].text in part
    assert "**Fix.**" not in part
    assert "- **Fix.** EMPTY, yours to write" in text
