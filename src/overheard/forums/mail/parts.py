"""Which part of a message is its text? MIME parts, transfer encodings, flowed lines (RFC 2045, 2046, 3676)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from overheard.forums.mail.charsets import decode_text
from overheard.forums.mail.headers import Headers, decode_base64, split_head

_DEEPEST = 12
"""Parts within parts; deeper ones are an attack or a loop of forwards."""
_MOST_PARTS = 500
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=]{1,1000}")
_TAG = re.compile(r"<[^<>]*>")
_QUOTE_MARKS = re.compile(r"(?:> ?)*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a message's text: as plain text, or as the source of HTML."""

    kind: Literal["plain", "html"]
    text: str


def read_pieces(headers: Headers, body: bytes) -> list[Piece]:
    """Return the text a mail program shows for a message, without its attachments.

    Of alternatives the plain text is taken, since that is what archives show; HTML where the plain text holds no word.
    """
    return _pieces(headers, body, 0, [_MOST_PARTS])


def forwarded_whole(headers: Headers, body: bytes) -> list[bytes]:
    """Return the messages a digest is made of (multipart/digest); none where the message is no digest."""
    kind = headers.media_type()
    if kind == "multipart/digest":
        return [_inner(part) for part in _split_parts(headers, body)]
    if kind == "multipart/mixed":
        for part in _split_parts(headers, body):
            inside, content = split_head(part)
            if inside.media_type() == "multipart/digest":
                return [_inner(message) for message in _split_parts(inside, content)]
    return []


def _inner(part: bytes) -> bytes:
    """Return a digest's message without the head of the part that holds it, which may be left out or empty."""
    if part.startswith(b"\n"):
        return part[1:]
    headers, content = split_head(part)
    return content if headers.media_type() == "message/rfc822" or not headers.has("from") else part


def _pieces(headers: Headers, body: bytes, depth: int, left: list[int]) -> list[Piece]:
    kind = headers.media_type()
    left[0] -= 1
    if depth > _DEEPEST or left[0] < 0:
        return []
    if kind.startswith("multipart/"):
        parts = list(_split_parts(headers, body))
        if parts:
            return _of_several(kind, parts, depth, left)
        kind = "text/plain"
    if kind in ("text/plain", "text/html", "text/enriched", "text/markdown", "text/x-markdown"):
        text = decode_text(_undo_transfer(headers, body), headers.parameter("charset"))
        if kind == "text/html":
            return [Piece("html", text)]
        if headers.parameter("format").lower() == "flowed":
            text = join_flowed(text, headers.parameter("delsp").lower() == "yes")
        return [Piece("plain", text)]
    return []


def _of_several(kind: str, parts: list[bytes], depth: int, left: list[int]) -> list[Piece]:
    found: list[list[Piece]] = []
    for part in parts:
        headers, body = split_head(part) if not part.startswith(b"\n") else (Headers(()), part[1:])
        # The first part is the message even where its sender calls it an attachment.
        if any(found) and _is_attached(headers):
            continue
        found.append(_pieces(headers, body, depth + 1, left))
    if kind == "multipart/alternative":
        # The plainest comes first (RFC 2046), but some senders leave it empty.
        worded = [pieces for pieces in found if any(has_word(piece) for piece in pieces)]
        plain = [pieces for pieces in worded if pieces[0].kind == "plain"]
        return next(iter(plain or worded), [])
    if kind in ("multipart/related", "multipart/signed"):
        return next((pieces for pieces in found if pieces), [])
    return [piece for pieces in found for piece in pieces]


def has_word(piece: Piece) -> bool:
    """Say whether a piece shows any letter or digit."""
    shown = _TAG.sub(" ", piece.text) if piece.kind == "html" else piece.text
    return any(char.isalnum() for char in shown)


def _is_attached(headers: Headers) -> bool:
    disposition = headers.first("content-disposition").lower()
    if disposition.startswith("attachment"):
        return True
    return bool(headers.parameter("filename", "content-disposition") or headers.parameter("name"))


def _split_parts(headers: Headers, body: bytes) -> Iterator[bytes]:
    boundary = headers.parameter("boundary").encode("utf-8", "replace").rstrip()
    if not boundary:
        return
    # One search for the line, not one for each line: the body is read once whatever it holds.
    line = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*$\n?", re.MULTILINE)
    start = -1
    for count, found in enumerate(line.finditer(body)):
        if start >= 0:
            # The line end before a boundary belongs to the boundary.
            yield body[start : max(start, found.start() - 1)]
        start = found.end()
        if found[1] or count >= _MOST_PARTS:
            return
    if start >= 0:
        yield body[start:]


def _undo_transfer(headers: Headers, body: bytes) -> bytes:
    encoding = headers.first("content-transfer-encoding").split(";")[0].strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding == "base64":
        lines = [line for line in body.split(b"\n") if line.strip()]
        strange = sum(not _BASE64_LINE.fullmatch(line.strip()) for line in lines)
        # A list's footer is often put below in plain text; text all over is no base64 at all.
        if strange * 2 <= len(lines):
            return decode_base64(b"".join(line for line in lines if _BASE64_LINE.fullmatch(line.strip())))
    return body


def join_flowed(text: str, deletes_space: bool) -> str:
    """Join the lines a mail program broke for transport (RFC 3676); quoted lines keep one mark a level.

    Args:
        text: text/plain; format=flowed.
        deletes_space: whether the space before a soft line break is no part of the text (DelSp).
    """
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        marks = _QUOTE_MARKS.match(line) if line.startswith(">") else None
        # Only marks without spaces between count (RFC 3676, 4.5); many programs write "> >" nevertheless.
        depth = marks[0].count(">") if marks else 0
        content = line[marks.end() :] if marks else line
        content = content.removeprefix(" ").rstrip("\r")
        is_signature_mark = content == "-- "
        if open_depth != depth or is_signature_mark:
            out.append([">" * depth + (" " if depth and content else "")])
        flows = content.endswith(" ") and not is_signature_mark
        out[-1].append(content[:-1] if flows and deletes_space else content)
        open_depth = depth if flows else -1
    return "\n".join("".join(line) for line in out)
