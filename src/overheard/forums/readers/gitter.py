"""Gitter: the messages its API answered, and the archives made with it.

Reads: `/v1/rooms/ID/chatMessages`: a list of messages, each as its author wrote it under "text".
Seen: the API of 2020.
Traps: an empty list is all that a room without messages says; the author of a message may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, chat_quotes, readings_of
from overheard.forums.payload import count_of, dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_FEW = 30
_MEND = "give the answer of /v1/rooms/ID/chatMessages"


def is_gitter(content: Content) -> bool:
    """Say whether the content is a list of Gitter's messages or rooms, or an empty list."""
    data = content.data if content.is_json else None
    if not isinstance(data, list):
        return False
    return data == [] or any(_is_message(row) or _is_room(row) for row in islice(rows_of(data), _FEW))


def read_gitter(content: Content) -> tuple[Reading, ...]:
    """Read the messages of a room.

    Raises:
        UnreadableError: the list holds rooms, or no message.
    """
    rows = rows_of(content.data)
    readings = readings_of(_message(row) for row in rows if _is_message(row))
    if readings:
        return readings
    told = (
        "describes rooms, and holds none of Gitter's messages"
        if any(map(_is_room, rows))
        else "the list holds no message"
    )
    raise UnreadableError(content.url, told, _MEND)


def _message(row: Mapping[str, Any]) -> Message:
    person = dict_of(row.get("fromUser"))
    key, parent = id_text_of(row.get("id")), id_text_of(row.get("parentId"))
    text = text_of(row.get("text"))
    return Message(
        key=key,
        text=text,
        author=line_of(person.get("displayName")) or line_of(person.get("username")),
        said_at=instant_of(row.get("sent")),
        thread=parent or (key if count_of(row.get("threadMessageCount")) else ""),
        not_own=chat_quotes(text),
        replies_to=parent or None,
    )


def _is_message(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("text"), str) and "sent" in row and ("fromUser" in row or "readBy" in row)


def _is_room(row: Mapping[str, Any]) -> bool:
    return "oneToOne" in row and "userCount" in row


READER = Reader("Gitter", is_gitter, read_gitter)
