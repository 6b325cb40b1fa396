"""When may this host be asked again, and what does it forbid? What is known of each host outlives the process."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from protego import Protego

from overheard.errors import AwayError, FetchError

LONGEST_WAIT_SECONDS = 120.0
"""A host that asks us to stay away longer than this is left for another night."""

ROBOTS_AGE = timedelta(hours=24)
"""RFC 9309 2.4: a robots.txt is not used for longer than a day."""

_JITTER = 0.2
"""Share of the delay added at random, so that several runs do not fall into step. Never taken away."""


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a host: when it may be asked again (UTC), and its robots.txt with when it was read."""

    origin: str
    not_before: datetime
    robots: str | None = None
    robots_at: datetime | None = None


class Hosts:
    """Keeps the distance between requests to one host, across processes too."""

    def __init__(
        self,
        known: dict[str, Host],
        keep: Callable[[dict[str, Host]], None],
        delay_seconds: float,
        agent: str,
        now: Callable[[], datetime],
        wait: Callable[[float], None],
    ) -> None:
        """Args: known: by origin, changed in place; keep: called whenever it changed; agent: our product token."""
        self._known, self._keep, self._now, self._wait = known, keep, now, wait
        self._delay_seconds, self._agent = delay_seconds, agent
        self._due: dict[str, float] = {}
        self._rules: dict[str, Protego] = {}

    def rules(self, origin: str, fetch: Callable[[], str]) -> Protego:
        """Return the host's robots.txt, asking `fetch` for its text where ours is older than a day.

        Raises:
            FetchError: it could not be fetched: everything is forbidden then (RFC 9309 2.3.1.4).
        """
        if origin not in self._rules:
            host = self._known.get(origin)
            age = self._now() - host.robots_at if host and host.robots_at else ROBOTS_AGE
            # A clock set back must not make an old copy young for ever.
            if host is None or host.robots is None or not timedelta(0) <= age < ROBOTS_AGE:
                text = fetch()
                self._save(replace(self._host(origin), robots=text, robots_at=self._now()))
                self._rules[origin] = Protego.parse(text)
                self.rest(origin)  # the delay it asks for holds from its own request on
            else:
                self._rules[origin] = Protego.parse(host.robots)
        return self._rules[origin]

    def keep_distance(self, origin: str) -> None:
        """Wait until the host may be asked.

        Raises:
            AwayError: it asked us to stay away for longer than a run waits.
        """
        if origin not in self._due:
            # A run that was killed may have asked a moment ago.
            rest = (self._host(origin).not_before - self._now()).total_seconds()
            self._due[origin] = time.monotonic() + rest
        rest = self._due[origin] - time.monotonic()
        if rest > LONGEST_WAIT_SECONDS:
            until = self._host(origin).not_before
            raise AwayError(f"{origin}: asks to be left alone until {until:%Y-%m-%d %H:%M} UTC; run again then")
        if rest > 0:
            self._wait(rest)
        self.rest(origin)

    def rest(self, origin: str, asked_seconds: float = 0.0) -> None:
        """Note that the host was asked just now, and shall not be again before the delay or what it asked for.

        Called before a request and after its answer: a run killed between the two still leaves its mark.
        """
        pause = max(self._delay_of(origin), asked_seconds)
        pause += self._delay_of(origin) * _JITTER * random.random()  # noqa: S311 - politeness, not secrecy
        self._due[origin] = time.monotonic() + pause
        self._save(replace(self._host(origin), not_before=self._now() + timedelta(seconds=pause)))

    def _delay_of(self, origin: str) -> float:
        rules = self._rules.get(origin)
        asked = float((rules.crawl_delay(self._agent) if rules is not None else None) or 0.0)
        if asked > LONGEST_WAIT_SECONDS:
            raise FetchError(f"{origin}: robots.txt asks for {asked:.0f} s between requests; it is left out")
        return max(self._delay_seconds, asked)

    def _host(self, origin: str) -> Host:
        return self._known.get(origin) or Host(origin, datetime(1970, 1, 1, tzinfo=UTC))

    def _save(self, host: Host) -> None:
        self._known[host.origin] = host
        self._keep(self._known)


def retry_after_seconds(value: str, now: datetime) -> float:
    """Read a Retry-After header: seconds or a date; 0 where it says neither."""
    if value.strip().isdigit():
        return float(value)
    try:
        return max((parsedate_to_datetime(value) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0
