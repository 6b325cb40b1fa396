"""The product's page: a file, or an address that is asked politely, once a night, and remembered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.records import Swap
from overheard.steps import positioning
from overheard.steps.asked.new import write_market
from overheard.steps.market import Market
from overheard.steps.positioning import decode_page, find_market_swaps, load_product_page
from tests.sites.server import Resource, Site

PAGE = "<html><body><h1>Bread by bicycle</h1></body></html>"


def make_market(folder: Path, page: str) -> Path:
    path = write_market(folder) if not folder.exists() else folder / "market.toml"
    lines = [f'page = "{page}"' if line.startswith("page =") else line for line in path.read_text("utf-8").splitlines()]
    text = "\n".join(lines).replace('contact = ""', 'contact = "mailto:research@example.org"')
    text = text.replace("delay_seconds = 2.0", "delay_seconds = 0.0\nallow_private_addresses = true")
    path.write_text(text, "utf-8")
    return path.parent


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def test_a_market_without_a_page_has_no_swaps(tmp_path: Path) -> None:
    market = Market(make_market(tmp_path / "bread", ""))
    assert find_market_swaps(market).rows_out == 0
    assert market.tables.load("swaps", Swap) == []


def test_a_page_that_is_not_there_is_told_with_its_mend(tmp_path: Path) -> None:
    market = Market(make_market(tmp_path / "bread", "page.html"))
    with pytest.raises(BadInputError, match=r"page\.html: there is no such page; correct `page` of \[product\]"):
        find_market_swaps(market)


def test_a_changed_page_makes_the_step_run_again_and_an_unchanged_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_market(tmp_path / "bread", "page.html")
    read: list[int] = []
    monkeypatch.setattr(positioning, "_swaps", lambda _, lines: read.append(len(lines)) or [])
    (folder / "page.html").write_text(PAGE, "utf-8")
    assert [find_market_swaps(Market(folder)).reused for _ in range(2)] == [False, True]
    (folder / "page.html").write_text(PAGE.replace("</h1>", "</h1><p>Every day</p>"), "utf-8")
    assert not find_market_swaps(Market(folder)).reused
    assert read == [1, 2]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_an_address_is_asked_once_a_night_and_the_last_capture_stands_in_for_a_dead_one(
    tmp_path: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.serve(lambda target: Resource(PAGE.encode()) if target == "/shop" else None)
    folder = make_market(tmp_path / "bread", f"{site.url}/shop")
    assert load_product_page(Market(folder)) == PAGE
    asked = len(site.asked)
    assert load_product_page(Market(folder)) == PAGE
    assert len(site.asked) == asked
    site.serve(lambda target: None)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    with caplog.at_level(logging.WARNING, "overheard"):
        assert load_product_page(Market(folder, tomorrow)) == PAGE
    assert "cannot be fetched (it is gone)" in caplog.text


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_page_robots_txt_forbids_is_not_fetched(tmp_path: Path, site: Site) -> None:
    pages = {"/robots.txt": Resource(b"User-agent: *\nDisallow: /"), "/shop": Resource(PAGE.encode())}
    site.serve(pages.get)
    with pytest.raises(BadInputError, match=r"robots\.txt forbids"):
        load_product_page(Market(make_market(tmp_path / "bread", f"{site.url}/shop")))


def test_a_page_in_an_old_encoding_is_read() -> None:
    assert decode_page("£9 a month".encode("cp1252")) == "£9 a month"
    assert decode_page("\ufeff£9".encode()) == "£9"
