"""Rocket.Chat: the messages its API answers, and the JSON a room is exported to.

Reads: `channels.messages`, `channels.history` (and of `groups`, `im`), `chat.getThreadMessages`, `chat.search`;
    exported rooms.
Seen: the API of 3.0; everything else documented only.
Traps: a message with a `t` is a notice; a quotation is a link without a text; times as text or as {"$date"}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, chat_quotes, readings_of
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_QUOTED = re.compile(r"\s*\[\s?\]\([^\s()]{1,500}[?&]msg=(\w{1,40})[^\s()]{0,100}\)[ ]?")
_ENCRYPTED = "e2e"
_FEW = 30
_MEND = "give the answer of channels.messages (or groups., im.) or a room's exported JSON"
_DESCRIBED = {
    "channel": "a room",
    "channels": "rooms",
    "group": "a room",
    "groups": "rooms",
    "room": "a room",
    "rooms": "rooms",
    "ims": "rooms",
    "user": "a person",
    "users": "people",
    "members": "people",
}


def is_rocket_chat(content: Content) -> bool:
    """Say whether the content is a payload of Rocket.Chat's: messages, an error, or what describes rooms or people."""
    data = content.data if content.is_json else None
    if any(_is_message(row) for row in islice(_rows(data), _FEW)):
        return True
    if not isinstance(data, dict) or not isinstance(data.get("success"), bool):
        return False
    if data["success"] is False:
        return isinstance(data.get("error"), str)
    return data.get("messages") == [] or any(isinstance(data.get(name), dict | list) for name in _DESCRIBED)


def read_rocket_chat(content: Content) -> tuple[Reading, ...]:
    """Read the messages of a room, a thread or a search.

    Raises:
        UnreadableError: the payload is an error, describes rooms or people, or holds no message.
    """
    data = content.data
    rows = [row for row in _rows(data) if _is_message(row)]
    hidden = sum(row.get("t") == _ENCRYPTED for row in rows)
    problems = ((0, f"{hidden} encrypted messages are left out"),) if hidden else ()
    readings = readings_of((message for row in rows if (message := _message(row)) is not None), problems)
    if readings:
        return readings
    if isinstance(data, dict) and data.get("success") is False:
        told = line_of(data.get("error"))[:80]
        what = f"Rocket.Chat refused the request ({told})"
        raise UnreadableError(content.url, what, "check the token and the room")
    described = None
    if isinstance(data, dict) and "messages" not in data:
        described = next((what for name, what in _DESCRIBED.items() if name in data), None)
    told = (
        f"describes {described}, and holds none of Rocket.Chat's messages" if described else "holds no message in words"
    )
    raise UnreadableError(content.url, told, _MEND)


def _message(row: Mapping[str, Any]) -> Message | None:
    if row.get("t") or text_of(row.get("type")) not in ("", "message"):
        return None
    person = dict_of(row.get("u"))
    key, root = id_text_of(row.get("_id")), id_text_of(row.get("tmid"))
    text = text_of(row.get("msg"))
    quoted, start = _QUOTED.match(text), 0
    while found := _QUOTED.match(text, start):
        start = found.end()
    text = text[start:]
    fields = (row.get("alias"), person.get("name"), person.get("username"), row.get("username"))
    said_at = row.get("ts")
    return Message(
        key=key,
        text=text,
        author=next((name for field in fields if (name := line_of(field))), ""),
        said_at=instant_of(said_at["$date"] if isinstance(said_at, dict) and "$date" in said_at else said_at),
        thread=root or (key if row.get("tcount") else ""),
        room=id_text_of(row.get("rid")),
        not_own=chat_quotes(text),
        replies_to=(quoted[1] if quoted else root) or None,
        rank="Bot" if row.get("bot") else "",
    )


def _rows(data: Any) -> list[dict[str, Any]]:
    return rows_of(data.get("messages") if isinstance(data, dict) else data)


def _is_message(row: Mapping[str, Any]) -> bool:
    if not isinstance(row.get("msg"), str) or "ts" not in row:
        return False
    return isinstance(row.get("u"), dict) or isinstance(row.get("username"), str)


READER = Reader("Rocket.Chat", is_rocket_chat, read_rocket_chat)
