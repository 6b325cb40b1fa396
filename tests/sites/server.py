"""A site on loopback: answers what it is given to serve, logs every request, and misbehaves as planned."""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

FIRST_NIGHT = datetime(2024, 6, 1, tzinfo=UTC)
LOGGED_HEADERS = ("Host", "User-Agent", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Authorization")
_LEAST_GZIPPED = 256
"""Bytes; below it gzip makes a body longer, and servers send it plain."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Resource:
    """What lies at an address. Its ETag follows the body; `has_etag` and `has_date`: which of both are sent."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    has_etag: bool = True
    has_date: bool = True

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True)
class Answer:
    """One answer on its way out, and how it is sent.

    `declared_bytes`: the Content-Length where it is not the body's (-1: none is sent); `bytes_at_once` and
    `pause_seconds`: sent in drops; `reset_after`: bytes of the body after which the connection is reset (-1: even the
    status line is not sent).
    """

    status: int
    headers: dict[str, str]
    body: bytes
    declared_bytes: int | None = None
    bytes_at_once: int = 1 << 20
    pause_seconds: float = 0.0
    reset_after: int | None = None


@dataclass(frozen=True)
class Fault:
    """A way to misbehave: turns the right answer to a request for a target into a wrong one."""

    name: str
    spoil: Callable[[Answer, str], Answer]


@dataclass(frozen=True)
class Asked:
    """One request as it came. `at` is monotonic seconds; `status` what was answered (0: nothing); `fault` its name."""

    at: float
    method: str
    target: str
    headers: dict[str, str]
    status: int
    fault: str


Find = Callable[[str], Resource | None]
Plan = Callable[[str, int], Fault | None]
"""The fault of the n-th request (from 0) for a target, a path with its query."""


@dataclass
class Site:
    """A site that listens from `with` on. `forgotten` names query parameters that make no other page (session ids)."""

    find: Find = lambda target: None
    plan: Plan = lambda target, number: None
    forgotten: frozenset[str] = frozenset()
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    night: datetime = FIRST_NIGHT

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._changed: dict[tuple[str, str], datetime] = {}
        self._server = _Server(self)

    def __enter__(self) -> Site:
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()

    def serve(self, find: Find, plan: Plan | None = None, night: datetime | None = None) -> list[Asked]:
        """Serve other content from now on, as on another night, and begin a new log.

        Args:
            find: what lies at a target; a dictionary's `get` will do.
            plan: its faults; none where none is given.
            night: the Last-Modified of whatever is new. By default a second ahead of the clock, because whoever
                fetched within this second would be told that nothing changed.

        Returns:
            The log up to now.
        """
        with self._lock:
            before, self.asked = self.asked, []
            self._counts.clear()
            if before:
                self.night = night or datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
            self.find, self.plan = find, plan or (lambda target, number: None)
        return before

    def targets(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [asked.target for asked in self.asked if asked.target != "/robots.txt"]

    def gaps(self) -> list[float]:
        """Seconds between each request and the next."""
        times = sorted(asked.at for asked in self.asked)
        return [later - sooner for sooner, later in pairwise(times)]

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        """Log a request and tell what to send."""
        at = time.monotonic()
        with self._lock:
            number = self._counts[target]
            self._counts[target] += 1
            find, plan = self.find, self.plan
        resource = find(self._without_forgotten(target))
        answer = self._answer_of(target, resource, headers)
        fault = plan(target, number)
        if fault is not None:
            answer = fault.spoil(answer, target)
        logged = {name: headers[name.lower()] for name in LOGGED_HEADERS if name.lower() in headers}
        status = 0 if answer.reset_after == -1 else answer.status
        with self._lock:
            self.asked.append(Asked(at, method, target, logged, status, fault.name if fault else ""))
        return answer

    def _answer_of(self, target: str, resource: Resource | None, headers: dict[str, str]) -> Answer:
        if resource is None:
            return Answer(404, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>Not found</h1>")
        sent = {"Content-Type": resource.content_type, **dict(resource.headers)}
        with self._lock:
            changed_at = self._changed.setdefault((target, resource.etag), self.night)
        if resource.status == 200:
            sent |= {"ETag": resource.etag} if resource.has_etag else {}
            sent |= {"Last-Modified": format_datetime(changed_at, usegmt=True)} if resource.has_date else {}
            if _is_unchanged(resource, changed_at, headers):
                return Answer(304, sent, b"")
        body = resource.body
        if "gzip" in headers.get("accept-encoding", "") and len(body) >= _LEAST_GZIPPED:
            sent |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body, 6, mtime=0)
        return Answer(resource.status, sent, body)

    def _without_forgotten(self, target: str) -> str:
        parts = urlsplit(target)
        if not self.forgotten or not parts.query:
            return target
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in self.forgotten]
        return f"{parts.path}?{urlencode(kept)}" if kept else parts.path


def robots(*disallowed: str, crawl_delay: float | None = None) -> Resource:
    """What a site asks of every robot."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    lines += [f"Crawl-delay: {crawl_delay:g}"] if crawl_delay is not None else []
    return Resource("\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")


def _is_unchanged(resource: Resource, changed_at: datetime, headers: dict[str, str]) -> bool:
    """RFC 9110, 13.2.2: If-None-Match wins over If-Modified-Since."""
    known = headers.get("if-none-match")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return resource.has_etag and (resource.etag in tags or "*" in tags)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    return resource.has_date and changed_at <= since.replace(tzinfo=since.tzinfo or UTC)


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that none outlives the test."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the body of each answer on a kept connection waits 40 ms for the headers' acknowledgement.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        # Whoever was hung up on, or hangs up on us, is part of the play.
        with suppress(OSError):
            answer = self.server.site.answer(
                self.command, self.path, {name.lower(): value for name, value in self.headers.items()}
            )
            self._send(answer if self.command == "GET" else replace(answer, body=b"", declared_bytes=len(answer.body)))

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def _send(self, answer: Answer) -> None:
        if answer.reset_after == -1:
            return self._reset()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED and answer.declared_bytes != -1:
            declared = len(answer.body) if answer.declared_bytes is None else answer.declared_bytes
            self.send_header("Content-Length", str(declared))
        if answer.declared_bytes is not None and self.command == "GET":
            self.send_header("Connection", "close")
        self.end_headers()
        body = answer.body if answer.reset_after is None else answer.body[: answer.reset_after]
        for start in range(0, len(body), answer.bytes_at_once):
            self.wfile.write(body[start : start + answer.bytes_at_once])
            time.sleep(answer.pause_seconds)
        if answer.reset_after is not None:
            self._reset()
        return None

    def _reset(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        # The stream files hold the socket open: without this the reset waits for the collector.
        self.rfile.close()
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing: the log is kept by the site."""
