"""What the owner is told elsewhere arrives, or is said in one line not to have; secrets stay secret."""

from __future__ import annotations

import json
import logging
import socket

import pytest

from overheard.web import NoticeError, mail_notice, post_notice
from overheard.web.notify import is_this_machine
from tests.web.post_office import MailServer, Webhook, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TO = ["owner@example.org"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_webhook_is_told() -> None:
    with serving(Webhook()) as hook:
        post_notice(hook.url, b'{"text": "a night"}')
    assert [(path, json.loads(body)) for path, body in hook.posted] == [("/hooks/s3cret-token", {"text": "a night"})]


@pytest.mark.parametrize(
    ("status", "location", "told"),
    [
        (302, "http://10.0.0.1/inside", "answered 302 and sends elsewhere"),
        (307, "http://127.0.0.1:1/", "answered 307 and sends elsewhere"),
        (404, "", "answered 404"),
        (500, "", "answered 500"),
    ],
)
def test_a_webhook_that_does_not_take_it_is_not_followed_or_asked_again(status: int, location: str, told: str) -> None:
    with serving(Webhook(status, location)) as hook, pytest.raises(NoticeError, match=told) as failed:
        post_notice(hook.url, b"{}")
    assert len(hook.posted) == 1
    assert "s3cret" not in str(failed.value)
    assert "10.0.0.1" not in str(failed.value)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://hooks.example/s3cret", "not https"),
        ("http://127.0.0.1.example/s3cret", "not https"),
        ("http://10.0.0.1/s3cret", "not https"),
        ("ftp://127.0.0.1/s3cret", "not https"),
        ("file:///s3cret", "not https"),
        ("https:///s3cret", "not https"),
        ("https://[s3cret", "is none"),
        ("s3cret", "not https"),
        ("https://10.0.0.1/s3cret", "is private"),
        ("https://169.254.169.254/s3cret", "is private"),
    ],
)
def test_no_other_address_is_told_anything(url: str, told: str) -> None:
    with pytest.raises(NoticeError, match=told) as failed:
        post_notice(url, b"{}")
    assert "s3cret" not in str(failed.value)


def test_a_webhook_nobody_serves_is_told_in_one_line() -> None:
    with pytest.raises(NoticeError, match="cannot be reached") as failed:
        post_notice(f"http://127.0.0.1:{free_port()}/s3cret", b"{}")
    assert "\n" not in str(failed.value)
    assert "s3cret" not in str(failed.value)


def test_the_address_of_a_webhook_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(Webhook(500)) as hook, pytest.raises(NoticeError):
        post_notice(hook.url, b"{}")
    assert "s3cret" not in caplog.text


def test_a_letter_arrives() -> None:
    with serving(MailServer()) as server:
        mail_notice(
            f"smtp://127.0.0.1:{server.port}", [*TO, "b@example.org"], "a\nnight", "first line\nzweite Zeile: ü\n"
        )
    heard = server.heard
    assert {"From: owner@example.org", "To: owner@example.org, b@example.org", "Subject: a night"} <= set(heard)
    assert "first line" in heard
    assert sum(line.upper().startswith("RCPT TO") for line in heard) == 2


def test_the_sender_is_the_user_where_that_is_an_address() -> None:
    with serving(MailServer()) as server:
        mail_notice(f"smtp://me%40example.org@127.0.0.1:{server.port}", TO, "a night", "line")
    assert "From: me@example.org" in server.heard


@pytest.mark.parametrize("offers", [(), ("AUTH PLAIN LOGIN",)])
def test_no_password_leaves_in_the_clear(offers: tuple[str, ...]) -> None:
    with serving(MailServer(offers)) as server, pytest.raises(NoticeError, match="no STARTTLS"):
        mail_notice(f"smtp://me:s3cret@127.0.0.1:{server.port}", TO, "a night", "line")
    assert [line[:4].lower() for line in server.heard] == ["ehlo", "quit"]


def test_a_line_that_breaks_off_while_it_is_being_encrypted_is_not_used() -> None:
    with serving(MailServer(("STARTTLS",))) as server, pytest.raises(NoticeError, match="did not take it") as failed:
        mail_notice(f"smtp://me:s3cret@127.0.0.1:{server.port}", TO, "a night", "line")
    assert not any("AUTH" in line.upper() or "MAIL" in line.upper() for line in server.heard)
    assert "s3cret" not in str(failed.value)


@pytest.mark.parametrize("refuses", ["MAIL", "RCPT"])
def test_a_mail_server_that_refuses_is_told_in_one_line(refuses: str) -> None:
    with serving(MailServer(refuses=refuses)) as server, pytest.raises(NoticeError, match="did not take it") as failed:
        mail_notice(f"smtp://127.0.0.1:{server.port}", TO, "a night", "line")
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize(
    ("server", "recipients"),
    [
        ("http://127.0.0.1:25", TO),
        ("smtp://", TO),
        ("smtp://127.0.0.1:99999", TO),
        ("smtp://[x", TO),
        ("smtp://127.0.0.1:25", []),
        ("smtp://127.0.0.1:25", ["a@example.org\nBcc: all@example.org"]),
    ],
)
def test_what_is_no_mail_server_or_recipient_is_refused(server: str, recipients: list[str]) -> None:
    with pytest.raises(NoticeError):
        mail_notice(server, recipients, "a night", "line")


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost.example", False),
     ("10.0.0.1", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_only_a_loopback_address_is_this_machine(host: str, is_here: bool) -> None:
    assert is_this_machine(host) is is_here
