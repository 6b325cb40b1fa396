"""What does one message say, who wrote it, and which message does it answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from overheard.forums.body import Body, read_body
from overheard.forums.mail.headers import Headers, decode_words, ids_in, name_of_sender, read_mail_date, split_head
from overheard.forums.mail.own import cut_own
from overheard.forums.mail.parts import Piece, forwarded_whole, read_pieces
from overheard.forums.mail.quoted import name_in_attribution
from overheard.forums.outline import drop_unseen, parse_html
from overheard.records import Span

_FROM_LINE_DATE = re.compile(
    r"From .{0,300}?\s(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d (?:[+-]\d{4} \d{4}|\d{4} [+-]\d{4}))\s*$"
)
_ADDRESS_OF_LIST = ("list-id", "list-post", "mailing-list", "x-mailing-list", "x-beenthere", "x-google-group-id")
_WEB_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]{3,500})>?")
_MOST_IN_DIGEST = 300


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a list, a group or a mailbox.

    `key` is its id, empty where it has none; `parents` the ids it answers, oldest first; `thread` what the mailbox
    itself calls the thread, empty where it does not; `subject` is as shown; `quotes` the name in the first attribution.
    """

    text: str
    author: str
    subject: str
    key: str = ""
    parents: tuple[str, ...] = ()
    answers: str = ""
    thread: str = ""
    said_at: datetime | None = None
    url: str | None = None
    not_own: tuple[Span, ...] = ()
    quotes: str = ""
    rank: str = ""


def read_messages(raw: bytes, from_line: str = "") -> Iterator[Message]:
    """Read one message, or each message of a digest.

    Args:
        raw: the message as it was sent, with "\\n" as line ends.
        from_line: the mailbox's line before it ("From ann@example.org Mon May  3 09:00:00 2021"), empty where none.

    Yields:
        Nothing for notices nobody wrote: delivery reports and absence replies. Text may be empty.
    """
    headers, body = split_head(raw)
    if _is_notice(headers):
        return
    inside = forwarded_whole(headers, body)[:_MOST_IN_DIGEST]
    for part in inside:
        inner, content = split_head(part)
        if inner.has("from") and not _is_notice(inner):
            yield _message(inner, content, "")
    if not inside:
        yield _message(headers, body, from_line)


def read_plain_body(text: str) -> Body:
    """Read a message's text as an archive shows it: own words kept, signature and footer cut off, quotations marked."""
    return Body(*cut_own(text), None)


def read_html_body(source: str) -> Body:
    """Read a message's text from HTML; empty where it shows no word."""
    root = parse_html(source) if source.strip() else None
    if root is None:
        return Body("", (), None)
    drop_unseen(root)
    body = read_body(root)
    return Body(*cut_own(body.text, body.not_own), body.quoted)


def quoted_name(body: Body) -> str:
    """Return whom a message quotes first, by its attribution; empty where it names nobody."""
    name = ""
    if body.not_own:
        start, end = body.not_own[0]
        name = name_in_attribution(body.text[start : min(end, start + 400)].split("\n>")[0])
    return name or (body.quoted.author if body.quoted is not None else "")


def _message(headers: Headers, content: bytes, from_line: str) -> Message:
    body = _joined([_body_of(piece) for piece in read_pieces(headers, content)])
    references, answered = ids_in(headers.first("references")), ids_in(headers.first("in-reply-to"))
    key = next(iter(ids_in(headers.first("message-id") or headers.first("article-i.d."))), "")
    answers = next(iter(answered), "") or (references[-1] if references else "")
    found = _WEB_ADDRESS.fullmatch(headers.first("archived-at").strip())
    return Message(
        text=body.text,
        author=_author(headers),
        subject=decode_words(headers.first("subject")),
        key=key,
        parents=tuple(parent for parent in (*references, answers) if parent and parent != key),
        answers=answers if answers != key else "",
        thread=headers.first("x-gm-thrid"),
        said_at=_said_at(headers, from_line),
        url=found[1] if found else None,
        not_own=body.not_own,
        quotes=quoted_name(body),
        rank="Bot" if headers.first("auto-submitted").lower().startswith("auto-generated") else "",
    )


def _body_of(piece: Piece) -> Body:
    return read_html_body(piece.text) if piece.kind == "html" else read_plain_body(piece.text)


def _joined(bodies: list[Body]) -> Body:
    text, spans, quoted = "", [], None
    for body in bodies:
        if not body.text:
            continue
        text += "\n\n" if text else ""
        spans += [(start + len(text), end + len(text)) for start, end in body.not_own]
        text += body.text
        quoted = quoted or body.quoted
    if len(bodies) > 1:
        # A list's footer is often a part of its own.
        text, not_own = cut_own(text, spans)
        return Body(text, not_own, quoted)
    return Body(text, tuple(spans), quoted)


def _author(headers: Headers) -> str:
    is_list = headers.has(*_ADDRESS_OF_LIST)
    shown = name_of_sender(headers.first("x-original-from") or headers.first("from"), is_list)
    return shown or name_of_sender(headers.first("sender"))


def _said_at(headers: Headers, from_line: str) -> datetime | None:
    said_at = read_mail_date(headers.first("date") or headers.first("posted"))
    if said_at is None and (found := _FROM_LINE_DATE.match(from_line)):
        # Only with a zone in it: most mailboxes write local time of a place nobody knows.
        said_at = read_mail_date(found[1])
    return said_at


def _is_notice(headers: Headers) -> bool:
    if headers.first("auto-submitted").lower().startswith("auto-replied"):
        return True
    return headers.media_type() == "multipart/report"
