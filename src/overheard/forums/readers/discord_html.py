"""Discord channels as DiscordChatExporter writes them to HTML, and chat_exporter, which draws the same page.

Reads: one channel or thread a file, or a part of it.
Seen: exports of 2026; 2.1 to 2.46 and chat_exporter from their templates.
Traps: printed times are local, and the footer's time zone ignores summer time: a message's id tells its instant; lines
    are kept by style sheet, not by mark-up; only the first message of a group shows name and date; a thread's first
    message is empty, for its words stand in the channel above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from lxml import etree

from overheard.errors import UnreadableError
from overheard.forums.body import Body, read_body
from overheard.forums.conversations import Message, readings_of
from overheard.forums.dates import find_date, resolve
from overheard.forums.outline import drop_unseen
from overheard.forums.reader import Content, Reader
from overheard.forums.readers.discord_json import instant_of_id
from overheard.records import Reading

_MARK = re.compile(r"""class=["']?chatlog(?:["'\s>]|__message-group)""")
_ANSWERED = re.compile(r"'(\d{15,20})'")
_GROUP = "chatlog__message-group"
_UNITS = ("chatlog__message-container", "chatlog__message", "chatlog__content")
"""What holds one message, youngest template first; the oldest has nothing around the text."""
_ROLES = {
    "chatlog__author": "author",
    "chatlog__author-name": "author",
    "chatlog__timestamp": "time",
    "chatlog__short-timestamp": "time",
    "chatlog__author-tag": "tag",
    "chatlog__bot-tag": "tag",
    "chatlog__bot-label": "tag",
    "chatlog__reply": "answer",
    "chatlog__reference": "answer",
    "chatlog__reference-link": "answer",
    "chatlog__content": "text",
    "chatlog__forwarded-content": "forwarded",
    "chatlog__system-notification-content": "notice",
    "chatlog__markdown-preserve": "lines",
    "preserve-whitespace": "lines",
    "chatlog__markdown-pre--multiline": "lines",
    "pre--multiline": "lines",
    "chatlog__edited-timestamp": "edited",
}
"""What the parts of a message are called; "lines" keeps its line breaks."""
_CLOSED = frozenset(["answer", "text", "forwarded"])
"""Parts in which no part of the message is looked for."""
_OLD_NOTICES = (
    "Pinned a message.",
    "Joined the server.",
    "Left the group.",
    "Changed the channel icon.",
    "Started a thread.",
)
"""Drawn by older templates as if their author had written them; a person does not write exactly so."""
_HEADS = ("preamble__entry", "info__guild-name", "info__channel-name")


@dataclass(slots=True)
class _Group:
    """What a group's first message shows for those after it."""

    author: str = ""
    said_at: datetime | None = None
    is_program: bool = False


def is_discord_html(content: Content) -> bool:
    """Say whether the content is such a page."""
    return not content.is_json and _MARK.search(content.text) is not None and "chatlog__" in content.text


def read_discord_html(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one channel.

    Raises:
        UnreadableError: the export holds no message in words.
    """
    root = content.parse_root()
    if root is None:
        return ()
    title = _title_of(root)
    drop_unseen(root)
    groups = _outermost(root, (_GROUP,))
    readings = readings_of(message for group in groups for message in _messages_of(group, title, content.fetched_at))
    if not readings:
        mend = "export the channel again, without a range or filter that leaves all out"
        raise UnreadableError(content.url, "the export holds no message in words", mend)
    return readings


def _messages_of(group: Any, title: str, fetched_at: datetime) -> Iterator[Message]:
    kind, units = next(((name, found) for name in _UNITS if (found := _outermost(group, (name,)))), ("", []))
    head = _parts_of(group)
    shown = _shown_in(head, _Group(), fetched_at)
    # The older templates show the answered message in the group, before the first message.
    answered = _answered_in(head) if kind != _UNITS[0] else None
    for unit in units:
        parts = _parts_of(unit)
        shown = _shown_in(parts, shown, fetched_at)
        message = _message(unit, parts, shown, _answered_in(parts) or answered, title)
        answered = None
        if message is not None:
            yield message


def _parts_of(holder: Any) -> dict[str, Any]:
    """Return the first part of each role in a group or a message."""
    parts: dict[str, Any] = {}
    walk = etree.iterwalk(holder, events=("start",))
    for _, element in walk:
        roles = _roles_of(element.get("class") or "")
        for role in roles:
            parts.setdefault(role, element)
        if not _CLOSED.isdisjoint(roles):
            walk.skip_subtree()
    return parts


@lru_cache(maxsize=2_000)
def _roles_of(name: str) -> tuple[str, ...]:
    return tuple(_ROLES[word] for word in name.split() if word in _ROLES)


def _shown_in(parts: dict[str, Any], before: _Group, fetched_at: datetime) -> _Group:
    """Read the name and the date a group or message begins with; what it does not show is as before."""
    author = _line(parts.get("author"))
    said_at = (_printed(parts["time"], fetched_at) if "time" in parts else None) or before.said_at
    return _Group(author or before.author, said_at, "tag" in parts if author else before.is_program)


def _answered_in(parts: dict[str, Any]) -> str | None:
    for element in parts["answer"].iter() if "answer" in parts else ():
        found = _ANSWERED.search(element.get("onclick") or "")
        if found:
            return found[1]
    return None


def _message(unit: Any, parts: dict[str, Any], shown: _Group, answered: str | None, title: str) -> Message | None:
    element = parts.get("text") if "text" in parts else parts.get("forwarded")
    body = _body(element) if element is not None and "notice" not in parts else None
    if body is None or body.text in _OLD_NOTICES:
        return None
    key, identifier = unit.get("data-message-id") or "", unit.get("id") or ""
    return Message(
        key=key,
        text=body.text,
        author=shown.author,
        said_at=instant_of_id(key) or shown.said_at,
        title=title,
        not_own=body.not_own if "text" in parts else ((0, len(body.text)),),
        replies_to=answered,
        url=f"#{identifier}" if key and key in identifier else None,
        rank="Bot" if shown.is_program else "",
    )


def _body(element: Any) -> Body:
    edited = []
    for inner in list(element.iter()):
        roles = _roles_of(inner.get("class") or "")
        if "lines" in roles:
            inner.tag = "pre"
        if "edited" in roles:
            edited.append(inner)
    return read_body(element, frozenset(edited))


def _title_of(root: Any) -> str:
    """Return the channel's path as the page shows it, without the server's name."""
    whole = _line(next(root.iter("title"), None))
    heads = [_line(element) for element in _outermost(root, _HEADS)]
    server = heads[0] if heads else ""
    if server and whole.startswith(f"{server} - "):
        return whole[len(server) + 3 :]
    return heads[1] if len(heads) > 1 else whole


def _printed(element: Any, fetched_at: datetime) -> datetime | None:
    for text in (element.get("title") or "", _line(element)):
        printed = find_date(text[:80], fetched_at) if text else None
        if printed:
            return resolve(printed, "unknown", timedelta())
    return None


def _outermost(element: Any, words: tuple[str, ...]) -> list[Any]:
    """Return the descendants with a class that stand in no other such: each part of the page is read once."""
    out: list[Any] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, inner in walk:
        if inner is not element and any(word in words for word in (inner.get("class") or "").split()):
            out.append(inner)
            walk.skip_subtree()
    return out


def _line(element: Any | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


READER = Reader("Discord export (HTML)", is_discord_html, read_discord_html)
