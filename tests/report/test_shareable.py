"""The edition to give away holds nothing by which anybody's post, account or person could be found."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report import render_report, shareable_files
from overheard.report.shareable.vet import Vetter
from tests.report.make_findings import ADDRESS, NAMES, make_findings, make_settings
from tests.report.properties import PROPERTY
from tests.report.reading import pages_of
from tests.report.test_pages import PAYLOADS, poison
from tests.report.test_report import empty_findings

FILES = {"index.html", "report.md", "segments.csv", "pains.csv", "terms.csv", "report.json"}


def shareable(findings: Any) -> dict[str, bytes]:
    report = json.loads(render_report(findings)["report.json"])
    return shareable_files(report, [(one.person_id, one.text) for one in findings.utterances])


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return every five words in a row; written anew here, so that one mistake is not made twice."""
    words = re.sub(r"[\W_]+", " ", text.lower()).split()
    return set(zip(*(words[at:] for at in range(5)), strict=False))


def found_in(files: dict[str, bytes], texts: Iterable[str]) -> list[tuple[str, ...]]:
    shown = {run for content in files.values() for run in runs_of(content.decode())}
    return [run for text in texts for run in runs_of(text) if run in shown]


def test_the_beekeepers_edition_holds_no_five_words_of_any_post() -> None:
    findings = make_findings()
    files = shareable(findings)
    assert set(files) == FILES
    assert found_in(files, [one.text for one in findings.utterances]) == []


def test_it_links_nowhere_and_names_nobody_no_source_no_thread_and_no_day() -> None:
    findings = make_findings()
    content = b"".join(shareable(findings).values()).decode()
    assert not re.search(r"https?:|www\.|href=\"(?!#main)|\bsrc=", content)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", content)
    words = set(re.findall(r"[\w-]+", content))
    hidden = {one.person_id for one in findings.utterances} | {one.utterance_id for one in findings.utterances}
    hidden |= {one.document_id for one in findings.documents} | {one.signal_id for one in findings.signals}
    hidden |= {one.source for one in findings.documents} | {one.segment_id for one in findings.segments}
    assert not words & hidden
    assert not [text for text in (*NAMES, ADDRESS, *(one.title for one in findings.documents)) if text in content]


def test_it_still_tells_who_hurts_where() -> None:
    edition = json.loads(shareable(make_findings())["report.json"])
    assert (edition["market"], edition["people"], edition["sources"]) == ("Keeping bees", 10, 3)
    assert [one["share"]["people"] for one in edition["segments"]] == [5, 5]
    assert [one["verdict"] for one in edition["segments"]] == ["thin", "thin"]
    assert [(one["name"], one["share"]["people"]) for one in edition["pains"]] == [("hive log", 5), ("pain 2", 5)]
    assert (edition["from_month"], edition["to_month"]) == ("2026-06", "2026-06")


def test_a_smaller_group_than_five_is_shown_to_the_owner_alone() -> None:
    findings = make_findings(settings=make_settings(privacy={"smallest_group": 1}))
    report = json.loads(render_report(findings)["report.json"])
    assert min(one["share"]["people"] for one in report["pains"]) < 5
    edition = json.loads(shareable(findings)["report.json"])
    assert edition["smallest_group"] == 5
    assert min(one["share"]["people"] for one in edition["pains"]) >= 5
    assert all(term["share"]["people"] >= 5 for one in edition["segments"] for term in one["terms"])


def test_a_larger_smallest_group_holds_here_too() -> None:
    edition = json.loads(shareable(make_findings(settings=make_settings(privacy={"smallest_group": 6})))["report.json"])
    assert [one["share"]["people"] for one in edition["pains"]] == [6]


def test_the_editions_of_two_nights_do_not_tell_what_one_newcomer_said() -> None:
    report = json.loads(render_report(make_findings())["report.json"])
    for people in range(5, 30):
        shares = []
        for extra in (0, 1):
            one = copy.deepcopy(report)
            one["pains"][0]["share"] |= {"people": people + extra, "of": 40 + extra}
            one["heard"]["people"] = 40 + extra
            edition = json.loads(shareable_files(one, [])["report.json"])
            shares.append((edition["pains"][0]["share"]["people"], edition["people"]))
        assert all(abs(now - then) in (0, 5) for then, now in zip(*shares, strict=True))
        assert all(count % 5 == 0 for share in shares for count in share)


SAID = [(f"p{at}", "My old hive log got wet again because Ferdinand sat on it at dawn") for at in range(2)]
SAID += [(f"q{at}", "the hive log and the logs of a hive, wet") for at in range(9)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("hive log", "hive log"),
        ("hive logs · wet", "hive logs · wet"),
        ("losing the hive log", "losing the hive log"),
        ("Ferdinand sitting", ""),
        ("hive log · Ferdinand", "hive log"),
        ("hive log and dawn", "hive log"),
        ("hive log https://a.example/x", "hive log"),
        ("hive log [removed]", "hive log"),
        ("hive a1b2c3d4e5f60718", "hive"),
        ("hive.example.org log", "log"),
        ("@keeper hive /u/keeper 5551234", "hive"),
        ("the hive log and the logs", "the hive log · the logs"),
        ("and the logs of a hive", "and the logs of"),
    ],
)
def test_a_name_keeps_what_many_say_and_loses_what_tells_of_one(name: str, shown: str) -> None:
    assert Vetter([name], SAID, 5).name(name) == shown


def test_a_group_without_a_name_to_give_away_is_called_by_its_words() -> None:
    words = ["Ferdinand", "hive", "www.a.example", "log", "wet", "logs"]
    assert Vetter(["Ferdinand", *words], SAID, 5).name("Ferdinand", words) == "hive · log · wet"


@pytest.mark.parametrize(
    ("term", "is_shown"),
    [
        ("hive log", True),
        ("dawn", False),
        ("the logs of a hive", False),
        ("a.example", False),
        ("[removed] log", False),
    ],
)
def test_a_term_is_given_away_whole_or_not_at_all(term: str, is_shown: bool) -> None:
    assert Vetter([term], SAID, 5).is_term(term) is is_shown


WORDS = st.lists(st.sampled_from(["hive", "log", "wet", "bee", "queen"]), min_size=1, max_size=12).map(" ".join)


@PROPERTY
@given(st.lists(WORDS, max_size=8), st.lists(WORDS, min_size=1, max_size=4))
def test_no_name_holds_five_words_somebody_wrote_in_a_row(said: list[str], names: list[str]) -> None:
    vetter = Vetter(names, [(f"p{at}", text) for at, text in enumerate(said)], 1)
    written = {run for text in said for run in runs_of(text)}
    assert not [name for name in names if runs_of(vetter.name(name)) & written]


CLEAN = make_findings()
REPORT = json.loads(render_report(CLEAN)["report.json"])


@PROPERTY
@given(st.data())
def test_whatever_people_write_and_groups_are_called_no_five_words_are_given_away(data: Any) -> None:
    text = st.sampled_from(CLEAN.utterances).map(lambda one: one.text[:80])
    report = copy.deepcopy(REPORT)
    for one in (*report["pains"], *report["segments"]):
        one |= {"name": data.draw(text), "words": data.draw(text).split()}
    for term in report["segments"][0]["terms"]:
        term["term"] = data.draw(text)
        term["here"] |= {"people": 9, "of": 9}
    files = shareable_files(report, [(one.person_id, one.text) for one in CLEAN.utterances])
    assert found_in(files, [one.text for one in CLEAN.utterances]) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_are_words(payload: str) -> None:
    findings = poison(payload)
    files = shareable(findings)
    page = pages_of(files)["index.html"]
    for tag, attributes in page.tags:
        assert tag not in {"script", "iframe", "object", "embed", "base", "form", "img", "svg", "math"}
        assert not [key for key in attributes if key.startswith("on") or key in {"style", "srcdoc", "autofocus"}]
    assert not re.search(r"https?:", b"".join(files.values()).decode())


def test_of_nothing_heard_nothing_is_told() -> None:
    files = shareable(empty_findings())
    assert json.loads(files["report.json"])["pains"] == []
    assert b"None that may be shown" in files["report.md"]


@pytest.mark.slow
def test_the_edition_of_the_demo_holds_no_five_words_of_any_post_and_no_pseudonym(demo_run: Path) -> None:
    from overheard.steps.heard import load_heard
    from overheard.steps.market import Market

    heard = load_heard(Market(demo_run)).utterances
    report = json.loads((demo_run / "reports" / "latest" / "report.json").read_bytes())
    files = shareable_files(report, [(one.person_id, one.text) for one in heard])
    assert found_in(files, [one.text for one in heard]) == []
    content = b"".join(files.values()).decode()
    assert not re.search(r"https?:|\b[0-9a-f]{16}\b|\d{4}-\d{2}-\d{2}", content)
    assert json.loads(files["report.json"])["pains"]
