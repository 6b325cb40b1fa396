"""Polite, patient, and never led into a private network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stamina

from overheard.errors import FetchError
from overheard.settings import WebSettings
from overheard.web import Fetcher
from tests.make import NOON, make_page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A site on loopback: answers by path, each list used up from the front, its last answer for ever."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    stand_in = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand_in.asked.append((self.path, dict(self.headers)))
            queue = stand_in.answers.get(self.path, [(404, {}, b"")])
            status, headers, body = queue.pop(0) if len(queue) > 1 else queue[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield stand_in
    server.shutdown()
    server.server_close()


def fetcher(waits: list[float] | None = None, **more: object) -> Fetcher:
    values = {"contact": "mailto:research@example.org", "delay_seconds": 0.0, "allow_private_addresses": True} | more
    return Fetcher(WebSettings(**values), now=lambda: NOON, wait=(waits if waits is not None else []).append)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


def test_a_page_comes_as_sent_and_we_say_who_asks(site: Site) -> None:
    site.answers["/t/1"] = [(200, {"Content-Type": "text/html; charset=latin1"}, b"<p>caf\xe9</p>")]
    with fetcher() as polite:
        page = polite.fetch_page(f"{site.url}/t/1")
    assert (page.body, page.content_type, page.fetched_at) == (b"<p>caf\xe9</p>", "text/html; charset=latin1", NOON)
    agent = site.asked[-1][1]["User-Agent"]
    assert agent.startswith("OverheardResearch/")
    assert "mailto:research@example.org" in agent


def test_nothing_is_fetched_without_a_contact() -> None:
    with pytest.raises(FetchError, match="contact is empty"):
        Fetcher(WebSettings())


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, {}, b"User-agent: *\nDisallow: /t/"), False),
        ((200, {}, b"User-agent: OverheardResearch\nDisallow: /t/1\n"), False),
        ((200, {}, b"User-agent: *\nDisallow: /private/"), True),
        ((404, {}, b""), True),
        ((403, {}, b""), True),
        ((503, {}, b""), False),
        ((429, {}, b""), False),
    ],
)
def test_robots_txt_is_obeyed_as_the_standard_says(site: Site, robots: Answer, allowed: bool) -> None:
    site.answers = {"/robots.txt": [robots], "/t/1": [(200, {}, b"post")]}
    with fetcher() as polite:
        if allowed:
            assert polite.fetch_page(f"{site.url}/t/1").body == b"post"
        else:
            with pytest.raises(FetchError, match=r"robots\.txt forbids it"):
                polite.fetch_page(f"{site.url}/t/1")
    assert site.paths() == (["/t/1"] if allowed else [])


def test_a_busy_server_is_asked_again(site: Site) -> None:
    site.answers["/t/1"] = [(503, {"Retry-After": "1"}, b""), (429, {}, b""), (200, {}, b"post")]
    with fetcher() as polite:
        assert polite.fetch_page(f"{site.url}/t/1").body == b"post"
    assert site.paths() == ["/t/1"] * 3


def test_a_server_that_stays_busy_is_left_alone(site: Site) -> None:
    site.answers["/t/1"] = [(503, {}, b"")]
    with fetcher() as polite, pytest.raises(FetchError, match="kept answering 503"):
        polite.fetch_page(f"{site.url}/t/1")


def test_a_server_that_wants_an_hour_is_not_asked_twice(site: Site) -> None:
    site.answers["/t/1"] = [(429, {"Retry-After": "3600"}, b"")]
    with fetcher() as polite, pytest.raises(FetchError, match="429"):
        polite.fetch_page(f"{site.url}/t/1")
    assert site.paths() == ["/t/1"]


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    site.answers["/t/1"] = [(304, {}, b"")]
    named = {"etag": '"v1"', "last_modified": "Sun, 03 May 2026 12:00:00 GMT"}
    known = make_page(b"old", url=f"{site.url}/t/1", fetched_at=NOON - timedelta(days=1), **named)
    with fetcher() as polite:
        assert polite.fetch_page(known.url, known) == known
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    assert site.asked[-1][1]["If-Modified-Since"] == "Sun, 03 May 2026 12:00:00 GMT"


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    site.answers = {"/robots.txt": [(200, {}, b"User-agent: *\nCrawl-delay: 7")], "/t/1": [(200, {}, b"post")]}
    waits: list[float] = []
    with fetcher(waits, delay_seconds=2.0) as polite:
        for _ in range(3):
            polite.fetch_page(f"{site.url}/t/1")
    assert len(waits) == 3
    assert all(6.9 < wait <= 7 * 1.2 for wait in waits)


def test_a_page_too_large_is_cut_short_and_refused(site: Site) -> None:
    site.answers["/t/1"] = [(200, {}, b"x" * 2_000_000)]
    with fetcher(largest_megabytes=1.0) as polite, pytest.raises(FetchError, match=r"larger than 1\.0 MB"):
        polite.fetch_page(f"{site.url}/t/1")


def test_redirects_are_followed_a_few_times_and_the_address_asked_for_is_kept(site: Site) -> None:
    site.answers = {"/old": [(301, {"Location": "/new"}, b"")], "/new": [(200, {}, b"post")]}
    site.answers["/loop"] = [(302, {"Location": "/loop"}, b"")]
    with fetcher() as polite:
        assert polite.fetch_page(f"{site.url}/old").url == f"{site.url}/old"
        with pytest.raises(FetchError, match="redirects"):
            polite.fetch_page(f"{site.url}/loop")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data",
        "http://224.0.0.1/",
    ],
)
def test_private_addresses_are_never_asked(url: str) -> None:
    with fetcher(allow_private_addresses=False) as polite, pytest.raises(FetchError, match="private address"):
        polite.fetch_page(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://forum.example/", "javascript:alert(1)", "http://"])
def test_only_web_addresses_are_asked(url: str) -> None:
    with fetcher() as polite, pytest.raises(FetchError, match="not an http or https address"):
        polite.fetch_page(url)
