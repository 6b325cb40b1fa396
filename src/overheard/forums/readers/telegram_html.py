"""Telegram chats as Telegram Desktop exports them to HTML.

Reads: `messages.html`, `messages2.html` and so on: 1,000 messages of one chat each.
Seen: documented only (the writer of Desktop 1.3 to 5).
Traps: the messages of one person in a row show the name once; a forwarded text stands in a box of its own; the page
    tells no id of the chat; until 2021 the times are local and without a zone.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from overheard.errors import UnreadableError
from overheard.forums.body import Body, read_body
from overheard.forums.conversations import Message, readings_of
from overheard.forums.dates import find_date, resolve
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_MARK = re.compile(r"""<div class=["']message (?:default|service) clearfix""")
_ANSWERED = re.compile(r"#go_to_message(\d{1,19})")
_NUMBER = re.compile(r"message-?(\d{1,19})")
_PARTS = frozenset(["date", "from_name", "forwarded", "reply_to", "text", "media_poll"])


def is_telegram_html(content: Content) -> bool:
    """Say whether the content is such a page."""
    return not content.is_json and _MARK.search(content.text) is not None


def read_telegram_html(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one part of a chat.

    Raises:
        UnreadableError: the page holds no message in words.
    """
    root = content.parse_root()
    if root is None:
        return ()
    title = _title_of(root)
    author = ""
    messages: list[Message] = []
    for element in _messages(root):
        parts = _parts_of(element)
        if "forwarded" in parts:
            forwarded = _parts_of(parts["forwarded"])
            parts |= {name: forwarded[name] for name in ("text", "media_poll", "reply_to") if name in forwarded}
        author = _own_line(parts.get("from_name")) or author
        messages.append(_message(element, parts, author, title, content.fetched_at))
    readings = readings_of(messages)
    if not readings:
        raise UnreadableError(content.url, "holds no message in words", "give the file messages.html of an export")
    return readings


def _message(element: Any, parts: dict[str, Any], author: str, title: str, fetched_at: datetime) -> Message:
    number = _NUMBER.fullmatch(element.get("id") or "")
    body = _body(parts)
    answered = _answered_in(parts.get("reply_to"))
    return Message(
        key=f"{title}/{number[1]}" if number else "",
        text=body.text,
        author=author,
        said_at=_printed(parts.get("date"), fetched_at),
        room=title,
        title=title,
        not_own=((0, len(body.text)),) if "forwarded" in parts and body.text else body.not_own,
        replies_to=f"{title}/{answered}" if answered else None,
        url=f"#message{number[1]}" if number else None,
    )


def _body(parts: dict[str, Any]) -> Body:
    if "text" in parts:
        return read_body(parts["text"])
    poll = parts["media_poll"].iter("div") if "media_poll" in parts else ()
    question = next((inner for inner in poll if _has(inner, "question")), None)
    return read_body(question) if question is not None else Body("", (), None)


def _messages(root: Any) -> list[Any]:
    """Return the messages, services left out; none of them stands in another."""
    out: list[Any] = []
    walk = etree.iterwalk(root, events=("start",), tag="div")
    for _, element in walk:
        if _has(element, "message"):
            if _has(element, "default"):
                out.append(element)
            walk.skip_subtree()
    return out


def _parts_of(holder: Any) -> dict[str, Any]:
    """Return the first of each part of a message, not looking into the parts themselves."""
    found: dict[str, Any] = {}
    walk = etree.iterwalk(holder, events=("start",), tag=("div", "span"))
    for _, element in walk:
        if element is holder:
            continue
        words = [word for word in (element.get("class") or "").split() if word in _PARTS]
        if "forwarded" in words and not _has(element, "body"):
            continue  # the portrait beside a forwarded text
        if words:
            found.setdefault(words[0], element)
            walk.skip_subtree()
    return found


def _answered_in(element: Any | None) -> str:
    for link in element.iter("a") if element is not None else ():
        found = _ANSWERED.search(link.get("href") or "")
        if found:
            return found[1]
    return ""


def _printed(element: Any | None, fetched_at: datetime) -> datetime | None:
    printed = find_date((element.get("title") or "")[:80], fetched_at) if element is not None else None
    return resolve(printed, "day first", timedelta()) if printed else None


def _own_line(element: Any | None) -> str:
    """Return a name without the details behind it ("via @bot", the date of what was forwarded)."""
    if element is None:
        return ""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join("".join(texts).split()).split(" via @")[0]


def _title_of(root: Any) -> str:
    header = next((element for element in root.iter("div") if _has(element, "page_header")), None)
    if header is None:
        return ""
    shown = next((inner for inner in header.iter("div") if _has(inner, "text")), header)
    return " ".join("".join(shown.itertext()).split())


def _has(element: Any, word: str) -> bool:
    return word in (element.get("class") or "").split()


READER = Reader("Telegram export (HTML)", is_telegram_html, read_telegram_html)
