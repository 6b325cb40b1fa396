"""Slack's whole export as one .zip: channels, people, and a file of messages a channel and day.

Reads: `channels.json`, `groups.json`, `dms.json`, `mpims.json`, `users.json`, `CHANNEL/YYYY-MM-DD.json`.
Seen: documented only, and slackdump's archives of the same layout.
Traps: sizes told in the archive lie; member names are labels, never paths; a thread goes on in the files of later days.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.conversations import Message, readings_of
from overheard.forums.payload import dict_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.forums.readers.slack import Names, messages_of, name_in, people_of
from overheard.records import Reading

_ZIP = b"PK\x03\x04"
_DAY_FILE = re.compile(r"(?:[^/]{1,200}/)?(?P<channel>[^/]{1,200})/\d{4}-\d\d-\d\d\.json")
_LIST_FILE = re.compile(r"(?:[^/]{1,200}/)?(?P<list>users|channels|groups|dms|mpims)\.json")
_CHANNEL_LISTS = ("channels", "groups", "dms", "mpims")
_MOST_MEMBERS = 50_000
_LARGEST_MEMBER = 20_000_000
"""Bytes unpacked; a day of a busy channel is under two million."""
_LARGEST_TOTAL = 150_000_000
"""Bytes unpacked of one archive: some 300,000 messages, which take half a gigabyte."""
_LARGEST_RATIO = 40
"""Of unpacked to packed, beyond a few megabytes; real exports reach 10 to 20."""
_FEW_BYTES = 5_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` and `json` raise on damaged, encrypted or oddly packed members (ValueError: bad JSON or offsets)."""


@dataclass(slots=True)
class _Archive:
    """What may still be unpacked, and what went wrong so far."""

    file: zipfile.ZipFile
    left: int
    problems: list[tuple[int, str]] = field(default_factory=list)

    def load(self, name: str) -> Any:
        """Return the JSON of a member; None, with a problem noted, where it is damaged or too large."""
        most = min(_LARGEST_MEMBER, self.left)
        if most <= 0:
            self.problems.append((0, "later days are left out: the archive is too large; give its folders unpacked"))
            return None
        try:
            with self.file.open(name) as member:
                body = member.read(most + 1)
            self.left -= len(body)
            if len(body) <= most:
                return json.loads(body)
            self.problems.append((0, f"{_shown(name)} is left out: too large; give its folder unpacked"))
        except _BROKEN:
            self.problems.append((0, f"{_shown(name)} is left out: damaged or no JSON; export it again"))
        return None


def is_slack_archive(content: Content) -> bool:
    """Say whether the content is a zip archive with Slack's lists and day files in it."""
    if not content.page.body.startswith(_ZIP):
        return False
    names = _member_names(content.page.body)
    return any(_LIST_FILE.fullmatch(name) for name in names) and any(_DAY_FILE.fullmatch(name) for name in names)


def read_slack_archive(content: Content) -> tuple[Reading, ...]:
    """Read the conversations of an export: one a thread, one a channel for what was said outside threads.

    Raises:
        UnreadableError: the archive has too many members or holds no message.
    """
    names = _member_names(content.page.body)
    if len(names) > _MOST_MEMBERS:
        mend = "unpack it and give the folders of the channels you need"
        raise UnreadableError(content.url, f"the archive has more than {_MOST_MEMBERS} files", mend)
    with zipfile.ZipFile(io.BytesIO(content.page.body)) as file:
        most = min(_LARGEST_TOTAL, max(_FEW_BYTES, _LARGEST_RATIO * len(content.page.body)))
        archive = _Archive(file, most)
        lists = {found["list"]: archive.load(name) for name in names if (found := _LIST_FILE.fullmatch(name))}
        people = _people(lists.get("users"))
        rooms = _rooms(lists)
        by_id = dict(rooms.values())
        messages: list[Message] = []
        for name in sorted(names):
            found = _DAY_FILE.fullmatch(name)
            if found is None:
                continue
            rows = rows_of(archive.load(name))
            channel, title = rooms.get(found["channel"], (found["channel"], found["channel"]))
            messages += messages_of(rows, Names(ChainMap(people, people_of(rows)), by_id), channel, title)
    readings = readings_of(messages, tuple(dict.fromkeys(archive.problems)))
    if not readings:
        what = "; ".join(dict.fromkeys(what for _, what in archive.problems[:3])) or "holds no message in words"
        raise UnreadableError(content.url, what, "export it again with messages of the channels you need")
    return readings


def _member_names(body: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            return list(dict.fromkeys(file.namelist()))
    except (*_BROKEN, IndexError):
        return []


def _rooms(lists: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return id and shown name of every channel by its folder: the name, or for talks of few the id."""
    rooms: dict[str, tuple[str, str]] = {}
    for kind in _CHANNEL_LISTS:
        for row in rows_of(lists.get(kind)):
            identifier, name = text_of(row.get("id")), line_of(row.get("name"))
            if identifier or name:
                rooms.setdefault(name or identifier, (identifier or name, name or identifier))
    return rooms


def _people(users: Any) -> dict[str, str]:
    names = {text_of(user.get("id")): name_in(dict_of(user.get("profile")), user) for user in rows_of(users)}
    return {identifier: name for identifier, name in names.items() if identifier and name}


def _shown(name: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in name[-80:]).split())


READER = Reader("Slack export", is_slack_archive, read_slack_archive)
