"""One page from the web: asks robots.txt, waits between requests, tries again when told to, and gives up.

Obeys RFC 9309: an unreachable robots.txt (5xx, 429, time-out) forbids everything, a missing one (4xx) forbids nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from overheard import __version__
from overheard.errors import AwayError, FetchError, ForbiddenError
from overheard.records import Page
from overheard.settings import WebSettings
from overheard.web.addresses import make_transport
from overheard.web.bodies import ENCODINGS, read_body
from overheard.web.hosts import LONGEST_WAIT_SECONDS, Host, Hosts, retry_after_seconds

ROBOTS_BYTES = 512_000
"""RFC 9309 asks to read at least 500 KiB of a robots.txt; the rest is not looked at."""

MOST_REDIRECTS = 5
_PATIENCE = 4
"""Times `timeout_seconds` that a whole answer may take."""

AGENT_TOKEN = "OverheardResearch"  # noqa: S105 - a product token, not a secret; distinct, since rules match by prefix

_ANSWERS = (200, 304, 404, 410)
_UNWANTED = (401, 403, 451)
_NO_TEXT = ("image/", "video/", "audio/", "font/")


class Fetcher:
    """Fetches pages of any number of hosts, one request at a time. A context manager: it closes its connections."""

    def __init__(
        self,
        settings: WebSettings,
        known_hosts: dict[str, Host] | None = None,
        keep_hosts: Callable[[dict[str, Host]], None] = lambda _: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Make a fetcher.

        Args:
            settings: how to behave.
            known_hosts: what earlier runs knew of hosts, by origin.
            keep_hosts: saves it, whenever it changed.
            now, wait: clock and sleep, given by tests.

        Raises:
            FetchError: no contact is set: a site's owner must be able to reach who fetches.
        """
        if not settings.contact:
            raise FetchError("[web] contact is empty; give an address or page where a site's owner can reach you")
        self._settings, self._now = settings, now
        hosts = {} if known_hosts is None else known_hosts
        self._hosts = Hosts(hosts, keep_hosts, settings.delay_seconds, AGENT_TOKEN, now, wait)
        self._client = httpx2.Client(
            headers={
                "User-Agent": f"{AGENT_TOKEN}/{__version__} (+{settings.contact})",
                "Accept": "text/html,application/json;q=0.9,*/*;q=0.1",
                "Accept-Encoding": ENCODINGS,
            },
            timeout=settings.timeout_seconds,
            transport=make_transport(settings.allow_private_addresses),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch_page(self, url: str, known: Page | None = None, token: str = "") -> Page:
        """Fetch one page.

        Args:
            url: http or https.
            known: the newest capture; it comes back when the server says nothing changed.
            token: a bearer token of the user's own, sent to this address's host and to no other.

        Returns:
            The page; of status 404 or 410 and without a body where it is gone.

        Raises:
            ForbiddenError: robots.txt or the server forbids it.
            AwayError: the host asked us to stay away for long.
            FetchError: the address is private, it stayed unreachable, or it is too large.
        """
        page = self._follow(url, known, token)
        if page.status == 304 and known is not None:
            return known
        if page.status in _UNWANTED:
            raise ForbiddenError(f"{url}: the server answered {page.status}; leave it out or ask the site's owner")
        if page.status not in _ANSWERS or page.status == 304:
            raise FetchError(f"{url}: the server answered {page.status}; check the address")
        if page.content_type.startswith(_NO_TEXT):
            raise FetchError(f"{url}: is {page.content_type}, not a page; give the thread's address")
        return page if page.status == 200 else replace(page, body=b"")

    def _follow(self, url: str, known: Page | None, token: str) -> Page:
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            self._check_address(at)
            if not self._may_fetch(at):
                raise ForbiddenError(f"{at}: robots.txt forbids it; leave it out or ask the site's owner")
            is_at_home = _origin(at) == _origin(url)
            page, location = self._ask(at, known, token if is_at_home else "")
            if location is None:
                # Kept under the address asked for: that is what the market names and what is asked again next night.
                return replace(page, url=url)
            at = urljoin(at, location)
        raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects; name the page it ends at")

    def _may_fetch(self, url: str) -> bool:
        try:
            rules = self._hosts.rules(_origin(url), lambda: self._fetch_rules(_origin(url)))
        except FetchError as error:
            raise ForbiddenError(f"{url}: its robots.txt forbids it, being out of reach ({error})") from None
        return bool(rules.can_fetch(url, AGENT_TOKEN))

    def _fetch_rules(self, origin: str) -> str:
        at = f"{origin}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            self._check_address(at)
            page, location = self._ask(at, None, "", most_bytes=ROBOTS_BYTES)
            if location is None:
                if page.status == 200:
                    return page.body.decode("utf-8", errors="replace").replace("\x00", "")
                if 400 <= page.status < 500:
                    return ""
                raise FetchError(f"{at}: the server answered {page.status}")
            at = urljoin(at, location)
        raise FetchError(f"{at}: more than {MOST_REDIRECTS} redirects")

    def _ask(self, url: str, known: Page | None, token: str, most_bytes: int = 0) -> tuple[Page, str | None]:
        """Send one request, again where the server or the line asks for it.

        Returns:
            The page, and where the server sends us on to.
        """
        patience = stamina.retry_context(
            on=self._is_worth_another_try, attempts=self._settings.attempts, timeout=None, wait_initial=1.0, wait_max=60
        )
        try:
            for attempt in patience:
                with attempt:
                    return self._ask_once(url, known, token, most_bytes)
        except httpx2.HTTPStatusError as error:
            status = error.response.status_code
            if (asked := self._asked_seconds(error.response)) > LONGEST_WAIT_SECONDS:
                raise AwayError(f"{url}: the server answered {status} and asks for {asked:.0f} s of rest") from None
            raise FetchError(f"{url}: the server kept answering {status}; try another night") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            tries = self._settings.attempts
            raise FetchError(f"{url}: {type(error).__name__} after {tries} tries; try again later") from None
        raise FetchError(f"{url}: no attempt was made; set [web] attempts to 1 or more")

    def _ask_once(self, url: str, known: Page | None, token: str, most_bytes: int) -> tuple[Page, str | None]:
        origin = _origin(url)
        self._hosts.keep_distance(origin)
        most = most_bytes or int(self._settings.largest_megabytes * 1_000_000)
        asked_seconds = 0.0
        try:
            with self._client.stream("GET", url, headers=_headers(known, token)) as response:
                if response.status_code == 429 or response.status_code >= 500:
                    asked_seconds = self._asked_seconds(response)
                    response.raise_for_status()
                location = response.headers.get("location") if response.is_redirect else None
                seconds = _PATIENCE * self._settings.timeout_seconds
                body = read_body(response, most, seconds, cut=bool(most_bytes))
                page = Page(
                    url,
                    body,
                    response.headers.get("content-type", ""),
                    self._now().replace(microsecond=0),
                    response.status_code,
                    response.headers.get("etag", ""),
                    response.headers.get("last-modified", ""),
                )
                return page, location
        finally:
            self._hosts.rest(origin, asked_seconds)

    def _asked_seconds(self, response: httpx2.Response) -> float:
        return retry_after_seconds(response.headers.get("retry-after", ""), self._now())

    def _is_worth_another_try(self, error: Exception) -> bool:
        """Tell stamina whether to try again. What Retry-After asks for is waited by keeping the distance."""
        if isinstance(error, httpx2.HTTPStatusError):
            return self._asked_seconds(error.response) <= LONGEST_WAIT_SECONDS
        return isinstance(error, httpx2.TransportError)

    def _check_address(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            is_web = False
        if not is_web:
            raise FetchError(f"{url}: not an http or https address; correct it")


def _headers(known: Page | None, token: str) -> dict[str, str]:
    """Return the headers of one request: what we have already, and who asks where a token says so."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    # Only what the server itself named its version by: our clock and its need not agree.
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
