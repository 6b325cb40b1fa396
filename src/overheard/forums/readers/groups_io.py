"""groups.io's API: the messages of a group, as your own token gets them.

Reads: `/api/v1/getmessages` and other lists of objects that are messages; follows the next page.
Seen: lists of another kind (a login, a member's groups), refused; messages documented only.
Traps: lists of groups, members and topics look alike but for "object"; the group's name, and with it a message's
    address, is not told.
"""

from __future__ import annotations

import re
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import with_query
from overheard.forums.mail.headers import name_of_sender
from overheard.forums.mail.message import Message, quoted_name, read_html_body, read_plain_body
from overheard.forums.mail.threads import thread_messages
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Reading

_OTHERS = re.compile(r"subscription(?:_plus)?|member_?info|group|topic|perms")
_TAG = re.compile(r"<[A-Za-z/]")


def is_groups_io(content: Content) -> bool:
    """Say whether the content is a list of groups.io's objects, or its answer to a login."""
    payload = dict_of(content.data)
    if "csrf_token" in dict_of(payload.get("user")):
        return True
    rows = rows_of(payload.get("data"))
    kind = line_of(rows[0].get("object")) if rows else ""
    if kind == "message":
        return "topic_id" in rows[0] and "body" in rows[0]
    return bool(_OTHERS.fullmatch(kind)) and "group_id" in rows[0]


def read_groups_io(content: Content) -> tuple[Reading, ...]:
    """Read the messages of a list, one reading a topic.

    Raises:
        UnreadableError: the list is of another kind, or no message in it has a text.
    """
    rows = [row for row in rows_of(dict_of(content.data).get("data")) if row.get("object") == "message"]
    # The newest comes first unless the list was asked for otherwise.
    rows.sort(key=lambda row: (line_of(row.get("created")), id_text_of(row.get("id")).zfill(20)))
    readings = thread_messages([_message(row) for row in rows])
    if not any(reading.posts for reading in readings):
        mend = "fetch /api/v1/getmessages, or download the group's archives"
        raise UnreadableError(content.url, "the payload holds no message with a text", mend)
    return readings


def _message(row: dict[str, Any]) -> Message:
    source = text_of(row.get("body"))
    is_plain = row.get("is_plain_text") is True or not _TAG.search(source)
    body = read_plain_body(source.replace("\r\n", "\n")) if is_plain else read_html_body(source)
    user = dict_of(row.get("user"))
    names = (row.get("name"), row.get("full_name"), user.get("full_name"), row.get("user_name"), row.get("from"))
    return Message(
        text=body.text,
        author=name_of_sender(next((line_of(name) for name in names if line_of(name)), ""), is_list=True),
        subject=line_of(row.get("subject")),
        key=id_text_of(row.get("id")),
        thread=id_text_of(row.get("topic_id")),
        said_at=instant_of(row.get("created")),
        not_own=body.not_own,
        quotes=quoted_name(body),
    )


def follow_groups_io(content: Content) -> Links:
    """Return the list's next page."""
    payload = dict_of(content.data)
    token = id_text_of(payload.get("next_page_token"))
    following = with_query(content.url, {"page_token": token}) if payload.get("has_more") is True and token else ""
    return Links(more=(following,) if following else ())


READER = Reader("groups.io", is_groups_io, read_groups_io, follow_groups_io)
