"""What became of families and parts of pains: told in plain sentences, and of nobody too few to show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from overheard.records import GroupEvent
from overheard.report import Earlier, Findings, read_night, render_report
from overheard.report.compose import compose_report
from overheard.report.nights.summary import NIGHT_FILE, Group, Night, night_of
from overheard.report.view import ReportView
from tests.report.make_findings import NIGHT, SWARM, blots_of, make_findings
from tests.report.reading import pages_of
from tests.report.test_levels import many_pains

BEFORE, WEEK = date(2026, 8, 20), date(2026, 8, 25)
FAMILIES = (Group("f9", "wet notebooks; lost pens", 6), Group("few", "secret glove", 4))
PARTS = (Group("part9", "notes in the rain", 5),)


def findings_of(events: Sequence[GroupEvent], **changes: Any) -> Findings:
    """Return findings with three families, f1 and f2 of pains of six people, beside a report of an earlier night."""
    earlier = Night("2026-08-21", "old", 12, 30, "2026-08-20", (), (), FAMILIES, PARTS)
    told: dict[str, Any] = {
        "night": NIGHT.isoformat(),
        "earlier": [Earlier("old-aa", earlier)],
        "pain_group_events": events,
    }
    return make_findings(**(many_pains() | told | changes))


def view_of(events: Sequence[GroupEvent], **changes: Any) -> ReportView:
    return compose_report(findings_of(events, **changes))


def told_of(*events: tuple[str, str, str], **changes: Any) -> list[str]:
    """Return the sentences of events (group, what, evidence) of this report's night."""
    view = view_of([GroupEvent(NIGHT, *event) for event in events], **changes)
    return [one.sentence for one in view.last_regrouped.changes] if view.last_regrouped else []


F2 = "Family of pains “pain number 2; pain number 3”"


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (("f2", "born", ""), f"{F2} is new: 6 of 13 people"),
        (("f2", "born", "most of it was in “wet notebooks; lost pens” before"),
         f"{F2} is new: 6 of 13 people; most of it was in “wet notebooks; lost pens” before"),
        (("f2", "renamed", "“wet notebooks; lost pens” → “pain number 2; pain number 3”"),
         f"{F2} has another name: 6 of 13 people; it was “wet notebooks; lost pens”"),
        (("f9", "died", "most of “wet notebooks; lost pens” is in “pain number 2; pain number 3” now"),
         "Family of pains “wet notebooks; lost pens” is no longer told apart: most of it is in “pain number 2; "
         "pain number 3” now, 6 of 13 people"),
        (("f9", "died", "nothing is left of “wet notebooks; lost pens”"),
         "Family of pains “wet notebooks; lost pens” is no longer told apart: 6 people then"),
        (("part9", "died", "nothing is left of “notes in the rain”"),
         "Part of a pain “notes in the rain” is no longer told apart: 5 people then"),
    ],
)  # fmt: skip
def test_what_became_of_a_family_or_a_part_is_one_sentence_with_its_people(event, sentence):
    assert told_of(event) == [sentence]


@pytest.mark.parametrize(
    ("event", "sentences"),
    [
        (("few", "died", "nothing is left of “secret glove”"), []),
        (("never shown", "died", "nothing is left of “secret glove”"), []),
        (("never shown", "born", ""), []),
        (("f2", "renamed", "“secret glove” → “pain number 2; pain number 3”"), []),
        (("f2", "born", "most of it was in “secret glove” before"), [f"{F2} is new: 6 of 13 people"]),
        (("f9", "died", "most of “wet notebooks; lost pens” is in “secret glove” now"),
         ["Family of pains “wet notebooks; lost pens” is no longer told apart: 6 people then"]),
    ],
)  # fmt: skip
def test_a_group_of_too_few_people_is_named_nowhere(event, sentences):
    assert told_of(event) == sentences
    files = render_report(findings_of([GroupEvent(NIGHT, *event)]))
    assert not [name for name, content in files.items() if b"secret glove" in content]


def test_what_is_hidden_is_counted():
    view = view_of([GroupEvent(NIGHT, "f2", "born", ""), GroupEvent(NIGHT, "few", "died", "")])
    assert view.last_regrouped is not None
    assert (len(view.last_regrouped.changes), view.last_regrouped.hidden) == (1, 1)


def test_since_an_earlier_night_what_came_and_went_in_between_is_no_news():
    events = [
        GroupEvent(BEFORE, "f1", "renamed", "“wet notebooks; lost pens” → “x”"),
        GroupEvent(WEEK, "passing", "born", ""),
        GroupEvent(NIGHT, "passing", "died", "nothing is left of “secret glove”"),
        GroupEvent(WEEK, "f2", "born", ""),
        GroupEvent(NIGHT, "f2", "renamed", "“wet notebooks; lost pens” → “pain number 2; pain number 3”"),
    ]
    since = view_of(events).regrouped["2026-08-21"]
    assert [one.sentence for one in since.changes] == [f"{F2} is new: 6 of 13 people"]
    assert (since.more, since.hidden) == (0, 0)


def test_it_is_told_where_a_reader_looks_for_what_changed():
    files = render_report(findings_of([GroupEvent(NIGHT, "f2", "born", "")]))
    pages = pages_of(files)
    sentence = f"{F2} is new: 6 of 13 people."
    for name in ("levels.html", "nights.html"):
        assert sentence in pages[name].words
    index = pages["index.html"].words
    assert "family of pains pain number 2; pain number 3 is new (6 of 13 people)" in index
    content = json.loads(files["report.json"])
    line = {"kind": "family of pains", "name": "pain number 2; pain number 3", "what": "is new",
            "evidence": "6 of 13 people"}  # fmt: skip
    assert content["regrouped"] == {"night": NIGHT.isoformat(), "lines": [line], "hidden": 0}
    assert line in content["changes"]["lines"]
    assert "- family of pains pain number 2; pain number 3 is new (6 of 13 people)" in files["report.md"].decode()


def test_in_the_lines_to_read_first_families_come_after_pains():
    quiet = Night("2026-08-21", "old", 13, 30, "", night_of(view_of([])).pains, night_of(view_of([])).segments)
    changes: dict[str, Any] = {"earlier": [Earlier("old-aa", quiet)]}
    since = view_of([GroupEvent(NIGHT, "f2", "born", "")], **changes).since
    assert since is not None
    assert (since.lines, since.more) == ((f"{F2} is new: 6 of 13 people.",), 0)


def test_the_last_regrouping_is_told_on_the_page_of_levels_until_the_next_one():
    files = render_report(findings_of([GroupEvent(WEEK, "f2", "born", "")]))
    assert "25 August 2026" in pages_of(files)["levels.html"].words.replace("\xa0", " ")
    assert "when pains were last grouped anew, 2026-08-25:" in files["report.md"].decode()
    assert "family of pains" not in pages_of(files)["index.html"].words.partition("What changed")[2]


def test_without_events_nothing_is_printed():
    files = render_report(findings_of([]))
    assert json.loads(files["report.json"])["regrouped"] is None
    assert "grouped anew" not in pages_of(files)["levels.html"].words
    assert "Families and parts" not in pages_of(files)["nights.html"].words


def test_a_name_somebody_must_not_be_found_by_is_blotted():
    event = ("f9", "died", "nothing is left of “wet notebooks; lost pens”")
    assert told_of(event, blots=blots_of("wet notebooks")) == [
        "Family of pains “[removed]; lost pens” is no longer told apart: 6 people then"
    ]


def test_a_report_keeps_its_families_for_the_next_one_and_reads_those_that_kept_none():
    files = render_report(findings_of([]))
    night = read_night(files[NIGHT_FILE])
    assert night is not None
    assert {one.group_id: (one.name, one.people) for one in night.families} == {
        "f1": ("pain number 1", 6), "f2": ("pain number 2; pain number 3", 6),
    }  # fmt: skip
    assert SWARM not in json.dumps(json.loads(files[NIGHT_FILE])["families"])
    old = json.loads(files[NIGHT_FILE])
    del old["families"], old["parts"]
    assert read_night(json.dumps(old).encode()) == replace(night, families=(), parts=())
