"""The chat of a Zoom meeting, as Zoom saves it beside the recording.

Reads: `10:02:13 From Ines Vale to Everyone:` with the message behind it or below it, indented; with a date before the
time; without `to …` (before 2020); `10:02:13	 From  Ines Vale : words`.
Seen: documented only.
Traps: times are of the day, not of the recording, and of an unknown day: no link and no date is made of them; answers
begin with `Replying to "…"`, another's words; `Reacted to "…" with 👍` and `Removed a 👍 reaction` are clicks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from overheard.records import Post, Reading
from overheard.transcripts.labels import clean_name
from overheard.transcripts.reader import Content, Reader

_HEAD = re.compile(
    r"(?:\d{4}-\d\d-\d\d\s+)?\d{1,2}:\d\d:\d\d(?:\s?[AP]M)?\s+From\s+(?P<who>\S(?:[^:]{0,118}\S)?)\s*:(?:\s+(?P<text>.*))?",
    re.IGNORECASE,
)
_TO = re.compile(r"(?<!\s)\s+to\s+", re.IGNORECASE)
_REPLY = re.compile(r"Replying to \".*\"\s*")
_CLICK = re.compile(r"(?:Reacted to \".*\" with .{1,40}|Removed an? .{1,40} reaction from \".*\")", re.DOTALL)


@dataclass(slots=True)
class _Message:
    author: str
    lines: list[str] = field(default_factory=list)


def recognises(content: Content) -> bool:
    """Say whether the first line with words says from whom a message is."""
    first = next((line for line in content.lines if line.strip()), "")
    return bool(_HEAD.fullmatch(first.strip()))


def read_chat(content: Content) -> Reading:
    """Read the messages, each one a post."""
    messages: list[_Message] = []
    for line in content.lines:
        found = _HEAD.fullmatch(line.strip())
        if found:
            messages.append(_Message(clean_name(_TO.split(found["who"])[0]), [found["text"] or ""]))
        elif messages:
            messages[-1].lines.append(line.strip())
    posts: list[Post] = []
    for message in messages:
        text = "\n".join(message.lines).strip()
        quoted = _REPLY.match(text)
        if text and not _CLICK.fullmatch(text):
            not_own = ((0, len(quoted[0].rstrip())),) if quoted else ()
            posts.append(Post(text, message.author, len(posts), not_own=not_own))
    return Reading(content.place, tuple(posts))


READER = Reader("Zoom chat", recognises, read_chat)
