"""Payloads are written by strangers: whatever a field holds, a chat is read or refused, and nothing else happens."""

import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import read_payload

SLACK = {
    "type": "message",
    "ts": "1651568400.000100",
    "text": "<@U1|ann> slow",
    "user": "U1",
    "thread_ts": "1651568400.000100",
}
SLACK |= {
    "user_profile": {"display_name": "Ann"},
    "subtype": "file_share",
    "file": {"initial_comment": {"comment": "x"}},
}
SLACK |= {"parent_user_id": "U2", "channel": {"id": "C1", "name": "x"}, "bot_profile": {"name": "b"}, "bot_id": "B1"}
DISCORD = {"id": "970972987392000000", "type": "Default", "timestamp": "2022-05-03T09:00:00Z", "content": "<@1> slow"}
DISCORD |= {"author": {"name": "ann", "roles": [{"name": "Baker"}]}, "mentions": [{"id": "1", "name": "bo"}]}
DISCORD |= {"reference": {"messageId": "1"}, "channel_id": "400000000000000001"}
MATTERMOST = {
    "id": "p",
    "create_at": 1651568400000,
    "user_id": "u",
    "channel_id": "c",
    "root_id": "r",
    "message": "slow",
}
MATTERMOST |= {
    "type": "",
    "props": {"from_webhook": "true", "override_username": "b"},
    "delete_at": 0,
    "reply_count": 1,
}
ROCKET = {"_id": "m", "rid": "r", "msg": "slow", "ts": {"$date": 1651568400000}, "u": {"username": "a"}, "tmid": "x"}
GITTER = {"id": "m", "text": "slow", "sent": "2022-05-03T09:00:00Z", "fromUser": {"username": "a"}, "parentId": "x"}
TELEGRAM = {"message_id": 7, "date": 1651568400, "chat": {"id": -1, "title": "x", "username": "y"}, "text": "slow"}
TELEGRAM |= {"from": {"first_name": "a"}, "entities": [{"type": "blockquote", "offset": 0, "length": 2}]}
TELEGRAM |= {"reply_to_message": {"message_id": 6}, "message_thread_id": 5, "is_topic_message": True}
EXPORTED = {"id": 7, "type": "message", "date": "2022-05-03T09:00:00", "date_unixtime": "1651568400", "from": "a"}
EXPORTED |= {
    "text": ["slow ", {"type": "blockquote", "text": "x"}],
    "reply_to_message_id": 6,
    "poll": {"question": "x"},
}

PAYLOADS: dict[str, Any] = {
    "Slack": {"ok": True, "messages": [SLACK, SLACK]},
    "Slack's day file": [SLACK, SLACK],
    "Discord's export": {"guild": {"id": "1"}, "channel": {"id": "2", "name": "x"}, "messages": [DISCORD, DISCORD]},
    "Discord's API": [DISCORD, DISCORD],
    "Mattermost": {"order": ["p"], "posts": {"p": MATTERMOST, "q": MATTERMOST}},
    "Mattermost's refusal": {
        "id": "x",
        "message": "no",
        "status_code": 1,
        "create_at": 1,
        "team_id": 2,
        "display_name": 3,
    },
    "Rocket.Chat": {"messages": [ROCKET, ROCKET], "success": True},
    "Gitter": [GITTER, GITTER],
    "Telegram": {"ok": True, "result": [{"message": TELEGRAM}, {"edited_message": TELEGRAM}]},
    "Telegram's export": {"name": "x", "type": "y", "id": 1, "messages": [EXPORTED, EXPORTED]},
}
ANYTHING: tuple[Any, ...] = (
    None,
    True,
    0,
    -(10**40),
    1e300,
    "",
    "x",
    "\ud83d\ude00",
    [],
    [None, 1, "x", [{}]],
    {},
    {"id": [1]},
)


def mangled(value: Any) -> Iterator[Any]:
    """Yield the payload with each of its values in turn replaced by anything."""
    places: list[list[Any]] = [[]]
    while places:
        place = places.pop()
        held = value
        for step in place:
            held = held[step]
        if isinstance(held, dict):
            places += [[*place, key] for key in held]
        elif isinstance(held, list):
            places += [[*place, 0]] if held else []
        for other in ANYTHING:
            if not place:
                yield other
                continue
            copy = deepcopy(value)
            target = copy
            for step in place[:-1]:
                target = target[step]
            target[place[-1]] = other
            yield copy


@pytest.mark.parametrize("name", [name for name in PAYLOADS if "refusal" not in name])
def test_each_payload_is_read_as_it_is(name: str) -> None:
    assert sum(len(reading.posts) for reading in read_payload(PAYLOADS[name])) == 1


@pytest.mark.parametrize("name", PAYLOADS)
def test_any_field_may_hold_anything(name: str) -> None:
    for payload in mangled(PAYLOADS[name]):
        try:
            for reading in read_payload(json.dumps(payload)):
                for post in reading.posts:
                    assert post.text
                    assert all(0 <= start < end <= len(post.text) for start, end in post.not_own)
        except UnreadableError as error:
            assert "\n" not in str(error)


def test_any_list_of_an_archive_may_hold_anything() -> None:
    lists = {
        "users.json": [{"id": "U1", "profile": {"real_name": "Ann"}}],
        "channels.json": [{"id": "C1", "name": "x"}],
    }
    for name in lists:
        for value in mangled(lists[name]):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                for member, kept in (lists | {name: value, "x/2022-05-03.json": [SLACK]}).items():
                    archive.writestr(member, json.dumps(kept))
            assert read_payload(out.getvalue())
