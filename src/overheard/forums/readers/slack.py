"""Slack: what its API answers, the day files of an export, and slackdump's files.

Reads: `conversations.history`, `conversations.replies`, `search.messages`; `CHANNEL/YYYY-MM-DD.json` of an export.
Seen: the API of 2017; exports and everything younger documented only.
Traps: newest first; joins and topics are messages with a subtype; `ts` is unique in its channel only; a name is an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qs

from overheard.errors import UnreadableError
from overheard.forums.address import split_address
from overheard.forums.conversations import Message, chat_quotes, readings_of
from overheard.forums.payload import dict_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_STAMP = re.compile(r"\d{9,11}\.\d{1,6}")
_TOKEN = re.compile(r"<([^<>\n]{1,4000})>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_SHOWN = {"amp": "&", "lt": "<", "gt": ">"}
_DAY_FILE = re.compile(r"(?P<folder>(?:.*/)?(?P<channel>[^/]+))/\d{4}-\d\d-\d\d\.json")
_SAID_BY_PEOPLE = frozenset(["", "me_message", "thread_broadcast", "file_share", "file_comment"])
_SAID_BY_PROGRAMS = frozenset(["bot_message", "slackbot_response"])
_SLACKBOT = "USLACKBOT"
_FEW = 30
"""Rows looked at to recognise a list."""
_DESCRIBED = {
    "channel": "a channel",
    "channels": "channels",
    "groups": "channels",
    "ims": "channels",
    "user": "a person",
    "members": "people",
    "users": "people",
    "profile": "a person",
    "team": "a workspace",
    "files": "files",
}
MEND = "give the answer of conversations.history, a day file of an export or the whole export as .zip"


@dataclass(frozen=True, slots=True)
class Names:
    """What is shown for the ids of people and channels; an id without a name is shown as it is."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def is_slack(content: Content) -> bool:
    """Say whether the content is a payload of Slack's: messages, an error, or a description of people or channels."""
    data = content.data if content.is_json else None
    if isinstance(data, list):
        return any(map(_is_message, islice(rows_of(data), _FEW))) or _described(data) is not None
    if not isinstance(data, dict):
        return False
    if any(map(_is_message, islice(_rows(data), _FEW))):
        return True
    if not isinstance(data.get("ok"), bool) or "result" in data:
        return False
    return isinstance(data.get("error"), str) or "messages" in data or _described(data) is not None


def read_slack(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one payload.

    Raises:
        UnreadableError: the payload is an error, describes people or channels, or holds no message.
    """
    data = content.data
    channel, title = _channel_of(content.url, data)
    rows = list(_rows(data))
    readings = readings_of(messages_of(rows, Names(people_of(rows)), channel, title))
    if readings:
        return readings
    if isinstance(data, dict) and data.get("ok") is False:
        error = line_of(data.get("error"))[:80] or "no reason given"
        raise UnreadableError(content.url, f"Slack refused the request ({error})", "check the token and the channel")
    what = None if any(map(_is_message, rows)) else _described(data)
    told = f"describes {what}, and holds none of Slack's messages" if what else "holds no message in words"
    raise UnreadableError(content.url, told, MEND)


def messages_of(rows: Iterable[Mapping[str, Any]], names: Names, channel: str, title: str) -> list[Message]:
    """Turn the messages of one channel into what was said, leaving out notices and what was deleted.

    Args:
        rows: as the API or an export gives them.
        names: shown names by id.
        channel: what Slack calls the channel: its id or its name; empty where nothing tells it.
        title: the channel's shown name.
    """
    rows = list(rows)
    keys = {text_of(row.get("ts")): _key(row) for row in rows}
    return [message for row in rows if (message := _message(row, names, keys, channel, title)) is not None]


def _message(row: Mapping[str, Any], names: Names, keys: Mapping[str, str], channel: str, title: str) -> Message | None:
    subtype = text_of(row.get("subtype"))
    is_program = subtype in _SAID_BY_PROGRAMS or bool(row.get("bot_id")) or row.get("user") == _SLACKBOT
    if not _is_message(row) or (subtype not in _SAID_BY_PEOPLE and subtype not in _SAID_BY_PROGRAMS):
        return None
    comment = _comment(row, subtype)
    text = shown_text(text_of(row.get("text")) if comment is None else text_of(comment.get("comment")), names)
    begun = text_of(row.get("thread_ts"))
    parent = text_of(row.get("parent_user_id"))
    begun_key = keys.get(begun) or (f"{begun} {parent}" if parent else "")
    told = dict_of(row.get("channel"))
    return Message(
        key=_key(row),
        text=text,
        author=_author(row if not comment else {"user": comment.get("user") or row.get("user")}, names),
        said_at=instant_of(row.get("ts")),
        thread=begun,
        room=text_of(told.get("id")) or text_of(row.get("channel")) or channel,
        title=line_of(told.get("name")) or title,
        not_own=chat_quotes(text, rest=True),
        replies_to=begun_key if begun and begun != row.get("ts") and begun_key else None,
        url=text_of(row.get("permalink")) or None,
        rank="Bot" if is_program else "",
    )


def _comment(row: Mapping[str, Any], subtype: str) -> dict[str, Any] | None:
    """Return what was said of a file where Slack once wrote a sentence of its own around it; None elsewhere."""
    if subtype == "file_comment":
        return dict_of(row.get("comment"))
    if subtype == "file_share" and isinstance(row.get("file"), dict) and "files" not in row:
        return dict_of(row["file"].get("initial_comment"))
    return None


def shown_text(text: str, names: Names) -> str:
    """Write a message as Slack shows it: names for ids, labels for links, characters for entities.

    Args:
        text: Slack's own mark-up.
        names: shown names by id.
    """
    shown = _TOKEN.sub(lambda found: _token(found[1], names), text)
    return _ENTITY.sub(lambda found: _SHOWN[found[1]], shown)


def _token(token: str, names: Names) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return "@" + (label or names.people.get(target[1:], target[1:])).removeprefix("@")
    if target.startswith("#"):
        return "#" + (label or names.channels.get(target[1:], target[1:])).removeprefix("#")
    if target.startswith("!"):
        return label or "@" + target[1:].split("^")[0]
    return label or target.removeprefix("mailto:")


def people_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the shown names by id that messages carry of their authors."""
    found: dict[str, str] = {}
    for row in rows:
        profile = dict_of(row.get("user_profile"))
        if profile and text_of(row.get("user")):
            found[row["user"]] = name_in(profile, row)
    return {user: name for user, name in found.items() if name}


def name_in(profile: Mapping[str, Any], user: Mapping[str, Any]) -> str:
    """Return the name Slack shows for a person: the one chosen for display, else the full one, else the handle."""
    fields = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return next((line_of(name) for name in (*fields, profile.get("name"), user.get("name")) if line_of(name)), "")


def _author(row: Mapping[str, Any], names: Names) -> str:
    user = text_of(row.get("user"))
    if user == _SLACKBOT:
        return "Slackbot"
    program = line_of(row.get("username")) or line_of(dict_of(row.get("bot_profile")).get("name"))
    known = names.people.get(user, "")
    if row.get("bot_id"):
        return program or known or user or text_of(row["bot_id"])
    return known or program or user


def _key(row: Mapping[str, Any]) -> str:
    """Name a message by when and by whom: the same in an export and in the API, which name channels differently."""
    by = row.get("user") or row.get("bot_id") or row.get("username")
    return f"{text_of(row.get('ts'))} {text_of(by)}".strip()


def _is_message(row: Mapping[str, Any]) -> bool:
    stamp = row.get("ts")
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp):
        return False
    return row.get("type", "message") == "message" and any(
        name in row for name in ("user", "subtype", "bot_id", "text")
    )


def _rows(data: Any) -> Iterator[dict[str, Any]]:
    listed = data
    if isinstance(data, dict):
        listed = data.get("messages")
        if isinstance(listed, dict):
            listed = listed.get("matches")
    for row in rows_of(listed):
        yield row
        yield from rows_of(row.get("slackdump_thread_replies"))


def _channel_of(url: str, data: Any) -> tuple[str, str]:
    """Return the channel's id, or the folder of an export, and its shown name; empty where nothing tells."""
    parts = split_address(url)
    asked = parse_qs(parts.query).get("channel", [""])[0]
    told = text_of(data.get("channel_id")) if isinstance(data, dict) else ""
    day_file = _DAY_FILE.fullmatch(url) if isinstance(data, list) else None
    if day_file:
        return day_file["folder"], day_file["channel"]
    return told or asked, line_of(data.get("name")) if told else ""


def _described(data: Any) -> str | None:
    if isinstance(data, list):
        row = next(iter(rows_of(data)), {})
        if "team_id" in row and "profile" in row:
            return "people"
        return "channels" if "creator" in row and "members" in row and "created" in row else None
    return next((what for field, what in _DESCRIBED.items() if field in data), None)


READER = Reader("Slack", is_slack, read_slack)
