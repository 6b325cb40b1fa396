"""Telegram: the updates its Bot API answers, and what Telegram Desktop exports as JSON.

Reads: `getUpdates`; `result.json` of one chat, or of all.
Seen: the Bot API of 2016; the export documented only (Desktop 1.3 to 5).
Traps: a text is a string or a list of pieces; the Bot API counts its offsets in UTF-16; a forwarded text is not own;
    the two write one chat's id differently; old exports print local times without a zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, readings_of
from overheard.forums.payload import count_of, dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading, Span

_UPDATES = ("message", "edited_message", "channel_post", "edited_channel_post", "business_message")
_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
_NOT_OWN = ("blockquote", "expandable_blockquote")
_FEW = 30
"""Rows looked at to recognise a chat."""
_MEND = "give the answer of getUpdates, or export the chat from Telegram Desktop as JSON"


def is_telegram(content: Content) -> bool:
    """Say whether the content is an answer of the Bot API, or an export."""
    data = content.data if content.is_json else None
    if not isinstance(data, dict):
        return False
    if isinstance(data.get("ok"), bool):
        return "result" in data or ("error_code" in data and "description" in data)
    return any(_is_chat(chat) for chat in _chats(data))


def read_telegram(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one chat or of several.

    Raises:
        UnreadableError: the payload is an error or holds no message in words.
    """
    data = content.data
    if data.get("ok") is False:
        told = line_of(data.get("description"))[:80] or "no reason given"
        raise UnreadableError(content.url, f"Telegram refused the request ({told})", "check the bot's token")
    if "result" in data:
        readings = readings_of(_updated(data["result"]))
    else:
        readings = readings_of(message for chat in _chats(data) if _is_chat(chat) for message in _exported(chat))
    if not readings:
        raise UnreadableError(content.url, "holds no message in words", _MEND)
    return readings


def _updated(result: Any) -> Iterator[Message]:
    rows = rows_of(result if isinstance(result, list) else [result])
    for row in rows:
        for kind in _UPDATES:
            message = dict_of(row.get(kind))
            if message:
                yield _sent(message)
        if "message_id" in row:
            yield _sent(row)


def _sent(row: Mapping[str, Any]) -> Message:
    chat, person = dict_of(row.get("chat")), dict_of(row.get("from"))
    room, number = _room(chat.get("id")), id_text_of(row.get("message_id"))
    field = "text" if isinstance(row.get("text"), str) else "caption"
    text = text_of(row.get(field))
    marks = rows_of(row.get("entities" if field == "text" else "caption_entities"))
    answered = id_text_of(dict_of(row.get("reply_to_message")).get("message_id"))
    topic = id_text_of(row.get("message_thread_id")) if row.get("is_topic_message") is True else ""
    sender = line_of(dict_of(row.get("sender_chat")).get("title"))
    name = " ".join(part for part in (line_of(person.get("first_name")), line_of(person.get("last_name"))) if part)
    public = text_of(chat.get("username"))
    is_forwarded = any(row.get(field) for field in _FORWARDED) and row.get("is_automatic_forward") is not True
    return Message(
        key=f"{room}/{number}",
        text=text,
        author=sender or name or line_of(person.get("username")) or line_of(chat.get("title")),
        said_at=instant_of(row.get("date")),
        thread=f"{room}/{topic}" if topic else "",
        room=room,
        title=line_of(chat.get("title")),
        not_own=((0, len(text)),) if is_forwarded else _marked(text, marks),
        replies_to=f"{room}/{answered}" if answered and answered != topic else None,
        url=f"https://t.me/{public}/{number}" if public and public.isascii() and public.isidentifier() else None,
        rank="Bot" if person.get("is_bot") is True and not sender else "",
    )


def _marked(text: str, marks: list[dict[str, Any]]) -> tuple[Span, ...]:
    """Return the quoted spans; the Bot API counts UTF-16 units, where a character beyond the first plane is two."""
    units = [(mark.get("offset"), mark.get("length")) for mark in marks if mark.get("type") in _NOT_OWN]
    if not units:
        return ()
    place: list[int] = []
    for index, char in enumerate(text):
        place += [index] * (2 if ord(char) > 0xFFFF else 1)
    place.append(len(text))
    spans: list[Span] = []
    for offset, length in sorted((count_of(offset) or 0, count_of(length) or 0) for offset, length in units):
        start, end = (place[min(unit, len(place) - 1)] for unit in (offset, offset + length))
        if start < end and (not spans or start >= spans[-1][1]):
            spans.append((start, end))
    return tuple(spans)


def _chats(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    kept = [chat for name in ("chats", "left_chats") for chat in rows_of(dict_of(data.get(name)).get("list"))]
    return kept or [dict(data)]


def _is_chat(chat: Mapping[str, Any]) -> bool:
    if not isinstance(chat.get("messages"), list) or "type" not in chat or "id" not in chat:
        return False
    return any("date" in row and row.get("type") in ("message", "service") for row in rows_of(chat["messages"][:_FEW]))


def _exported(chat: Mapping[str, Any]) -> Iterator[Message]:
    room, title = _room(chat.get("id")), line_of(chat.get("name"))
    for row in rows_of(chat.get("messages")):
        if row.get("type") != "message":
            continue
        text, spans = _joined(row.get("text"))
        if not text.strip():
            text, spans = text_of(dict_of(row.get("poll")).get("question")), ()
        answered = id_text_of(row.get("reply_to_message_id")) if not row.get("reply_to_peer_id") else ""
        yield Message(
            key=f"{room}/{id_text_of(row.get('id'))}",
            text=text,
            author=line_of(row.get("from")) or line_of(row.get("author")),
            said_at=instant_of(row.get("date_unixtime")) or instant_of(row.get("date")),
            room=room,
            title=title,
            not_own=((0, len(text)),) if row.get("forwarded_from") or row.get("forwarded_from_id") else spans,
            replies_to=f"{room}/{answered}" if answered else None,
        )


def _joined(text: Any) -> tuple[str, tuple[Span, ...]]:
    pieces = text if isinstance(text, list) else [text]
    whole: list[str] = []
    spans: list[Span] = []
    size = 0
    for piece in pieces:
        part = text_of(piece.get("text")) if isinstance(piece, dict) else text_of(piece)
        if part and isinstance(piece, dict) and piece.get("type") in _NOT_OWN:
            spans.append((size, size + len(part)))
        whole.append(part)
        size += len(part)
    return "".join(whole), tuple(spans)


def _room(identifier: Any) -> str:
    """Name a chat alike: the Bot API writes a group's id with a minus, a large group's or channel's with -100."""
    return id_text_of(identifier).removeprefix("-100").removeprefix("-")


READER = Reader("Telegram", is_telegram, read_telegram)
