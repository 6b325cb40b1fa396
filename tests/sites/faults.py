"""The ways servers misbehave, and plans of when they do. The same seed gives the same faults."""

from __future__ import annotations

import gzip
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.utils import formatdate
from functools import lru_cache
from random import Random

from tests.sites.server import Answer, Fault, Plan

_PAGE = {"Content-Type": "text/html; charset=utf-8"}


def fails(status: int = 500) -> Fault:
    """An error, with a page of its own."""
    return Fault(f"{status}", lambda answer, target: Answer(status, dict(_PAGE), b"<h1>Something broke</h1>"))


def is_busy(status: int = 503, seconds: float = 1, as_date: bool = False) -> Fault:
    """429 or 503 with Retry-After, in seconds or as an HTTP date."""

    def spoil(answer: Answer, target: str) -> Answer:
        # A date has whole seconds: rounded up, or it would allow to come too soon.
        told = formatdate(int(time.time()) + 1 + seconds, usegmt=True) if as_date else f"{seconds:g}"
        return Answer(status, {**_PAGE, "Retry-After": told}, b"<h1>Too many requests</h1>")

    return Fault(f"{status} Retry-After {'date' if as_date else 'seconds'}", spoil)


def drips(bytes_at_once: int = 512, pause_seconds: float = 0.02) -> Fault:
    """The right answer, drop by drop."""

    def spoil(answer: Answer, target: str) -> Answer:
        return replace(answer, bytes_at_once=bytes_at_once, pause_seconds=pause_seconds)

    return Fault("slow drip", spoil)


def cuts_gzip() -> Fault:
    """The declared length is kept, but the gzip stream ends in the middle."""

    def spoil(answer: Answer, target: str) -> Answer:
        packed = answer.body if "Content-Encoding" in answer.headers else gzip.compress(answer.body, mtime=0)
        headers = {**answer.headers, "Content-Encoding": "gzip"}
        return replace(answer, headers=headers, body=packed[: len(packed) // 2])

    return Fault("truncated gzip", spoil)


def cuts_body() -> Fault:
    """The connection ends before as many bytes have come as were declared."""

    def spoil(answer: Answer, target: str) -> Answer:
        return replace(answer, body=answer.body[: len(answer.body) // 2], declared_bytes=max(len(answer.body), 2))

    return Fault("truncated body", spoil)


def resets(after_bytes: int = -1) -> Fault:
    """The connection is reset: before the status line, or after some bytes of the body."""
    return Fault("reset", lambda answer, target: replace(answer, reset_after=after_bytes))


def redirects(to: str, status: int = 302) -> Fault:
    """Elsewhere: another path, another host, a private one."""
    return Fault(f"redirect to {to}", lambda answer, target: Answer(status, {**_PAGE, "Location": to}, b""))


def redirects_for_ever() -> Fault:
    """To itself, with ever the same address."""
    return Fault("redirect loop", lambda answer, target: Answer(302, {**_PAGE, "Location": target}, b""))


def floods(megabytes: int = 30, is_declared: bool = True) -> Fault:
    """A page too large to be one; without a declared length only whoever counts notices in time."""

    def spoil(answer: Answer, target: str) -> Answer:
        return Answer(200, dict(_PAGE), _large_page(megabytes), None if is_declared else -1)

    return Fault(f"{megabytes} MB page", spoil)


def sends_gzip_bomb(megabytes: int = 100) -> Fault:
    """Few bytes on the line, many once unpacked."""

    def spoil(answer: Answer, target: str) -> Answer:
        return Answer(200, {**_PAGE, "Content-Encoding": "gzip"}, _bomb(megabytes))

    return Fault(f"gzip bomb of {megabytes} MB", spoil)


def mistypes(content_type: str = "image/png") -> Fault:
    """The right body under a wrong name."""

    def spoil(answer: Answer, target: str) -> Answer:
        return replace(answer, headers={**answer.headers, "Content-Type": content_type})

    return Fault(f"typed {content_type}", spoil)


def says_nothing() -> Fault:
    """200 and no body."""
    return Fault("empty body", lambda answer, target: Answer(200, dict(_PAGE), b""))


PASSING = (
    fails(500),
    is_busy(503, 0),
    is_busy(503, 0, as_date=True),
    is_busy(429, 0),
    drips(),
    cuts_gzip(),
    cuts_body(),
    resets(),
    resets(after_bytes=100),
)
"""What a patient client gets over by asking again a little later."""


def faults_at(planned: Mapping[str, Sequence[Fault | None] | Fault]) -> Plan:
    """Faults by target: one fault for every request, or a list for the first ones."""

    def plan(target: str, number: int) -> Fault | None:
        faults = planned.get(target, ())
        if isinstance(faults, Fault):
            return faults
        return faults[number] if number < len(faults) else None

    return plan


def seeded_faults(
    seed: int, share: float, faults: Sequence[Fault] = PASSING, most: int = 2, spared: Sequence[str] = ("/robots.txt",)
) -> Plan:
    """Faults by chance, the same for the same seed.

    Args:
        seed: of the chance.
        share: 0-1, of the first requests for each target.
        faults: to choose from.
        most: only so many first requests for a target can go wrong, so that whoever comes again is served.
        spared: targets without faults. A robots.txt that fails forbids the whole site.
    """

    def plan(target: str, number: int) -> Fault | None:
        chance = Random(f"{seed} {target} {number}")
        if number >= most or target in spared or chance.random() >= share:
            return None
        return chance.choice(list(faults))

    return plan


def either(*plans: Plan) -> Plan:
    """The first plan that has a fault for a request."""
    return lambda target, number: next((fault for plan in plans if (fault := plan(target, number))), None)


@lru_cache(maxsize=4)
def _large_page(megabytes: int) -> bytes:
    row = b"<p>" + b"The same line again, and again, and again. " * 20 + b"</p>\n"
    return (row * (megabytes * 1_000_000 // len(row) + 1))[: megabytes * 1_000_000]


@lru_cache(maxsize=4)
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(bytes(megabytes * 1_000_000), 6, mtime=0)
