"""The only module that opens a socket: asks robots.txt, waits between requests, tries again when told to, and gives up.

Obeys RFC 9309: an unreachable robots.txt (5xx, 429, time-out) forbids everything, a missing one (4xx) forbids nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina
from protego import Protego

from overheard import __version__
from overheard.errors import FetchError
from overheard.records import Page
from overheard.settings import WebSettings

ROBOTS_BYTES = 512_000
"""RFC 9309 asks to read at least 500 KiB of a robots.txt; the rest is not looked at."""

MOST_REDIRECTS = 5
LONGEST_WAIT_SECONDS = 120.0
"""A site that asks us to stay away longer than this is left for another night."""

AGENT_TOKEN = "OverheardResearch"  # noqa: S105 - a product token, not a secret; distinct, since rules match by prefix

# Transition addresses that lead to private ones although `is_global` calls them public.
_TUNNELS = tuple(
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24")
)


class Fetcher:
    """Fetches pages of any number of hosts, one request at a time. A context manager: it closes its connections."""

    def __init__(
        self,
        settings: WebSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Args: settings: how to behave; now, wait: clock and sleep, given by tests.

        Raises:
            FetchError: no contact is set: a site's owner must be able to reach who fetches.
        """
        if not settings.contact:
            raise FetchError("[web] contact is empty; give an address or page where a site's owner can reach you")
        self._settings, self._now, self._wait = settings, now, wait
        self._rules: dict[str, Protego | None] = {}
        self._last_asked: dict[str, float] = {}
        agent = f"{AGENT_TOKEN}/{__version__} (+{settings.contact})"
        headers = {"User-Agent": agent, "Accept": "text/html,application/json;q=0.9,*/*;q=0.1"}
        # trust_env off: a proxy named in the environment would resolve names behind the address check.
        self._client = httpx2.Client(headers=headers, timeout=settings.timeout_seconds, trust_env=False)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch_page(self, url: str, known: Page | None = None) -> Page:
        """Fetch one page.

        Args:
            url: http or https.
            known: the newest capture; it comes back when the server says nothing changed.

        Raises:
            FetchError: robots.txt forbids it, the address is private, it stayed unreachable, or it is too large.
        """
        page = self._follow(url, known)
        if page.status == 304 and known is not None:
            return known
        if page.status != 200:
            raise FetchError(f"{url}: the server answered {page.status}; check the address")
        return page

    def _follow(self, url: str, known: Page | None) -> Page:
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            self._check_address(at)
            if not self._may_fetch(at):
                raise FetchError(f"{at}: robots.txt forbids it; leave it out or ask the site's owner")
            page, location = self._ask(at, known)
            if location is None:
                # Kept under the address asked for: that is what the market names and what is asked again next night.
                return replace(page, url=url)
            at = urljoin(at, location)
        raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects; name the page it ends at")

    def _may_fetch(self, url: str) -> bool:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._fetch_rules(host)
        rules = self._rules[host]
        return rules is not None and bool(rules.can_fetch(url, AGENT_TOKEN))

    def _fetch_rules(self, host: str) -> Protego | None:
        at = f"{host}/robots.txt"
        try:
            for _ in range(MOST_REDIRECTS + 1):
                page, location = self._ask(at, None, most_bytes=ROBOTS_BYTES)
                if location is None:
                    break
                at = urljoin(at, location)
        except FetchError:
            return None
        if page.status == 200:
            return Protego.parse(page.body.decode("utf-8", errors="replace"))
        return Protego.parse("") if 400 <= page.status < 500 and location is None else None

    def _ask(self, url: str, known: Page | None, most_bytes: int | None = None) -> tuple[Page, str | None]:
        """Send one request, again where the server or the line asks for it.

        Returns:
            The page, and where the server sends us on to.
        """
        self._check_address(url)
        patience = stamina.retry_context(
            on=_worth_another_try, attempts=self._settings.attempts, timeout=None, wait_initial=1.0, wait_max=60.0
        )
        try:
            for attempt in patience:
                with attempt:
                    return self._ask_once(url, known, most_bytes)
        except httpx2.HTTPStatusError as error:
            raise FetchError(
                f"{url}: the server kept answering {error.response.status_code}; try another night"
            ) from None
        except httpx2.HTTPError as error:
            raise FetchError(
                f"{url}: {type(error).__name__} after {self._settings.attempts} tries; try again later"
            ) from None
        raise FetchError(f"{url}: no attempt was made; set [web] attempts to 1 or more")

    def _ask_once(self, url: str, known: Page | None, most_bytes: int | None) -> tuple[Page, str | None]:
        self._keep_distance(url)
        headers = {}
        if known is not None:
            headers["If-Modified-Since"] = known.fetched_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        with self._client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if response.status_code == 429 or response.status_code >= 500:
                response.raise_for_status()
            location = response.headers.get("location") if response.is_redirect else None
            body = self._read_body(url, response.iter_bytes(), most_bytes)
            content_type = response.headers.get("content-type", "")
            return Page(url, body, content_type, self._now().replace(microsecond=0), response.status_code), location

    def _read_body(self, url: str, chunks: Iterator[bytes], most_bytes: int | None) -> bytes:
        most = most_bytes or int(self._settings.largest_megabytes * 1_000_000)
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > most:
                if most_bytes:
                    return bytes(body[:most])
                raise FetchError(
                    f"{url}: larger than {self._settings.largest_megabytes} MB; raise [web] largest_megabytes"
                )
        return bytes(body)

    def _keep_distance(self, url: str) -> None:
        host = urlsplit(url).netloc
        rules = self._rules.get(f"{urlsplit(url).scheme}://{host}")
        asked_for = rules.crawl_delay(AGENT_TOKEN) if rules is not None else None
        delay = min(max(self._settings.delay_seconds, float(asked_for or 0)), LONGEST_WAIT_SECONDS)
        due = self._last_asked.get(host, -delay) + delay
        if (rest := due - time.monotonic()) > 0 and host in self._last_asked:
            self._wait(rest)
        self._last_asked[host] = time.monotonic()

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url}: not an http or https address; correct it")
        if self._settings.allow_private_addresses:
            return
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError):
            raise FetchError(f"{url}: no such host; check the address") from None
        if not all(_is_public(str(entry[4][0])) for entry in found):
            raise FetchError(f"{url}: leads to a private address; set [web] allow_private_addresses to fetch it")


def _worth_another_try(error: Exception) -> bool | float:
    """Tell stamina whether to try again, and after how many seconds where the server says so (Retry-After)."""
    if isinstance(error, httpx2.HTTPStatusError):
        asked = _retry_after_seconds(error.response.headers.get("retry-after", ""))
        return asked <= LONGEST_WAIT_SECONDS and (asked or True)
    return isinstance(error, httpx2.TransportError)


def _retry_after_seconds(value: str) -> float:
    if value.isdigit():
        return float(value)
    try:
        return max((parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast and not any(found in net for net in _TUNNELS)
