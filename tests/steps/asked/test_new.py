"""A new source is looked at before it is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from overheard.errors import BadInputError, FetchError, OverheardError
from overheard.settings import WebSource, load_settings, read_settings
from overheard.steps.asked.new import add_source, write_market
from tests.sites.discourse_site import DiscourseSite
from tests.sites.forum import make_forum
from tests.sites.phpbb_site import PhpbbSite
from tests.sites.server import Resource, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
CONTACT = "mailto:research@example.org"


@pytest.fixture
def market(tmp_path: Path) -> Path:
    path = write_market(tmp_path / "market")
    text = path.read_text("utf-8").replace("delay_seconds = 2.0", "delay_seconds = 0.0\nallow_private_addresses = true")
    path.write_text(text, "utf-8")
    return path.parent


@pytest.fixture
def forum() -> Iterator[tuple[Site, PhpbbSite]]:
    with Site() as site:
        forum = PhpbbSite(make_forum(threads=12), site.url)
        site.serve(forum.resources().get)
        yield site, forum


def sources(market: Path) -> list[WebSource]:
    return [source for source in load_settings(market).source if isinstance(source, WebSource)]


def test_a_board_and_a_thread_are_told_apart_and_written_down(market: Path, forum: tuple[Site, PhpbbSite]) -> None:
    _, shown = forum
    board, thread = shown.boards()[0], shown.truth()[0].thread
    found = add_source(market, board, CONTACT)
    assert "threads" in found.what
    assert "phpBB" in found.engine
    assert "posts" in add_source(market, thread, CONTACT).what
    first, second = sources(market)
    assert (first.boards, first.urls) == ((board,), ())
    assert (second.boards, second.urls) == ((), (thread,))
    assert first.name != second.name
    assert load_settings(market).web.contact == CONTACT


def test_a_new_market_has_a_folder_for_each_thing_its_file_speaks_of(market: Path) -> None:
    text = (market / "market.toml").read_text("utf-8")
    folders = ("sources/pages", "sources/interviews", "customers")
    assert [folder for folder in folders if (market / folder).is_dir() and f'"{folder}/' in text] == list(folders)


def test_every_example_of_a_new_market_is_valid_once_its_comment_sign_is_taken_away(market: Path) -> None:
    text = (market / "market.toml").read_text("utf-8")
    examples = re.sub(r"(?m)^# (?=\[+[a-z.]+\]+$|[a-z_]+ = )", "", text)
    settings = read_settings(examples, "market.toml")
    assert {source.kind for source in settings.source} == {"pages", "web", "table", "transcripts"}
    assert settings.survey
    assert settings.strategy.potential


def test_an_address_is_not_written_down_twice(market: Path, forum: tuple[Site, PhpbbSite]) -> None:
    board = forum[1].boards()[0]
    add_source(market, board, CONTACT)
    with pytest.raises(BadInputError, match="already"):
        add_source(market, board, CONTACT)
    assert len(sources(market)) == 1


def test_a_discourse_is_read_by_its_payloads(market: Path) -> None:
    with Site() as site:
        forum = DiscourseSite(make_forum(threads=9), site.url)
        head = (
            b'<html><head><meta name="generator" content="Discourse 3.2.0 - https://www.discourse.org"></head></html>'
        )
        site.serve(lambda target: Resource(head) if target == "/latest" else forum.find(target))
        found = add_source(market, f"{site.url}/latest", CONTACT)
        assert found.engine == "Discourse"
        assert sources(market)[0].boards == (f"{site.url}/latest.json",)


def test_what_is_neither_board_nor_thread_is_refused_and_nothing_is_written(market: Path) -> None:
    before = (market / "market.toml").read_bytes()
    page = Resource(b"<html><body><h1>About us</h1><p>We sell bicycles.</p></body></html>")
    with Site({"/about": page}.get) as site:
        for path in ("/about", "/missing"):
            with pytest.raises(OverheardError, match="neither"):
                add_source(market, f"{site.url}{path}", CONTACT)
    assert (market / "market.toml").read_bytes() == before


def test_without_a_contact_nothing_is_asked(market: Path, forum: tuple[Site, PhpbbSite]) -> None:
    with pytest.raises(FetchError, match="contact is empty"):
        add_source(market, forum[1].boards()[0], "")
    assert forum[0].asked == []
