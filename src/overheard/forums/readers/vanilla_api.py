"""Vanilla's API (v2): discussions and comments, as HTML.

Reads: `/api/v2/discussions`, `/api/v2/comments`, one of either; older sites' `/discussion/ID.json`.
Seen: documented only.
Traps: a list of discussions holds each first post and no comment; a comment knows its discussion by number only.
"""

from __future__ import annotations

from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, path_before, query_of, with_query
from overheard.forums.payload import (
    count_of,
    dict_of,
    first_of,
    html_body,
    id_text_of,
    instant_of,
    line_of,
    rows_of,
    text_of,
)
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_PAGE_SIZES = {"discussions": "10", "comments": "30"}
"""What the API shows where nothing else was asked for."""
_MOST_A_PAGE = "100"


def is_vanilla(content: Content) -> bool:
    """Say whether the content holds Vanilla's discussions or comments."""
    return any(_is_said(row) for row in _rows(first_of(content.data)))


def read_discussions(content: Content) -> tuple[Reading, ...]:
    """Read each discussion's posts.

    Raises:
        UnreadableError: nothing in the payload has a text.
    """
    threads: dict[str, tuple[str, list[Post]]] = {}
    for row in filter(_is_said, _rows(content.data)):
        number = id_text_of(row.get("discussionID"))
        title = "" if "commentID" in row else line_of(row.get("name"))
        _, posts = threads.setdefault(number, (title, []))
        post = _post(row, number, len(posts))
        if post is not None:
            posts.append(post)
    readings = tuple(
        Reading(title, tuple(posts), key=f"discussion {number}") for number, (title, posts) in threads.items() if posts
    )
    if not readings:
        raise UnreadableError(content.url, "the payload holds no text", "fetch /api/v2/comments?discussionID=ID")
    return readings


def follow_discussions(content: Content) -> Links:
    """Return the comments of each discussion listed, and a list's next page."""
    start = path_before(content.url, "/api/v2/")
    if start is None:
        return Links()
    rows = [row for row in _rows(content.data) if _is_said(row)]
    begun = [row for row in rows if "commentID" not in row]
    address = f"{start}/api/v2/comments"
    asked = {id_text_of(row.get("discussionID")): _mark_of(row) for row in begun}
    links = [
        ThreadLink(with_query(address, {"discussionID": number, "expand": "insertUser", "limit": _MOST_A_PAGE}), mark)
        for number, mark in asked.items()
    ]
    if isinstance(content.data, dict):
        return Links(more=tuple(link.url for link in links))
    size = query_of(content.url).get("limit") or _PAGE_SIZES["discussions" if begun else "comments"]
    more = page_after(content.url) if size == str(len(rows)) else ""
    return Links(tuple(links), (more,) if more else ())


def _rows(data: Any) -> list[dict[str, Any]]:
    payload = dict_of(data)
    if isinstance(payload.get("Discussion"), dict):
        return [_renamed(row) for row in [payload["Discussion"], *rows_of(payload.get("Comments"))]]
    return rows_of([data] if isinstance(data, dict) else data)


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    """Give an older answer's fields their present names."""
    user = {"name": row.get("InsertName"), "userID": row.get("InsertUserID")}
    names = (("discussionID", "DiscussionID"), ("name", "Name"), ("dateInserted", "DateInserted"), ("url", "Url"))
    new = {new: row[old] for new, old in names if old in row}
    comment = {"commentID": row["CommentID"]} if "CommentID" in row else {}
    return {**new, **comment, "body": row.get("FormatBody") or row.get("Body"), "insertUser": user}


def _is_said(row: dict[str, Any]) -> bool:
    return bool(id_text_of(row.get("discussionID"))) and "dateInserted" in row and "body" in row


def _post(row: dict[str, Any], discussion: str, place: int) -> Post | None:
    body = html_body(row.get("body"))
    if body is None:
        return None
    user = dict_of(row.get("insertUser"))
    comment, parent = id_text_of(row.get("commentID")), id_text_of(row.get("parentCommentID"))
    number = id_text_of(user.get("userID") or row.get("insertUserID"))
    quoted = body.quoted.author if body.quoted else ""
    return Post(
        text=body.text,
        author=line_of(user.get("name")) or (f"user {number}" if number else ""),
        position=place,
        said_at=instant_of(row.get("dateInserted")),
        url=address_in("", row.get("url")) or None,
        not_own=body.not_own,
        replies_to=f"comment {parent}" if parent else quoted or None,
        rank=", ".join(dict.fromkeys(filter(None, (line_of(user.get(name)) for name in ("title", "label"))))),
        key=f"comment {comment}" if comment else f"discussion {discussion}",
    )


def _mark_of(row: dict[str, Any]) -> str:
    return f"{count_of(row.get('countComments')) or 0} comments, {text_of(row.get('dateLastComment'))}"


READER = Reader("Vanilla API", is_vanilla, read_discussions, follow_discussions)
