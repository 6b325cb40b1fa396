"""Where does a mailbox's next message begin? mbox of every kind, news batches, single messages; packed or not."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from overheard.errors import UnreadableError
from overheard.forums.mail.headers import Headers, split_head

_LARGEST = 64_000_000
"""Bytes unpacked; more is to be split by who exports it."""
_MOST_PACKED = 120
"""Times smaller than unpacked; text packs to a fifth, and only an attack packs better than this."""
_MOST_MEMBERS = 20_000
_HEAD_BYTES = 16_384
_DATED_FROM = rb"From [^\n]{0,300}?\d\d?:\d\d(?::\d\d)?[^\n]{0,60}"
_KNOWN = (
    rb"(?:Return-Path|Received|Message-I[Dd]|Date|From|Subject|To|Path|Newsgroups|MIME-Version|Mime-Version|Delivered-To"
    rb"|X-[A-Za-z-]{2,40}|Status|Content-Type|Xref|Reply-To|Sender|References|In-Reply-To|Organization|DKIM-Signature"
    rb"|Authentication-Results|ARC-[A-Za-z-]{4,40}):"
)
# A date in the line, or a known header below a line without one (Thunderbird, Eudora, news archives).
_FROM_LINE = re.compile(
    rb"^(?:"
    + _DATED_FROM
    + rb"\n(?=[!-9;-~]{1,76}[ \t]*:|>From )|(?<=\n\n)From(?: [^\s:]{0,120})?[ \t]*\n(?="
    + _KNOWN
    + rb")|\A\n{0,8}From(?: [^\s:]{0,120})?[ \t]*\n(?="
    + _KNOWN
    + rb"))",
    re.MULTILINE,
)
_BATCH = re.compile(rb"^#! rnews \d{1,9}[^\n]{0,40}\n", re.MULTILINE)
_STATUS = re.compile(rb"2[012]\d [^\n]{0,500}\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MAIL_SUFFIXES = (".mbox", ".mbx", ".eml", ".txt")


@dataclass(frozen=True, slots=True)
class Raw:
    """One message as it was sent, and the mailbox's line before it."""

    body: bytes
    from_line: str = ""


def is_mail(head: bytes) -> bool:
    """Say whether bytes begin as a mailbox or a message does.

    Args:
        head: the first thousands of bytes, unpacked.
    """
    head = _normal(head[:_HEAD_BYTES])
    if _FROM_LINE.match(head) or _BATCH.match(head):
        return True
    headers, _ = split_head(_STATUS.sub(b"", head, count=1) if _STATUS.match(head) else head)
    return _is_head(headers)


def _is_head(headers: Headers) -> bool:
    if not headers.has("from", "sender") or len(headers.fields) < 3:
        return False
    return headers.has("message-id", "date", "received") and headers.has(
        "subject", "newsgroups", "received", "message-id", "mime-version", "to"
    )


def is_packed(body: bytes) -> bool:
    """Say whether bytes are packed by gzip."""
    return body.startswith(b"\x1f\x8b\x08")


def begin_unpacked(body: bytes) -> bytes:
    """Return the first thousands of bytes, unpacked; empty where they are broken."""
    if not is_packed(body):
        return body[:_HEAD_BYTES]
    try:
        return zlib.decompressobj(31).decompress(body[: 4 * _HEAD_BYTES], _HEAD_BYTES)
    except zlib.error:
        return b""


def unpack(place: str, body: bytes) -> bytes:
    """Return the bytes, unpacked where gzip packed them; what a cut-off file holds is kept.

    Raises:
        UnreadableError: they unpack to more than a mailbox of this size can hold.
    """
    if not is_packed(body):
        return body
    out: list[bytes] = []
    size, rest = 0, body
    while rest[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(31)
        try:
            part = unpacker.decompress(rest, _LARGEST - size + 1)
        except zlib.error:
            break
        size += len(part)
        out.append(part)
        _check_size(place, size, len(body))
        rest = unpacker.unused_data
    return b"".join(out)


def _check_size(place: str, size: int, packed: int) -> None:
    if size > _LARGEST or size > max(5_000_000, packed * _MOST_PACKED):
        mend = f"unpack it yourself and split it into files below {_LARGEST // 1_000_000} MB"
        raise UnreadableError(place, "the packed mailbox is too large unpacked", mend)


def packed_mailboxes(place: str, body: bytes) -> Iterator[bytes]:
    """Unpack the mailboxes of a zip archive, as groups.io and Takeout write them; other files are passed over.

    Raises:
        UnreadableError: the archive is broken, encrypted, or unpacks to too much.
    """
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for member in archive.infolist()[:_MOST_MEMBERS]:
                if member.is_dir() or not member.filename.lower().endswith((*_MAIL_SUFFIXES, ".gz")):
                    continue
                with archive.open(member) as packed:
                    content = packed.read(_LARGEST - size + 1)
                size += len(content)
                _check_size(place, size, len(body))
                content = unpack(place, content)
                if is_mail(content):
                    yield content
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        raise UnreadableError(place, "the zip archive is broken or encrypted", "export it again") from None


def holds_mail(body: bytes) -> bool:
    """Say whether a zip archive holds a mailbox, by the first bytes of its first members; one is empty, maybe."""
    if not body.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [member for member in archive.infolist()[:200] if not member.is_dir()]
            mail = [member for member in members if member.filename.lower().endswith((*_MAIL_SUFFIXES, ".gz"))]
            for member in mail[:10]:
                with archive.open(member) as packed:
                    if is_mail(begin_unpacked(packed.read(_HEAD_BYTES))):
                        return True
            # An archive of a group without messages is one as well.
            return bool(members) and all(m.filename.lower().endswith(".mbox") and not m.file_size for m in members)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        return False


def split_mailbox(body: bytes) -> list[Raw]:
    """Split a mailbox, a batch of news articles or a single message into messages."""
    body = _normal(body)
    marks = list(_FROM_LINE.finditer(body))
    if marks and not body[: marks[0].start()].strip():
        ends = [mark.start() for mark in marks[1:]] + [len(body)]
        return [
            Raw(_ESCAPED.sub(rb"\1", body[mark.end() : end]), mark[0].strip().decode("utf-8", "replace"))
            for mark, end in zip(marks, ends, strict=True)
        ]
    batches = list(_BATCH.finditer(body))
    if batches:
        ends = [mark.start() for mark in batches[1:]] + [len(body)]
        return [Raw(body[mark.end() : end]) for mark, end in zip(batches, ends, strict=True)]
    if found := _STATUS.match(body):
        # As a news server sends it: a status line, dots doubled, a lone dot at the end.
        body = re.sub(rb"^\.\.", b".", body[found.end() :].removesuffix(b"\n.\n"), flags=re.MULTILINE)
    return [Raw(body)]


def _normal(body: bytes) -> bytes:
    body = body.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if b"\n" not in body:
        body = body.replace(b"\r", b"\n")
    return body.lstrip(b"\n")
