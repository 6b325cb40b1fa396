"""A language model is asked at the owner's address alone, with limits, and the key is seen by nobody else."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from overheard.settings import LlmSettings
from overheard.web import ModelAnswerError, ask_model

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-canary-7f3a"


class Endpoint(ThreadingHTTPServer):
    """Answers every question with `body`, and keeps what it was asked as (path, headers, body)."""

    daemon_threads = True

    def __init__(self, body: bytes, status: int = 200, location: str = "", drips: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.body, self.status, self.location, self.drips = body, status, location, drips
        self.asked: list[tuple[str, dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Answer(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        told = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(told)))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        try:
            self._send()
        except OSError:
            return  # whoever asked has left

    def _send(self) -> None:
        if not self.server.drips:
            self.wfile.write(self.server.body)
            return
        for at in range(len(self.server.body)):
            self.wfile.write(self.server.body[at : at + 1])
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def endpoint(body: bytes = b"", **more: Any) -> Iterator[Endpoint]:
    server = Endpoint(body, **more)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def said(text: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


def ask(url: str, key: str = KEY, **more: Any) -> str:
    settings = LlmSettings(url=url, model="small", **{"timeout_seconds": 5.0} | more)
    return ask_model(settings, "Be brief.", "DATA", key)


def test_a_question_is_sent_without_tools_and_its_answer_comes_back() -> None:
    with endpoint(said("cold ovens")) as server:
        assert ask(f"{server.url}/") == "cold ovens"
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert [one["role"] for one in body["messages"]] == ["system", "user"]
    assert set(body) == {"model", "messages", "temperature", "max_tokens", "stream"}


def test_an_endpoint_without_a_key_is_sent_none() -> None:
    with endpoint(said("x")) as server:
        ask(server.url, key="")
    assert "Authorization" not in server.asked[0][1]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://models.example/v1", "not https"),
        ("http://10.0.0.1/v1", "not https"),
        ("ftp://127.0.0.1/v1", "not https"),
        ("file:///v1", "not https"),
        ("https://me:secret@models.example/v1", "not https"),
        ("https://[oops", "not https"),
        ("127.0.0.1/v1", "not https"),
        ("https://10.0.0.1/v1", "is private"),
        ("https://169.254.169.254/latest", "is private"),
    ],
)
def test_no_other_address_is_asked(url: str, told: str) -> None:
    with pytest.raises(ModelAnswerError, match=told) as failed:
        ask(url)
    assert KEY not in str(failed.value)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    ("body", "more", "told"),
    [
        (b"", {"status": 302, "location": "http://10.0.0.1/"}, "answered 302"),
        (b"", {"status": 307, "location": "http://127.0.0.1:1/"}, "answered 307"),
        (b"", {"status": 401}, "answered 401"),
        (b"", {"status": 500}, "answered 500"),
        (b"<html>", {}, "holds no text"),
        (b"[" * 150_000, {}, "holds no text"),
        (b"{}", {}, "holds no text"),
        (b'{"choices": []}', {}, "holds no text"),
        (b'{"choices": [{"message": {"tool_calls": [{}]}}]}', {}, "holds no text"),
        (said(None), {}, "holds no text"),
        (said(["a"]), {}, "holds no text"),
        (b"\xff\xfe\x00", {}, "holds no text"),
        (said("x" * 300_000), {}, "too large"),
    ],
)
def test_an_answer_that_is_none_is_told_in_one_line(body: bytes, more: dict[str, Any], told: str) -> None:
    with endpoint(body, **more) as server, pytest.raises(ModelAnswerError, match=told) as failed:
        ask(server.url)
    assert len(server.asked) == 1
    assert "\n" not in str(failed.value)
    assert KEY not in str(failed.value)


def test_an_endpoint_that_drips_is_left() -> None:
    with endpoint(said("x" * 200), drips=True) as server, pytest.raises(ModelAnswerError, match="too slow"):
        ask(server.url, timeout_seconds=0.2)


def test_an_endpoint_nobody_serves_is_told() -> None:
    with endpoint() as server:
        url = server.url
    with pytest.raises(ModelAnswerError, match="cannot be reached"):
        ask(url)


def test_the_key_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(said("x")) as server:
        ask(server.url)
    assert KEY not in caplog.text


def test_a_url_needs_the_models_name() -> None:
    with pytest.raises(ValueError, match="needs `model`"):
        LlmSettings(url="https://models.example/v1")
