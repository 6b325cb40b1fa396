"""Wherever a name or a redirect leads: nothing private is connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

import httpcore2
import pytest
import stamina

from overheard.errors import FetchError
from overheard.settings import WebSettings
from overheard.web import Fetcher
from tests.make import NOON

PUBLIC = "93.184.216.34"
ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, int]]]:
    """Stand in for names and lines; return a function that sets both up and returns what is connected to."""

    def arrange(names: dict[str, list[str]], answers: Iterable[bytes]) -> list[tuple[str, int]]:
        seen: list[tuple[str, int]] = []
        waiting = iter(answers)

        def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
            told = names.get(host, [host])
            # A name that changes its answer: the last one stays.
            address = told.pop(0) if len(told) > 1 else told[0]
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (one, port)) for one in address.split()]

        def connect(_: object, host: str, port: int, *__: object, **___: object) -> httpcore2.NetworkStream:
            seen.append((host, port))
            return httpcore2.MockStream([next(waiting)])

        # The module's own name for it: the guard of sockets comes off `socket` before monkeypatch puts anything back.
        stand_in = SimpleNamespace(getaddrinfo=resolve, SOCK_STREAM=socket.SOCK_STREAM, gaierror=socket.gaierror)
        monkeypatch.setattr("overheard.web.addresses.socket", stand_in)
        monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
        return seen

    return arrange


def fetch(url: str) -> None:
    settings = WebSettings(contact="mailto:research@example.org", delay_seconds=0, attempts=1)
    with Fetcher(settings, now=lambda: NOON, wait=lambda _: None) as polite:
        polite.fetch_page(url)


def redirect_to(address: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:8080/",
        "http://0/",
        "//10.0.0.7/",
        "http://intranet.example/",
        "http://both.example/",
    ],
)
def test_a_redirect_leads_to_nothing_private(connected: Callable[..., list[tuple[str, int]]], address: str) -> None:
    names = {"forum.example": [PUBLIC], "intranet.example": ["192.168.1.1"], "both.example": [f"{PUBLIC} 10.0.0.7"],
             "0": ["0.0.0.0"]}  # fmt: skip
    seen = connected(names, [ROBOTS, redirect_to(address)])
    with pytest.raises(FetchError, match="private address"):
        fetch("http://forum.example/t/1")
    assert {host for host, _ in seen} == {PUBLIC}


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://forum.example/", "gopher://10.0.0.1/", "data:x"])
def test_a_redirect_leads_to_nothing_but_the_web(connected: Callable[..., list[tuple[str, int]]], address: str) -> None:
    seen = connected({"forum.example": [PUBLIC]}, [ROBOTS, redirect_to(address)])
    with pytest.raises(FetchError, match="not an http or https address"):
        fetch("http://forum.example/t/1")
    assert len(seen) == 2


def test_a_name_that_turns_private_between_two_requests_is_left(
    connected: Callable[..., list[tuple[str, int]]],
) -> None:
    seen = connected({"forum.example": [PUBLIC, "127.0.0.1"]}, [ROBOTS])
    with pytest.raises(FetchError, match="private address"):
        fetch("http://forum.example/t/1")
    assert seen == [(PUBLIC, 80)]


def test_what_was_judged_is_what_is_connected_to(connected: Callable[..., list[tuple[str, int]]]) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    seen = connected({"forum.example": [PUBLIC]}, [ROBOTS, body])
    fetch("http://forum.example/t/1")
    assert seen == [(PUBLIC, 80), (PUBLIC, 80)]
