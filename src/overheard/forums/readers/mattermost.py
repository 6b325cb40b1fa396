"""Mattermost: the posts its API answers, and its bulk export.

Reads: `{"order", "posts"}` of channels, threads and searches; the JSON Lines of `mmctl export`.
Seen: API 4 of 2018; the bulk export documented only.
Traps: the API names people by id; a post of a type is a notice; a thread's first post may be on another page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, chat_quotes, readings_of
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_SAID_BY_PEOPLE = frozenset(["", "me"])
_SAID_BY_PROGRAMS = frozenset(["slack_attachment"])
_BULK = re.compile(
    r'^\s*\{(?=[^\n]{0,400}"type"\s*:\s*"(?:version|team|channel|user|post|direct_channel|direct_post|role|scheme'
    r'|emoji|bot)")(?=[^\n]{0,400}"(?:version|team|channel|user|post|direct_channel|direct_post|role|scheme|emoji|bot)"'
    r"\s*:\s*[\d{])"
)
_KINDS = ("post", "direct_post")
_MEND = "give the answer of /api/v4/channels/ID/posts or the .jsonl of a bulk export"


def is_mattermost(content: Content) -> bool:
    """Say whether the content is a payload of Mattermost's: posts, an error, a channel, a person, or a bulk export."""
    if not content.is_json:
        return False
    data = content.data
    if data is None or (isinstance(data, dict) and data.get("type") in _KINDS):
        return _BULK.match(content.text) is not None
    if not isinstance(data, dict):
        return False
    if isinstance(data.get("order"), list) and isinstance(data.get("posts"), dict):
        return True
    return _described(data) is not None or _is_refusal(data)


def read_mattermost(content: Content) -> tuple[Reading, ...]:
    """Read the posts of a channel, a thread or a search, or of a whole export.

    Raises:
        UnreadableError: the payload is an error, describes a channel or a person, or holds no post.
    """
    data = dict_of(content.data)
    problems: list[tuple[int, str]] = []
    if "posts" in data:
        # The map holds more than the order lists: the threads' other posts.
        order = dict.fromkeys(key for key in data["order"] if isinstance(key, str))
        keys = [*order, *(key for key in data["posts"] if key not in order)]
        posts = [dict_of(data["posts"].get(key)) for key in keys]
        messages = [message for row in posts if (message := _message(row)) is not None]
    elif _is_refusal(data):
        told = line_of(data.get("message"))[:80]
        what = f"Mattermost refused the request ({told})"
        raise UnreadableError(content.url, what, "check the token and that its owner is in the channel")
    elif (described := _described(data)) is not None:
        raise UnreadableError(content.url, f"describes {described}, and holds none of Mattermost's posts", _MEND)
    else:
        messages = list(_bulk_messages(content.text, problems))
    readings = readings_of(messages, problems)
    if not readings:
        raise UnreadableError(content.url, "holds no post in words", _MEND)
    return readings


def _message(row: Mapping[str, Any]) -> Message | None:
    kind, props = text_of(row.get("type")), dict_of(row.get("props"))
    if kind not in _SAID_BY_PEOPLE | _SAID_BY_PROGRAMS or row.get("delete_at"):
        return None
    key, root = id_text_of(row.get("id")), id_text_of(row.get("root_id"))
    text = text_of(row.get("message"))
    program = line_of(props.get("override_username")) or line_of(props.get("webhook_display_name"))
    is_program = kind in _SAID_BY_PROGRAMS or "true" in (props.get("from_webhook"), props.get("from_bot"))
    return Message(
        key=key,
        text=text,
        author=(program if is_program else "") or id_text_of(row.get("user_id")),
        said_at=instant_of(row.get("create_at")),
        thread=root or (key if row.get("reply_count") else ""),
        room=id_text_of(row.get("channel_id")),
        not_own=chat_quotes(text),
        replies_to=root or None,
        rank="Bot" if is_program else "",
    )


def _bulk_messages(text: str, problems: list[tuple[int, str]]) -> Iterator[Message]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            problems.append((number, "the line is cut off or is no valid JSON"))
            continue
        kind = text_of(dict_of(row).get("type"))
        if kind in _KINDS:
            yield from _bulk_thread(dict_of(row.get(kind)))


def _bulk_thread(row: Mapping[str, Any]) -> Iterator[Message]:
    listed = row.get("channel_members")
    members = [line_of(name) for name in listed if line_of(name)] if isinstance(listed, list) else []
    title = line_of(row.get("channel")) or ", ".join(sorted(members))
    room = f"{line_of(row.get('team'))}/{title}"
    replies = rows_of(row.get("replies"))
    first = _bulk_message(row, room, title, "")
    begun = first.key if replies else ""
    for message in (_bulk_message(row, room, title, begun), *(_bulk_message(r, room, title, begun) for r in replies)):
        if message.text:
            yield message


def _bulk_message(row: Mapping[str, Any], room: str, title: str, thread: str) -> Message:
    """Read one post; the export tells no id, so it is named by where, by whom and when to the millisecond."""
    author, text = line_of(row.get("user")), text_of(row.get("message"))
    is_notice = text_of(row.get("type")) not in _SAID_BY_PEOPLE or row.get("delete_at")
    key = f"{room} {author} {id_text_of(row.get('create_at'))}"
    return Message(
        key=key,
        text="" if is_notice else text,
        author=author,
        said_at=instant_of(row.get("create_at")),
        thread=thread,
        room=room,
        title=title,
        not_own=chat_quotes(text),
        replies_to=thread if thread and thread != key else None,
    )


def _described(data: Mapping[str, Any]) -> str | None:
    if "create_at" not in data:
        return None
    if "username" in data and "roles" in data:
        return "a person"
    return "a channel" if "team_id" in data and "display_name" in data else None


def _is_refusal(data: Mapping[str, Any]) -> bool:
    has_texts = isinstance(data.get("id"), str) and isinstance(data.get("message"), str)
    return has_texts and isinstance(data.get("status_code"), int)


READER = Reader("Mattermost", is_mattermost, read_mattermost)
