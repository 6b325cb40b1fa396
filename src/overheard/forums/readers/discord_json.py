"""Discord channels as DiscordChatExporter writes them to JSON, and the messages of Discord's own API.

Reads: one channel or thread a file (`guild`, `channel`, `messages`); a list of messages as the API answers.
Seen: documented only (DiscordChatExporter 2.1 to 2.47; API v6 to v10).
Traps: pins and joins are messages of another type; ids of people stand in unformatted text; the API gives newest first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, chat_quotes, readings_of
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_ID = re.compile(r"\d{15,20}")
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""What Discord counts its ids' milliseconds from; the lowest 22 bits are no time."""
_SAID_BY_PEOPLE = frozenset(["Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "23", ""])
"""The exporter's words and the API's numbers; the others are notices."""
_MENTION = re.compile(r"<(?:@[!&]?|#)(\d{15,20})>|<a?(:\w{1,40}:)\d{15,20}>")
_FEW = 30
_NO_SERVER = "0"
"""The exporter's id of the server where a talk is private."""
_MEND = "export the channel again, without a range or filter that leaves all out"


def is_discord_json(content: Content) -> bool:
    """Say whether the content is such a file, such a list, or the API's refusal."""
    data = content.data if content.is_json else None
    if isinstance(data, list):
        return any(_is_from_api(row) for row in islice(rows_of(data), _FEW))
    if not isinstance(data, dict):
        return False
    if isinstance(data.get("guild"), dict) and isinstance(data.get("channel"), dict):
        return "messages" in data
    return _is_refusal(data)


def read_discord_json(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one channel, or of the channels a list mixes.

    Raises:
        UnreadableError: the payload is an error or holds no message in words.
    """
    data = content.data
    whole = data if isinstance(data, dict) else {}
    if _is_refusal(whole):
        told = line_of(whole.get("message"))[:80]
        raise UnreadableError(content.url, f"Discord refused the request ({told})", "check the token and the channel")
    guild, channel = dict_of(whole.get("guild")), dict_of(whole.get("channel"))
    title = " / ".join(name for name in (line_of(channel.get("category")), line_of(channel.get("name"))) if name)
    rows = rows_of(data if isinstance(data, list) else whole.get("messages"))
    messages = [_message(row, id_text_of(guild.get("id")), id_text_of(channel.get("id")), title) for row in rows]
    readings = readings_of(message for message in messages if message is not None)
    if not readings:
        raise UnreadableError(content.url, "the export holds no message in words", _MEND)
    return readings


def instant_of_id(identifier: str) -> datetime | None:
    """Return when a message was sent: its id says so to the millisecond. None where it is no id of Discord's."""
    if not _ID.fullmatch(identifier):
        return None
    return _EPOCH + timedelta(milliseconds=int(identifier) >> 22)


def _message(row: Mapping[str, Any], guild: str, channel: str, title: str) -> Message | None:
    if id_text_of(row.get("type", "")) not in _SAID_BY_PEOPLE:
        return None
    author = dict_of(row.get("author"))
    room = id_text_of(row.get("channel_id")) or channel
    text = _shown_text(text_of(row.get("content")), rows_of(row.get("mentions")))
    forwarded = _forwarded(row) if not text.strip() else ""
    key = id_text_of(row.get("id"))
    answered = dict_of(row.get("reference")) or dict_of(row.get("message_reference"))
    server = "@me" if guild == _NO_SERVER else guild
    return Message(
        key=key,
        text=forwarded or text,
        author=_name_of(author),
        said_at=instant_of(row.get("timestamp")) or instant_of_id(key),
        room=room,
        title=title,
        not_own=((0, len(forwarded)),) if forwarded else chat_quotes(text, rest=True),
        replies_to=(id_text_of(answered.get("messageId")) or id_text_of(answered.get("message_id")) or None)
        if not forwarded
        else None,
        url=f"https://discord.com/channels/{server}/{room}/{key}" if _are_ids(server, room, key) else None,
        rank=_rank(author),
    )


def _forwarded(row: Mapping[str, Any]) -> str:
    snapshots = [dict_of(row.get("forwardedMessage"))]
    snapshots += [dict_of(snapshot.get("message")) for snapshot in rows_of(row.get("message_snapshots"))]
    return next((text for snapshot in snapshots if (text := text_of(snapshot.get("content")))), "")


def _shown_text(text: str, mentioned: list[dict[str, Any]]) -> str:
    names = {id_text_of(person.get("id")): _name_of(person) for person in mentioned}

    def shown(found: re.Match[str]) -> str:
        if found[2]:
            return found[2]
        name = names.get(found[1])
        return f"@{name}" if name else found[0]

    return _MENTION.sub(shown, text)


def _name_of(person: Mapping[str, Any]) -> str:
    fields = ("nickname", "nick", "global_name", "name", "username")
    return next((name for field in fields if (name := line_of(person.get(field)))), "")


def _rank(author: Mapping[str, Any]) -> str:
    """Return "Bot", or the roles the export lists, highest first."""
    if author.get("isBot") is True or author.get("bot") is True:
        return "Bot"
    return ", ".join(name for role in rows_of(author.get("roles"))[:8] if (name := line_of(role.get("name"))))


def _are_ids(server: str, *ids: str) -> bool:
    return (server == "@me" or bool(_ID.fullmatch(server))) and all(_ID.fullmatch(one) for one in ids)


def _is_from_api(row: Mapping[str, Any]) -> bool:
    is_whole = isinstance(row.get("author"), dict) and isinstance(row.get("content"), str) and "channel_id" in row
    return is_whole and _ID.fullmatch(id_text_of(row.get("id"))) is not None


def _is_refusal(data: Mapping[str, Any]) -> bool:
    return set(data) <= {"message", "code", "errors"} and isinstance(data.get("code"), int) and "message" in data


READER = Reader("Discord export (JSON)", is_discord_json, read_discord_json)
