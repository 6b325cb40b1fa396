"""Pages and megabytes a second of reading, by engine, beside BeautifulSoup merely parsing the same pages.

Processor seconds of one core. Each page is read and parsed in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from overheard.errors import OverheardError
from overheard.forums import read_page
from overheard.records import Page
from overheard.transcripts import read_transcript

pytestmark = [
    pytest.mark.bench,
    # XHTML pages are XML as well; what is measured is the parser people give forum pages to.
    pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning"),
]

_HEAD = f"{'folder':22} {'files':>5} {'no post':>7} {'MB':>6} {'files/s':>8} {'MB/s':>7}"
FETCHED = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)


@dataclass
class Measured:
    """What one folder took. `refused`: files without a post, such as listings, are read as far as that takes."""

    files: int = 0
    bytes: int = 0
    refused: int = 0
    read_seconds: float = 0.0
    parse_seconds: float = 0.0

    def add(self, other: Measured) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def test_pages(shared_data: Path) -> None:
    webpages: dict[str, Measured] = defaultdict(Measured)
    payloads: dict[str, Measured] = defaultdict(Measured)
    for path in _files(shared_data / "pages", shared_data / "wf52"):
        is_webpage = path.suffix == ".html"
        measured = _measure_page(path, is_webpage)
        for name in (path.parent.name, "all"):
            (webpages if is_webpage else payloads)[name].add(measured)
    print(f"\n# reading web pages, a core\n{_HEAD} {'parsing MB/s':>13} {'parsing / reading':>18}")
    _print_rows(webpages)
    print(f"\n# reading payloads, mail and feeds, a core\n{_HEAD}")
    _print_rows(payloads)
    assert webpages["all"].parse_seconds
    assert payloads["all"].files


def test_transcripts(shared_data: Path) -> None:
    folders: dict[str, Measured] = defaultdict(Measured)
    for path in _files(shared_data / "transcripts"):
        body = path.read_bytes()
        seconds, is_read = _timed(lambda: read_transcript(path.name, body))  # noqa: B023 - called at once
        for name in (path.parent.name, "all"):
            folders[name].add(Measured(1, len(body), not is_read, seconds))
    print(f"\n# reading transcripts, a core\n{_HEAD}")
    _print_rows(folders)
    assert folders["all"].files


def _measure_page(path: Path, is_webpage: bool) -> Measured:
    body = path.read_bytes()
    page = Page(path.name, body, "text/html", FETCHED)
    read_seconds, is_read = _timed(lambda: read_page(page))
    parse_seconds = 0.0
    if is_webpage:
        parse_seconds, _ = _timed(lambda: BeautifulSoup(body, "lxml"))
    return Measured(1, len(body), not is_read, read_seconds, parse_seconds)


def _timed(work: Callable[[], object]) -> tuple[float, bool]:
    started = time.process_time()
    try:
        work()
    except OverheardError:
        return time.process_time() - started, False
    return time.process_time() - started, True


def _print_rows(folders: dict[str, Measured]) -> None:
    for name in (*sorted(folders.keys() - {"all"}), "all"):
        print(_row(name, folders[name]))


def _row(name: str, measured: Measured) -> str:
    megabytes, seconds = measured.bytes / 1e6, max(measured.read_seconds, 1e-9)
    parsing = ""
    if measured.parse_seconds:
        parsing = f" {megabytes / measured.parse_seconds:13.2f} {measured.parse_seconds / seconds:18.2f}"
    return (
        f"{name:22} {measured.files:5} {measured.refused:7} {megabytes:6.2f} "
        f"{measured.files / seconds:8.1f} {megabytes / seconds:7.2f}{parsing}"
    )


def _files(*folders: Path) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("INDEX.tsv", "index.jsonl") and not path.name.endswith(".gold.json")
    ]
