"""A persona card tells a segment in its people's words, each line with its people or a quote, and what is missing."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from overheard.report import Findings
from overheard.report.compose import compose_report
from overheard.report.persona import EVENT, TRIGGER
from overheard.report.persona_view import CardPart, PersonaView
from overheard.report.render import render_report
from tests.report.make_findings import make_findings, make_settings

FIRST = date(2026, 5, 3).toordinal()


@dataclass(frozen=True)
class Known:
    """A field as a report is given it."""

    name: str
    unit: str = ""
    people: int = 11
    measure: str = "Cramér's V"
    effect: float | None = 0.8
    q: float | None = 0.004
    values: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    middles: dict[str, float] = field(default_factory=dict)


def card_of(findings: Findings, segment: str = "seg-log") -> PersonaView:
    return compose_report(findings).personas[segment]


def part_of(card: PersonaView, title: str) -> CardPart:
    return next(part for part in card.parts if part.title == title)


def test_a_card_has_seven_parts_and_says_plainly_what_is_missing() -> None:
    card = card_of(make_findings())
    assert [part.title for part in card.parts] == [
        "Jobs",
        "Pains that set them apart",
        "Triggers",
        "Alternatives today",
        "Worldview",
        "Where they gather",
        "How they speak",
    ]
    assert all(part.lines or part.note for part in card.parts)
    assert part_of(card, "Jobs").note == "Nobody tells what they try to get done."


def test_every_line_of_a_card_has_its_people_or_a_quote() -> None:
    for card in compose_report(make_findings()).personas.values():
        assert all(line.people or line.quote for part in card.parts for line in part.lines)


def test_exemplar_quotes_are_of_distinct_people() -> None:
    findings = make_findings()
    by = {one.utterance_id: one.person_id for one in findings.utterances}
    people = [by[quote.utterance_id] for quote in card_of(findings).quotes]
    assert len(people) == len(set(people)) >= 3


def test_what_fewer_people_say_than_may_be_shown_is_not_quoted() -> None:
    hand = part_of(card_of(make_findings()), "Alternatives today").lines[0]
    assert hand.people == "fewer than 5 people" and hand.quote is None
    smaller = make_findings(settings=make_settings(privacy={"smallest_group": 2}))
    shown = next(one for one in part_of(card_of(smaller), "Alternatives today").lines if one.text.startswith("by hand"))
    assert shown.people == "2 of 6" and shown.quote is not None


def test_who_they_are_otherwise_is_told_with_its_test_and_never_in_small_groups() -> None:
    fields = [
        Known("Source", values={"seg-log": (("apiary", 6),), "seg-mites": (("smokers", 5),)}),
        Known("Rank shown", values={"seg-log": (("elder", 2),)}),
        Known("First seen", "day", middles={"seg-log": float(FIRST)}, effect=None, q=None),
        Known("Posts", middles={"seg-log": 2.0}, q=0.4, measure="epsilon squared", effect=0.1),
    ]
    rows = {row.name: row for row in card_of(replace(make_findings(), fields=fields)).fields}
    assert "Rank shown" not in rows
    assert rows["Source"].here == "apiary 6 of 6"
    assert rows["Source"].effect == "Cramér's V 0.80" and rows["Source"].chance.endswith("(q 0.004)")
    assert rows["First seen"].here == "half by 2026-05-03" and rows["First seen"].effect == "too few known to test"
    assert rows["Posts"].here == "median 2" and rows["Posts"].chance == "no difference to be told (q 0.40)"


def test_a_card_fits_one_screen_and_what_people_wrote_is_escaped() -> None:
    fields = [Known("<b>Rank</b>", values={"seg-log": (("<script>", 6),)})]
    page = render_report(replace(make_findings(), fields=fields))["segment-seg-log.html"].decode()
    card = page[page.index('id="card"') :].partition("</section>")[0]
    assert len(re.findall("<li>|<h3>|class=.note", card)) <= 60
    assert "<script>" not in page and "&lt;b&gt;Rank" in page and "never used to group" in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke after we moved hives.", True),
        ("In March the lid blew off.", True),
        ("Whenever the phone rings I lose count.", True),
        ("Two years ago it was fine.", True),
        ("I lose my notes.", False),
        ("It may be the glue.", False),
    ],
)
def test_triggers_are_times_and_events(text: str, expected: bool) -> None:
    assert bool(TRIGGER.search(text) or EVENT.search(text)) is expected


def test_the_card_stands_in_markdown_and_json_too() -> None:
    findings = make_findings()
    files, view = render_report(findings), compose_report(findings)
    markdown = files["report.md"].decode()
    segments = {one["segment_id"]: one for one in json.loads(files["report.json"])["segments"]}
    for segment_id, card in view.personas.items():
        told = segments[segment_id]["persona"]
        assert [part["title"] for part in told["card"]] == [part.title for part in card.parts]
        assert [field["name"] for field in told["fields"]] == [field.name for field in card.fields]
        assert all(f"**{part.title}.**" in markdown for part in card.parts)
