"""Says something to the market's owner elsewhere: to a webhook, or by mail.

Addresses and passwords come from the owner and are secrets: no error and no log line holds them. A webhook is told over
https, or on this machine; it is not followed elsewhere. A mail server gets no password and no letter in the clear,
unless it is on this machine.
"""

from __future__ import annotations

import ipaddress
import logging
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import httpx2

from overheard.errors import OverheardError
from overheard.web.addresses import make_transport

# It would log the whole address of each request, and the address of a webhook is its password.
logging.getLogger("httpx2").setLevel(logging.WARNING)

_TIMEOUT_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}


class NoticeError(OverheardError):
    """Something could not be said; names no address."""


def post_notice(url: str, body: bytes, allow_private_addresses: bool = False) -> None:
    """Post JSON to a webhook.

    Args:
        url: https, or http on this machine.
        body: JSON.
        allow_private_addresses: as [web] of the market says; this machine is always allowed.

    Raises:
        NoticeError: the address is none of these, nobody answered, or the answer was no yes.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise NoticeError("its address is none; correct it") from None
    is_here = is_this_machine(host)
    if not host or (parts.scheme != "https" and not (parts.scheme == "http" and is_here)):
        raise NoticeError("its address is not https, nor http on this machine; correct it")
    transport = make_transport(allow_private_addresses or is_here)
    try:
        with httpx2.Client(
            timeout=_TIMEOUT_SECONDS, transport=transport, follow_redirects=False, trust_env=False
        ) as client:
            answer = client.post(url, content=body, headers={"Content-Type": "application/json"})
    except OverheardError:
        raise NoticeError("its address is private; set [web] allow_private_addresses, or name another") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise NoticeError(f"it cannot be reached ({type(error).__name__}); check its address") from None
    if answer.is_redirect:
        raise NoticeError(f"it answered {answer.status_code} and sends elsewhere; give the address it leads to")
    if not answer.is_success:
        raise NoticeError(f"it answered {answer.status_code}; check its address")


def mail_notice(server: str, recipients: Sequence[str], subject: str, text: str) -> None:
    """Send a mail.

    Args:
        server: smtp://USER:PASSWORD@HOST:PORT, which must offer STARTTLS, or smtps://…; the user is the sender where it
            is an address, else the first recipient is.
        recipients: addresses, at least one.
        subject: on one line.
        text: the letter.

    Raises:
        NoticeError: the server's address is none, it cannot be reached, or it refuses.
    """
    try:
        parts = urlsplit(server)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NoticeError("the mail server's address is none; correct it") from None
    if not host or parts.scheme not in _PORTS or not recipients:
        raise NoticeError("the mail server's address is not smtp://HOST or smtps://HOST, or there is no recipient")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    try:
        letter = EmailMessage()
        letter["From"] = user if "@" in user else recipients[0]
        letter["To"] = ", ".join(recipients)
        letter["Subject"] = " ".join(subject.split())
        letter.set_content(text)
        with _connect(parts.scheme, host, port) as line:
            _secure(line, is_bare=not password and is_this_machine(host))
            if password:
                line.login(user, password)
            line.send_message(letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NoticeError(f"the mail server did not take it ({type(error).__name__}); check its address") from None


def is_this_machine(host: str) -> bool:
    """Tell whether a host's name or address is a loopback one; no name is asked for."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _connect(scheme: str, host: str, port: int) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)


def _secure(line: smtplib.SMTP, is_bare: bool) -> None:
    """Encrypt the line where it is not yet; only on this machine, and without a password, may it stay bare."""
    if isinstance(line, smtplib.SMTP_SSL):
        return
    line.ehlo()
    if line.has_extn("starttls"):
        line.starttls(context=ssl.create_default_context())
    elif not is_bare:
        raise NoticeError("the mail server offers no STARTTLS; nothing was sent to it, name one that does")
