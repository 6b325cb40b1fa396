"""The site on loopback does what it says: else a crawl test would prove nothing."""

from __future__ import annotations

import gzip
import http.client
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from tests.sites import faults
from tests.sites.server import Asked, Fault, Resource, Site, robots

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = Resource(b"<html><body>" + b"<p>Mine rattles too.</p>" * 40 + b"</body></html>")
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/t/1": PAGE, "/t/2": Resource(b"short")}.get) as site:
        yield site


def get(site: Site, target: str = "/t/1", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=5)
    try:
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def misbehave(site: Site, fault: Fault) -> None:
    site.serve(site.find, faults.faults_at({"/t/1": fault}))


def test_a_page_comes_as_it_lies_there(site: Site) -> None:
    status, headers, body = get(site)
    assert (status, body) == (200, PAGE.body)
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert get(site, "/t/9")[0] == 404


def test_a_long_page_is_packed_for_who_can_unpack_it(site: Site) -> None:
    _, headers, body = get(site, Accept_Encoding="gzip, deflate")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == PAGE.body
    assert "content-encoding" not in get(site, "/t/2", Accept_Encoding="gzip")[1]


def test_a_head_request_gets_no_body(site: Site) -> None:
    status, headers, body = get(site, method="HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(PAGE.body)), b"")


def test_who_has_the_page_is_told_so_until_it_changes(site: Site) -> None:
    _, headers, _ = get(site)
    known = {"If_None_Match": headers["etag"]}
    assert get(site, **known)[0] == 304
    assert get(site, **known)[2] == b""
    assert get(site, If_Modified_Since=headers["last-modified"])[0] == 304
    site.serve({"/t/1": Resource(PAGE.body + b"<p>New.</p>"), "/t/2": Resource(b"short")}.get)
    assert get(site, **known)[0] == 200
    changed = get(site, If_Modified_Since=headers["last-modified"])[1]["last-modified"]
    assert parsedate_to_datetime(changed) > datetime.now(UTC) - timedelta(seconds=5)


def test_what_did_not_change_overnight_keeps_its_date_and_its_tag(site: Site) -> None:
    before = get(site, "/t/2")[1]
    site.serve({"/t/2": Resource(b"short")}.get)
    after = get(site, "/t/2")[1]
    assert (before["etag"], before["last-modified"]) == (after["etag"], after["last-modified"])


def test_the_tag_wins_over_the_date(site: Site) -> None:
    headers = {"If_None_Match": '"other"', "If_Modified_Since": "Sun, 03 May 2026 12:00:00 GMT"}
    assert get(site, **headers)[0] == 200


@pytest.mark.parametrize(("has_etag", "has_date"), [(True, False), (False, True), (False, False)])
def test_a_page_may_have_neither_tag_nor_date(site: Site, has_etag: bool, has_date: bool) -> None:
    site.serve({"/t/1": Resource(b"x", has_etag=has_etag, has_date=has_date)}.get)
    _, headers, _ = get(site)
    assert ("etag" in headers, "last-modified" in headers) == (has_etag, has_date)
    asked = {"If_None_Match": PAGE.etag} if has_etag else {"If_Modified_Since": "Sun, 03 May 2026 12:00:00 GMT"}
    assert get(site, **asked)[0] == (304 if has_date else 200)


def test_robots_are_told_what_to_leave_and_how_long_to_wait() -> None:
    assert robots("/private/", crawl_delay=0.5).body == b"User-agent: *\nDisallow: /private/\nCrawl-delay: 0.5\n"


def test_the_log_tells_when_what_was_asked_and_what_was_answered(site: Site) -> None:
    site.plan = faults.faults_at({"/t/2": [faults.fails(502)]})
    get(site, "/robots.txt")
    get(site, User_Agent="Somebody/1", If_None_Match='"x"')
    get(site, "/t/2")
    get(site, "/t/2")
    assert site.targets() == ["/t/1", "/t/2", "/t/2"]
    assert [(asked.status, asked.fault) for asked in site.asked] == [(404, ""), (200, ""), (502, "502"), (200, "")]
    assert site.asked[1].headers["User-Agent"] == "Somebody/1"
    assert site.asked[1].headers["If-None-Match"] == '"x"'
    assert all(gap > 0 for gap in site.gaps())
    assert [asked.target for asked in site.serve(site.find)] == ["/robots.txt", "/t/1", "/t/2", "/t/2"]
    assert site.asked == []


def test_session_ids_make_no_other_page() -> None:
    with Site({"/t": PAGE, "/t?a=1": Resource(b"one")}.get, forgotten=frozenset({"sid"})) as site:
        assert get(site, "/t?sid=0f0f")[2] == PAGE.body
        assert get(site, "/t?a=1&sid=0f0f")[2] == b"one"


@pytest.mark.parametrize("status", [500, 404])
def test_an_error_has_its_status(site: Site, status: int) -> None:
    misbehave(site, faults.fails(status))
    assert get(site)[0] == status


def test_a_busy_server_says_when_to_come_again(site: Site) -> None:
    misbehave(site, faults.is_busy(429, 3))
    status, headers, _ = get(site)
    assert (status, headers["retry-after"]) == (429, "3")
    misbehave(site, faults.is_busy(503, 3, as_date=True))
    _, headers, _ = get(site)
    ahead = parsedate_to_datetime(headers["retry-after"]) - datetime.now(UTC)
    assert timedelta(seconds=2) < ahead < timedelta(seconds=5)


def test_a_slow_server_sends_drop_by_drop(site: Site) -> None:
    misbehave(site, faults.drips(bytes_at_once=200, pause_seconds=0.02))
    started = time.monotonic()
    assert get(site)[2] == PAGE.body
    assert time.monotonic() - started > 0.02 * (len(PAGE.body) // 200)


@pytest.mark.parametrize("headers", [GZIP, {}])
def test_a_packed_page_may_end_in_the_middle(site: Site, headers: dict[str, str]) -> None:
    misbehave(site, faults.cuts_gzip())
    _, told, body = get(site, **headers)
    assert (told["content-encoding"], told["content-length"]) == ("gzip", str(len(body)))
    with pytest.raises(EOFError):
        gzip.decompress(body)
    assert PAGE.body.startswith(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body))


def test_a_body_may_be_shorter_than_declared(site: Site) -> None:
    misbehave(site, faults.cuts_body())
    with pytest.raises(http.client.IncompleteRead):
        get(site)


@pytest.mark.parametrize("after_bytes", [-1, 0, 50])
def test_a_connection_may_be_reset(site: Site, after_bytes: int) -> None:
    misbehave(site, faults.resets(after_bytes))
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected, http.client.IncompleteRead)):
        get(site)
    assert site.asked[-1].status == (0 if after_bytes == -1 else 200)


@pytest.mark.parametrize("to", ["/t/2", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data"])
def test_a_page_may_lie_elsewhere(site: Site, to: str) -> None:
    misbehave(site, faults.redirects(to, 301))
    status, headers, _ = get(site)
    assert (status, headers["location"]) == (301, to)


def test_a_page_may_lead_to_itself_for_ever(site: Site) -> None:
    misbehave(site, faults.redirects_for_ever())
    assert {get(site)[1]["location"] for _ in range(3)} == {"/t/1"}


@pytest.mark.parametrize("is_declared", [True, False])
def test_a_page_may_be_thirty_megabytes(site: Site, is_declared: bool) -> None:
    misbehave(site, faults.floods(30, is_declared))
    _, headers, body = get(site)
    assert ("content-length" in headers, len(body)) == (is_declared, 30_000_000)


def test_few_bytes_may_unpack_to_many(site: Site) -> None:
    misbehave(site, faults.sends_gzip_bomb(20))
    _, _, body = get(site, Accept_Encoding="gzip")
    assert len(body) < 30_000
    assert len(gzip.decompress(body)) == 20_000_000


def test_a_page_may_be_mistyped_or_empty(site: Site) -> None:
    misbehave(site, faults.mistypes("image/png"))
    _, headers, body = get(site)
    assert (headers["content-type"], body) == ("image/png", PAGE.body)
    misbehave(site, faults.says_nothing())
    assert (get(site)[0], get(site)[2]) == (200, b"")


def test_who_hangs_up_in_the_middle_does_no_harm(site: Site) -> None:
    misbehave(site, faults.floods(30))
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=5)
    connection.request("GET", "/t/1")
    assert len(connection.getresponse().read(1000)) == 1000
    connection.close()
    assert get(site, "/t/2")[2] == b"short"


def test_faults_by_chance_are_the_same_for_the_same_seed_and_pass() -> None:
    def names(seed: int) -> list[str]:
        plan = faults.seeded_faults(seed, share=0.5)
        drawn = [plan(f"/t/{thread}", number) for thread in range(40) for number in range(3)]
        assert drawn[2::3] == [None] * 40
        return [fault.name if fault else "" for fault in drawn]

    assert names(1) == names(1) != names(2)
    assert 20 < sum(name != "" for name in names(1)) < 60
    assert faults.seeded_faults(1, share=1.0)("/robots.txt", 0) is None


def test_the_first_plan_with_a_fault_decides() -> None:
    plan = faults.either(faults.faults_at({"/a": faults.fails(500)}), faults.faults_at({"/b": [faults.fails(502)]}))
    drawn = [plan("/a", 5), plan("/b", 0), plan("/b", 1)]
    assert [fault.name if fault else "" for fault in drawn] == ["500", "502", ""]


def test_a_kept_connection_carries_several_requests(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=5)
    for _ in range(3):
        connection.request("GET", "/t/1")
        assert connection.getresponse().read() == PAGE.body
    connection.close()
    assert all(isinstance(asked, Asked) and asked.status == 200 for asked in site.asked)
