"""Stack Exchange's data dump: `Posts.xml` and `Comments.xml`, a row each, read as a stream.

Reads: each file alone; answers and comments find their question by its number.
Seen: dumps of 2016 to 2024.
Traps: the dump names its users by number only; wiki pages of tags are rows among the posts; comments do not tell
    their question, only the post they are under; dumps of two sites count alike, so a key begins with the file's
    folder.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from overheard.errors import UnreadableError
from overheard.forums.payload import html_body, instant_of, line_of, markdown_body
from overheard.forums.reader import Content, Reader
from overheard.records import Post, Reading

_HEAD_BYTES = 2_000
_TABLES = rb"badges|comments|posthistory|postlinks|posts|tags|users|votes|postfeedback|posttypes"
_ROOT = re.compile(rb"<(" + _TABLES + rb")(?:\s[^>]{0,200})?>\s*<row\s", re.IGNORECASE)
_QUESTION, _ANSWER = "1", "2"
_COMMUNITY = "-1"
"""The number of the site's own account, which bumps questions and owns what nobody does."""

Row = dict[str, str]


@dataclass(slots=True)
class _Thread:
    title: str = ""
    posts: list[Post] = field(default_factory=list)


def is_dump(content: Content) -> bool:
    """Say whether the content is a table of the dump."""
    return _ROOT.search(content.page.body[:_HEAD_BYTES]) is not None


def read_dump(content: Content) -> tuple[Reading, ...]:
    """Read each question's thread, or the comments under each post.

    Raises:
        UnreadableError: the table holds nothing people said, declares entities, or is no XML.
    """
    body = content.page.body
    found = _ROOT.search(body[:_HEAD_BYTES])
    table = found[1].decode().casefold() if found else ""
    if table not in ("posts", "comments"):
        raise UnreadableError(content.url, f"is the dump's table of {table}", "give its Posts.xml and Comments.xml")
    if found and b"<!" in body[: found.start()].replace(b"<!--", b""):
        raise UnreadableError(content.url, "declares entities, which dumps do not", "download it again")
    folder = content.url.rpartition("/")[0]
    place = f"{folder}/" if folder else ""
    threads: dict[str, _Thread] = {}
    left_out = 0
    for row in _rows(body):
        taken = _take_post(threads, row, place) if table == "posts" else _take_comment(threads, row, place)
        left_out += not taken
    problems = [(0, f"{left_out} rows are no posts or hold no text")] if left_out else []
    if f"</{table}>".encode() not in body[-200:].lower():
        problems.append((body.count(b"\n") + 1, "the file is cut off"))
    readings = [Reading(thread.title, tuple(thread.posts), key=key) for key, thread in threads.items() if thread.posts]
    if not readings:
        raise UnreadableError(content.url, f"the table of {table} holds no text", "download it again")
    first = readings[0]
    return (Reading(first.title, first.posts, tuple(problems), first.key), *readings[1:])


def _rows(body: bytes) -> Iterator[Row]:
    """Yield the rows as they come; each is forgotten once read."""
    events = etree.iterparse(
        io.BytesIO(body), events=("end",), tag="row", recover=True, resolve_entities=False, no_network=True
    )
    for _, element in events:
        yield {str(name): str(value) for name, value in element.attrib.items()}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _take_post(threads: dict[str, _Thread], row: Row, place: str) -> bool:
    number, question = row.get("Id", ""), row.get("ParentId", "")
    kind = row.get("PostTypeId", "")
    body = html_body(row.get("Body")) if kind in (_QUESTION, _ANSWER) else None
    if body is None or not number:
        return False
    key = f"{place}post {question or number}"
    thread = threads.setdefault(key, _Thread())
    thread.title = thread.title or line_of(row.get("Title"))
    thread.posts.append(
        Post(
            text=body.text,
            author=line_of(row.get("OwnerDisplayName")) or _name_of(row.get("OwnerUserId", "")),
            position=len(thread.posts),
            said_at=instant_of(row.get("CreationDate")),
            not_own=body.not_own,
            replies_to=key if question else None,
            rank="Bot" if row.get("OwnerUserId") == _COMMUNITY else "",
            key=f"{place}post {number}",
        )
    )
    return True


def _take_comment(threads: dict[str, _Thread], row: Row, place: str) -> bool:
    number, post = row.get("Id", ""), row.get("PostId", "")
    body = markdown_body(row.get("Text"))
    if body is None or not number or not post:
        return False
    key = f"{place}post {post}"
    thread = threads.setdefault(key, _Thread())
    thread.posts.append(
        Post(
            text=body.text,
            author=line_of(row.get("UserDisplayName")) or _name_of(row.get("UserId", "")),
            position=len(thread.posts),
            said_at=instant_of(row.get("CreationDate")),
            not_own=body.not_own,
            replies_to=key,
            rank="Bot" if row.get("UserId") == _COMMUNITY else "",
            key=f"{place}comment {number}",
        )
    )
    return True


def _name_of(user: str) -> str:
    return f"user {user}" if user else ""


READER = Reader("Stack Exchange dump", is_dump, read_dump)
