"""Sites that misbehave: what they send is refused or asked for again, never taken for a page."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import stamina

from overheard.errors import AwayError, FetchError
from overheard.settings import WebSettings
from overheard.web import Fetcher, Host
from tests.sites.faults import (
    cuts_body,
    cuts_gzip,
    drips,
    fails,
    faults_at,
    floods,
    is_busy,
    mistypes,
    redirects,
    redirects_for_ever,
    resets,
    sends_gzip_bomb,
)
from tests.sites.server import Fault, Resource, Site, robots

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = Resource(b"<p>" + b"It is slow. " * 200 + b"</p>")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


def fetcher(**more: object) -> Fetcher:
    values = {"contact": "mailto:research@example.org", "delay_seconds": 0.0, "allow_private_addresses": True} | more
    return Fetcher(WebSettings(**values), wait=lambda _: None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fault", [fails(), is_busy(), is_busy(429, as_date=True), cuts_gzip(), cuts_body(), resets(), resets(10)],
    ids=lambda fault: fault.name,
)  # fmt: skip
def test_a_page_that_came_wrong_is_asked_for_again(fault: Fault) -> None:
    with Site({"/t/1": PAGE}.get, faults_at({"/t/1": [fault]})) as site, fetcher() as polite:
        assert polite.fetch_page(f"{site.url}/t/1").body == PAGE.body
        assert site.targets() == ["/t/1"] * 2


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (fails(), "kept answering 500"),
        (cuts_gzip(), "RemoteProtocolError after"),
        (cuts_body(), "RemoteProtocolError after"),
        (floods(3), "larger than 1.0 MB"),
        (floods(3, is_declared=False), "larger than 1.0 MB"),
        (sends_gzip_bomb(30), "larger than 1.0 MB"),
        (redirects_for_ever(), "more than 5 redirects"),
        (redirects("ftp://127.0.0.1/t/1"), "not an http or https address"),
        (redirects("/admin/1"), "robots.txt forbids it"),
        (mistypes("image/png"), "is image/png, not a page"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_is_no_page_is_refused(fault: Fault, why: str) -> None:
    found = {"/t/1": PAGE, "/robots.txt": robots("/admin/")}
    with Site(found.get, faults_at({"/t/1": fault})) as site, fetcher(largest_megabytes=1.0) as polite:
        with pytest.raises(FetchError, match=why):
            polite.fetch_page(f"{site.url}/t/1")
        assert "/admin/1" not in site.targets()


def test_a_page_that_drips_for_ever_is_left() -> None:
    drop = drips(bytes_at_once=1, pause_seconds=0.05)
    with (
        Site({"/t/1": PAGE}.get, faults_at({"/t/1": drop})) as site,
        fetcher(timeout_seconds=0.1, attempts=1) as polite,
        pytest.raises(FetchError, match="took longer than"),
    ):
        polite.fetch_page(f"{site.url}/t/1")


def test_a_page_that_is_gone_comes_back_empty_with_its_status() -> None:
    with Site() as site, fetcher() as polite:
        page = polite.fetch_page(f"{site.url}/t/1")
    assert (page.status, page.body) == (404, b"")


def test_a_token_is_sent_to_its_own_host_and_to_no_other() -> None:
    with Site({"/t/1": PAGE}.get) as other:
        here = faults_at({"/t/1": redirects(f"{other.url}/t/1")})
        with Site({"/t/1": PAGE}.get, here) as site, fetcher() as polite:
            polite.fetch_page(f"{site.url}/t/1", token="t0ken")
            assert [asked.headers.get("Authorization") for asked in site.asked] == [None, "Bearer t0ken"]
            assert [asked.headers.get("Authorization") for asked in other.asked] == [None, None]


def test_a_host_that_wants_hours_is_left_alone_by_later_runs_too() -> None:
    known: dict[str, Host] = {}
    values = WebSettings(contact="mailto:research@example.org", delay_seconds=0, allow_private_addresses=True)

    def run(at: datetime, site: Site) -> None:
        with Fetcher(values, known, now=lambda: at, wait=lambda _: None) as polite:
            polite.fetch_page(f"{site.url}/t/1")

    with Site({"/t/1": PAGE}.get, faults_at({"/t/1": [is_busy(429, 7200)]})) as site:
        with pytest.raises(AwayError, match="7200 s of rest"):
            run(NOON, site)
        with pytest.raises(AwayError, match="until 2026-05-04 14:00 UTC"):
            run(NOON + timedelta(hours=1), site)
        assert site.targets() == ["/t/1"]
        run(NOON + timedelta(hours=3), site)
        assert site.targets() == ["/t/1"] * 2


def test_a_run_after_a_killed_one_keeps_the_distance_and_need_not_ask_for_robots_txt_again() -> None:
    known: dict[str, Host] = {}
    waits: list[float] = []
    values = WebSettings(contact="mailto:research@example.org", delay_seconds=2, allow_private_addresses=True)
    found = {"/t/1": PAGE, "/robots.txt": robots("/admin/", crawl_delay=5)}
    with Site(found.get) as site:
        for at in (NOON, NOON + timedelta(seconds=1), NOON + timedelta(days=2)):
            with Fetcher(values, known, now=lambda at=at: at, wait=waits.append) as polite:  # type: ignore[misc]
                polite.fetch_page(f"{site.url}/t/1")
        assert [asked.target for asked in site.asked] == ["/robots.txt", "/t/1", "/t/1", "/robots.txt", "/t/1"]
    after_robots, resumed, after_robots_again = waits
    assert 4.9 < after_robots <= 6
    assert 3.9 < resumed <= 5
    assert 4.9 < after_robots_again <= 6


def test_a_name_that_turns_private_when_connected_to_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(address: str) -> Callable[..., list[object]]:
        return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]

    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda address, *_, **__: connected.append(address))
    with fetcher(allow_private_addresses=False) as polite:
        monkeypatch.setattr(socket, "getaddrinfo", resolve("10.0.0.7"))
        with pytest.raises(FetchError, match="private address"):
            polite.fetch_page("http://rebinding.example/")
    assert connected == []
