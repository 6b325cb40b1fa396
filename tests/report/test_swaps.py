"""The section "Say this, not that": what it offers, keeps and leaves open."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from overheard.records import Swap
from overheard.report import render_report
from tests.report.make_findings import make_findings, make_settings
from tests.report.reading import pages_of

SETTINGS = make_settings(product={"page": "product/page.html"})


def example_of(word: str) -> tuple[str, int, int]:
    said = next(one for one in make_findings().utterances if word in one.text and one.person_id.startswith("p0"))
    start = said.text.index(word)
    return said.utterance_id, start, start + len(word)


def make_swap(**changes: Any) -> Swap:
    return replace(
        Swap("seg-log", "inspection record", 3, "Keep every inspection record.", "hive log", "say theirs", 6, 0, 5,
             4.1, (0.6, 7.6), (example_of("hive log"),)),
        **changes,
    )  # fmt: skip


def show(*swaps: Swap, **changes: Any) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    files = render_report(make_findings(settings=SETTINGS, **changes, swaps=swaps))
    told = next(one for one in json.loads(files["report.json"])["segments"] if one["segment_id"] == "seg-log")
    return pages_of(files)["segment-seg-log.html"].words, told["swaps"], files


def test_their_word_stands_before_yours_with_counts_of_people_and_a_quote() -> None:
    words, told, files = show(make_swap())
    assert "hive log inspection record line 3 5 of 6 0 of 6 Say theirs" in words
    assert told["rows"][0]["they_say"] == "hive log"
    assert "hive log" in told["rows"][0]["quote"]
    assert "| hive log | inspection record | 5 of 6 | 0 of 6 | say theirs | 3 |" in files["report.md"].decode()
    (row,) = csv.DictReader(io.StringIO(files["swaps.csv"].decode()))
    assert (row["they_say"], row["people_theirs"], row["of_people"]) == ("hive log", "5", "6")


def test_where_a_segment_is_too_small_the_whole_market_is_told_beside_it() -> None:
    few = make_swap(verdict="too few to tell", people_theirs=3, interval=(-1.0, 4.0))
    words, _, _ = show(few, make_swap(segment_id=None, people=12, people_theirs=9))
    assert "Say theirs too few people to tell, but 9 of all 12 people say theirs, 0 yours" in words


def test_words_they_say_too_are_kept_and_words_nobody_says_are_listed() -> None:
    none = {"theirs": "", "people_theirs": 0, "examples": ()}
    words, told, _ = show(
        make_swap(yours="hive log", verdict="keep yours", people_yours=5, **none),
        make_swap(yours="apiary intelligence", verdict="no customer word", **none),
    )
    assert "Keep: they say it too hive log 5 of 6" in words
    assert told["nobody_says"] == ["apiary intelligence"]


def test_a_market_without_a_page_is_told_how_to_name_one() -> None:
    files = render_report(make_findings())
    assert (
        'No page of yours is named. Write page = "FILE or address" under [product] in market.toml'
        in pages_of(files)["segment-seg-log.html"].words
    )
    assert "swaps.csv" not in files


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "=HYPERLINK(1)", "a | b"])
def test_a_hostile_word_is_shown_as_it_is(word: str) -> None:
    words, _, files = show(make_swap(theirs=word, yours=word, copy=word))
    page = files["segment-seg-log.html"].decode()
    assert "<script>alert" not in page
    assert word in words
    (row,) = csv.DictReader(io.StringIO(files["swaps.csv"].decode()))
    assert not row["they_say"].startswith("=")


def test_a_word_that_holds_a_name_is_not_shown() -> None:
    words, told, _ = show(make_swap(yours="Orla Threlkeld"))
    assert told["rows"] == []
    assert "Threlkeld" not in words
