"""A source that fails stops no night: it is told, the others go on, and what it once said stands."""

from __future__ import annotations

import errno
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overheard.records import NOTHING_READ, Page, Skip, Utterance
from overheard.settings import WebSource
from overheard.steps.collect import collect, missing_sources
from overheard.steps.collecting.crawl import Crawl
from overheard.steps.collecting.items import Contents
from overheard.steps.market import Market
from tests.conftest import NIGHT

MARKET = """[market]
name = "Tea"
[web]
contact = "tea@example.org"
[[source]]
name = "posts"
kind = "table"
files = "posts/*.csv"
[[source]]
name = "answers"
kind = "table"
files = "answers/*.csv"
"""
SITE = '[[source]]\nname = "site"\nkind = "web"\nboards = ["http://forum.example/"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("posts", "answers"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.csv").write_text(f"text\nThe kettle of {name} leaks.\n", encoding="utf-8")
    (tmp_path / "market.toml").write_text(MARKET, encoding="utf-8")
    return tmp_path


def said(market: Market) -> set[str]:
    return {one.text for one in market.tables.load("utterances", Utterance)}


def why_missing(market: Market) -> list[str]:
    return [f"{one.source}: {one.why}" for one in market.tables.load("skips", Skip) if one.is_whole_source]


ALL = {"The kettle of posts leaks.", "The kettle of answers leaks."}


def test_a_source_without_files_is_missing_and_what_it_said_stands(folder: Path) -> None:
    collect(Market(folder, NIGHT))
    assert missing_sources(Market(folder, NIGHT)) == ()
    (folder / "answers" / "one.csv").unlink()
    market = Market(folder, NIGHT + timedelta(days=1))
    collect(market)
    assert missing_sources(market) == ("answers",)
    assert why_missing(market) == [f"answers: {NOTHING_READ}: nothing is there; check the source's files or urls"]
    assert said(market) == ALL


def test_a_file_that_cannot_be_opened_is_told_and_read_when_it_can(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect(Market(folder, NIGHT))
    (folder / "answers" / "one.csv").write_text("text\nA cup broke.\n", encoding="utf-8")
    read = Path.read_bytes

    def read_or_refuse(path: Path) -> bytes:
        if path.parent.name == "answers":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", read_or_refuse)
        collect(Market(folder, NIGHT))
    market = Market(folder, NIGHT)
    (skip,) = market.tables.load("skips", Skip)
    assert (skip.place, skip.why) == (
        "answers/one.csv",
        "cannot be opened (Permission denied); mend its rights or its disk",
    )
    assert said(market) == ALL
    collect(Market(folder, NIGHT))
    assert "A cup broke." in said(market)


def test_what_brings_a_reader_down_is_told_by_its_kind_and_not_by_what_it_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Contents.read

    def read_or_fail(contents: Contents, item: object) -> object:
        if item.place.startswith("answers"):  # type: ignore[attr-defined]
            raise RecursionError("Ann Example wept")
        return read(contents, item)  # type: ignore[arg-type]

    monkeypatch.setattr(Contents, "read", read_or_fail)
    market = Market(folder, NIGHT)
    collect(market)
    (skip,) = market.tables.load("skips", Skip)
    assert skip.why == "reading it failed (RecursionError); save it anew, or leave it out"
    assert said(market) == {"The kettle of posts leaks."}


@pytest.mark.parametrize(
    ("contact", "why"),
    [("", "[web] contact is empty"), ("tea@example.org", "following its pages failed (ValueError)")],
    ids=["may not be asked", "brings its reader down"],
)
def test_a_site_that_fails_is_missing_and_the_files_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, contact: str, why: str
) -> None:
    (folder / "market.toml").write_text(MARKET.replace("tea@example.org", contact) + SITE, encoding="utf-8")

    def fail(_crawl: Crawl) -> list[Skip]:
        raise ValueError("Ann Example wept")

    monkeypatch.setattr(Crawl, "run", fail)
    market = Market(folder, NIGHT)
    collect(market)
    assert missing_sources(market) == ("site",)
    assert any(f"site: {NOTHING_READ}: {why}" in line for line in why_missing(market))
    assert "Ann" not in "".join(why_missing(market))
    assert said(market) == ALL


def test_a_full_disk_is_no_fault_of_a_site_and_stops_the_night(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "market.toml").write_text(MARKET + SITE, encoding="utf-8")

    def fail(_crawl: Crawl) -> list[Skip]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Crawl, "run", fail)
    with pytest.raises(OSError, match="No space left"):
        collect(Market(folder, NIGHT))


@pytest.mark.parametrize(("hours_a_page", "asked"), [(3, 3), (0, 5)], ids=["slow", "quick"])
def test_a_site_that_answers_too_slowly_is_left_until_the_next_night(
    tmp_path: Path, hours_a_page: int, asked: int
) -> None:
    clock = [datetime(2026, 9, 1, tzinfo=UTC)]

    class SlowSite:
        def fetch_page(self, url: str, _known: Page | None, _token: str) -> Page:
            clock[0] += timedelta(hours=hours_a_page)
            return Page(url, b"<html><body>nothing</body></html>", "text/html", clock[0], 200)

    urls = tuple(f"http://forum.example/t/{number}" for number in range(5))
    source = WebSource(name="site", kind="web", urls=urls, most_hours=8)
    (tmp_path / "market.toml").write_text(MARKET, encoding="utf-8")
    contents = Contents(Market(tmp_path, NIGHT), source)
    crawl = Crawl("collect", source, SlowSite(), contents.visits, contents.captures, lambda _: None, lambda: clock[0])  # type: ignore[arg-type]
    told = [skip.why for skip in crawl.run()]
    assert crawl.pages_had == asked
    assert told == (["8 hours went by, as most_hours says; the rest is for the next night"] if asked < 5 else [])


@pytest.mark.parametrize("had", [0, 1])
def test_a_site_of_which_no_page_could_be_had_is_missing_for_the_reason_told_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch, had: int
) -> None:
    (folder / "market.toml").write_text(MARKET + SITE, encoding="utf-8")

    def run(crawl: Crawl) -> list[Skip]:
        crawl.pages_had = had
        return [Skip("collect", "site", "http://forum.example/", "ConnectTimeout after 4 tries")]

    monkeypatch.setattr(Crawl, "run", run)
    market = Market(folder, NIGHT)
    collect(market)
    why = "ConnectTimeout after 4 tries" if not had else "nothing is there; check the source's files or urls"
    assert why_missing(market) == [f"site: {NOTHING_READ}: {why}"]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is logged, each line once, whatever the command line and Prefect made of the logger before."""
    told: list[str] = []

    class Teller(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    logger = logging.getLogger("overheard")
    monkeypatch.setattr(logger, "handlers", [Teller()])
    monkeypatch.setattr(logger, "propagate", False)
    caplog.set_level(logging.INFO, "overheard")
    return told


def test_what_is_wrong_all_over_a_file_is_told_thrice_and_counted(folder: Path, lines: list[str]) -> None:
    rows = "text,who\n" + ",ann\n" * 40 + "It leaks.,ann\n"
    (folder / "posts" / "one.csv").write_text(rows, encoding="utf-8")
    market = Market(folder, NIGHT)
    collect(market)
    told = [one for one in lines if "is empty" in one]
    assert told[:3] == [f"posts/one.csv:{line}: `text` is empty" for line in (2, 3, 4)]
    assert told[3:] == ["posts/one.csv: 37 times more: `text` is empty"]
    assert sum("is empty" in skip.why for skip in market.tables.load("skips", Skip)) == 40


def test_a_source_without_files_is_told_at_once(folder: Path, lines: list[str]) -> None:
    (folder / "answers" / "one.csv").unlink()
    collect(Market(folder, NIGHT))
    assert any(one.startswith("answers: answers/*.csv: ") and "nothing is there" in one for one in lines)
