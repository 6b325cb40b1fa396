"""Which messages of a chat are one conversation? A thread, or failing that the room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from overheard.records import Post, Reading, Span

_QUOTED_LINE = re.compile(r"^[ \t]{0,3}(>+)(?=[\s\w\"'“”„«»‘’*`@#<(\[…&$+~|/-])[^\n]*", re.MULTILINE)
_FACE = re.compile(r"[ \t]*>[_-]{1,3}[<>](?!\S)")
"""A face that begins as a quotation does; others (">:(", ">.<") do not."""
_QUOTES_THE_REST = ">>>"
_WORD = re.compile(r"\w")
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as its payload tells it.

    Attributes:
        key: what the chat calls the message; the same in every payload that holds it. Empty where nothing tells it.
        thread: the key of the message that began its thread; empty outside threads.
        room, title: what the chat calls the room it was said in, and the room's shown name; empty where not told.
        not_own, replies_to, url, rank: as in `Post`.
    """

    key: str
    text: str
    author: str
    said_at: datetime | None
    thread: str = ""
    room: str = ""
    title: str = ""
    not_own: tuple[Span, ...] = ()
    replies_to: str | None = None
    url: str | None = None
    rank: str = ""


def readings_of(messages: Iterable[Message], problems: Sequence[tuple[int, str]] = ()) -> tuple[Reading, ...]:
    """Sort messages into conversations: one a thread, and one a room for what was said outside threads.

    A message told twice counts once, as it was told last; messages without a word (a picture, a file) are left out.
    Within a conversation the earliest comes first.

    Args:
        messages: of one payload, in its order.
        problems: what was left out of the payload; goes to the first conversation.

    Returns:
        Conversations in the order of their first messages; none where no message has a word. A room's key is empty
        where the payload does not name it.
    """
    told: dict[str, Message] = {}
    for number, message in enumerate(messages):
        if _WORD.search(message.text):
            told[message.key or f"unnamed {number}"] = message
    begun = {message.thread for message in told.values() if message.thread}
    talks: dict[tuple[str, str], list[Message]] = {}
    for message in _in_time(list(told.values())):
        thread = message.thread or (message.key if message.key in begun else "")
        talks.setdefault((message.room, thread), []).append(message)
    readings = [_reading(talk, thread or room) for (room, thread), talk in talks.items()]
    if readings and problems:
        first = readings[0]
        readings[0] = Reading(first.title, first.posts, tuple(problems), first.key)
    return tuple(readings)


def _in_time(messages: list[Message]) -> list[Message]:
    """Order by time; a message without a time stays behind the one before it."""
    last = _EARLIEST
    timed: list[tuple[datetime, Message]] = []
    for message in messages:
        last = message.said_at or last
        timed.append((last, message))
    newest_first = len(timed) > 1 and timed[0][0] > timed[-1][0]
    if newest_first:
        timed.reverse()
    return [message for _, message in sorted(timed, key=lambda pair: pair[0])]


def _reading(talk: list[Message], key: str) -> Reading:
    posts = tuple(
        Post(
            text=message.text,
            author=message.author,
            position=position,
            said_at=message.said_at,
            url=message.url,
            not_own=message.not_own,
            replies_to=message.replies_to,
            rank=message.rank,
            key=message.key,
        )
        for position, message in enumerate(talk)
    )
    return Reading(next((message.title for message in talk if message.title), ""), posts, (), key)


def chat_quotes(text: str, rest: bool = False) -> tuple[Span, ...]:
    """Return the spans of lines that quote (">"); neighbours are one span.

    Args:
        text: a message as written.
        rest: whether ">>> " quotes all that follows, as in Slack and Discord.
    """
    spans: list[Span] = []
    for found in _QUOTED_LINE.finditer(text):
        if _FACE.match(found[0]):
            continue
        start, end = found.start(1), found.start() + len(found[0].rstrip())
        if rest and found[1] == _QUOTES_THE_REST:
            end = len(text.rstrip())
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        if rest and found[1] == _QUOTES_THE_REST:
            break
    return tuple(spans)
