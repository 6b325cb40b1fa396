"""Servers on this machine that take what a notice sends: a webhook and a mail server, each in a thread."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Webhook(HTTPServer):
    """Keeps what was posted to it as (path, body)."""

    def __init__(self, status: int = 200, location: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.status, self.location = status, location
        self.posted: list[tuple[str, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hooks/s3cret-token"


class _Post(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        self.server.posted.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


class MailServer(socketserver.TCPServer):
    """Takes mail and keeps every line it was told; offers no STARTTLS, or offers it and breaks it off."""

    def __init__(self, offers: tuple[str, ...] = (), refuses: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.offers, self.refuses = offers, refuses
        self.heard: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Mail(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        is_letter = False
        while line := self.rfile.readline().decode("utf-8", errors="replace").rstrip("\r\n"):
            self.server.heard.append(line)
            word = line[:4].upper()
            if self.server.refuses and line.upper().startswith(self.server.refuses):
                self._say("550 no")
            elif word == "EHLO":
                offers = ["here", *self.server.offers]
                self._say(
                    "\r\n".join(f"250{'-' if at < len(offers) - 1 else ' '}{one}" for at, one in enumerate(offers))
                )
            elif word == "DATA":
                self._say("354 go on")
                is_letter = True
                while (line := self.rfile.readline().decode("utf-8").rstrip("\r\n")) != ".":
                    self.server.heard.append(line)
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            elif word == "STAR":
                self._say("220 go on")
                return
            else:
                self._say("250 well" if not is_letter else "250 again")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Serve in a thread until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
