"""Ten lines a person reads in the morning."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from overheard.records import Drift, GroupEvent, Skip
from overheard.report import notice_of, render_report
from overheard.report.notice import MOST_LINES
from tests.report.make_findings import NAMES, NIGHT, decided_findings, make_findings
from tests.report.test_pages import PAYLOADS, poison
from tests.report.test_report import empty_findings


def notice(findings: Any) -> tuple[str, ...]:
    return notice_of(json.loads(render_report(findings)["report.json"]), "reports/a")


def test_the_lines_of_the_beekeepers() -> None:
    skips = [Skip("collect", "meadow", "web", "the server kept answering 503"),
             Skip("read", "smokers", "smokers/x.html", "no post in the page")]  # fmt: skip
    assert notice(make_findings(skips=skips)) == (
        "Keeping bees: 13 people in 18 posts, 2026-06-03 to 2026-06-23",
        "Changed on 2026-09-01: 1 segment grew; 1 pain is no longer heard; 1 pain grew; 1 more change",
        "Segment “hive logs · forgotten inspections”: thin, 6 of 13 people",
        "Segment “mite count, strips, wash”: thin, 5 of 13 people",
        "Most told pain: “hive log, notes, paper”, 6 of 13 people",
        "Not read: meadow (the server kept answering 503)",
        "Skipped of what was read: smokers 1",
        "Report: reports/a",
    )


def test_new_pains_are_named() -> None:
    tonight = NIGHT.replace(day=2)
    events = [GroupEvent(NIGHT, "log", "born", "6 members")]
    events += [GroupEvent(tonight, pain, "born", "5 members") for pain in ("log", "mites")]
    lines = notice(make_findings(pain_events=events, segment_events=[]))
    assert "New pains: “hive log, notes, paper”, “mite count, strips, wash”" in lines
    assert any(line.endswith("2 pains are new") for line in lines)


def test_the_first_night_names_no_pain_as_new() -> None:
    lines = notice(make_findings(pain_events=[GroupEvent(NIGHT, "log", "born", "6 members")], segment_events=[]))
    assert "everything is new" in lines[1]
    assert not [line for line in lines if line.startswith("New pains")]


def test_a_bet_that_is_open_again_is_told_before_what_changed() -> None:
    lines = notice(decided_findings())
    assert lines[1].startswith("The bet on these segments is open again: the sizes of the segments have moved")
    assert "stability index 0.30" in lines[1]
    again = [Drift("", "shares", 0.3, 0.25, is_over=True), Drift("seg-log", "love", 0.2, 0.5, is_over=True)]
    assert notice(decided_findings(drifts=again))[1].endswith("; 1 more measure")
    assert not any("open again" in line for line in notice(decided_findings(drifts=[])))


def test_there_are_never_more_than_ten_lines_and_what_is_left_out_is_counted() -> None:
    report = json.loads(render_report(make_findings())["report.json"])
    report["segments"] = [dict(report["segments"][0], name=f"s{at}") for at in range(40)]
    report["heard"]["skips"] += [
        {"step": "collect", "source": f"x{at}", "why": "gone", "count": 1, "places": []} for at in range(40)
    ]
    lines = notice_of(report, "reports/a")
    assert len(lines) == MOST_LINES
    assert lines[-1] == "Report: reports/a"
    assert any(line.startswith("And 37 segments more: 37 thin") for line in lines)
    assert any(line.endswith("and 37 more") for line in lines)


def test_nothing_heard_is_told_as_nothing_heard() -> None:
    lines = notice(empty_findings())
    assert lines[1] == "Changed: nothing was told yet"
    assert "No pain was told by enough people to be shown" in lines


def test_nobody_is_quoted_or_named() -> None:
    text = "\n".join(notice(make_findings()))
    assert not [name for name in NAMES if name in text]
    assert not [one.text for one in make_findings().utterances if one.text[:40] in text]


@pytest.mark.parametrize("payload", [*PAYLOADS, "\x1b]0;owned\x07\x1b[31m", "a\nReport: elsewhere", "x" * 9000])
def test_hostile_words_stay_on_their_line_and_command_no_terminal(payload: str) -> None:
    findings = poison(payload)
    lines = notice(replace(findings, settings=make_findings().settings))
    assert len(lines) <= MOST_LINES
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 400
