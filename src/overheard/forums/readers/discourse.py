"""Discourse's payloads: each post with its text as HTML under "cooked".

Reads: `/t/ID.json`, `/t/ID/posts.json`, `/posts.json`, one post.
Seen: 2.4 to 3.2.
Traps: post types 3 and 4 are notices and whispers; `/posts.json` mixes topics; post numbers have gaps.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from overheard.errors import UnreadableError
from overheard.forums.body import Body, read_body
from overheard.forums.outline import drop_unseen, parse_html
from overheard.forums.reader import Content, Reader
from overheard.records import Post, Reading

_SAID_BY_PEOPLE = (1, 2)
"""Post types: 1 regular, 2 a moderator's; 3 is a notice ("closed this topic"), 4 a whisper among staff."""
_POSTS = re.compile(r'"(?:post_stream|cooked)"\s*:')
_FLAGS = (("admin", "Administrator"), ("moderator", "Moderator"), ("staff", "Staff"))


def is_discourse(content: Content) -> bool:
    """Say whether the content is a JSON payload with Discourse's posts in it."""
    return content.is_json and content.data is not None and bool(_POSTS.search(content.text))


def read_topic(content: Content) -> tuple[Reading]:
    """Read the posts of a topic, of the latest posts, or a single post.

    Raises:
        UnreadableError: the payload holds no post.
    """
    payload = content.data
    rows = _rows(payload)
    slug, topic_id = payload.get("slug"), payload.get("id")
    topic = urljoin(content.url, f"/t/{slug}/{topic_id}") if slug and topic_id else None
    posts: list[Post] = []
    problems: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        if row.get("post_type", 1) not in _SAID_BY_PEOPLE:
            continue
        body = _body(row.get("cooked"))
        if body is None or not body.text:
            problems.append((0, f"post {row.get('post_number', index + 1)} has no text"))
            continue
        posts.append(_post(row, index, body, topic, content.url))
    if not posts:
        mend = "fetch a topic (/t/ID.json), not a list of topics"
        raise UnreadableError(content.url, "the payload holds no post", mend)
    title = payload.get("title") or rows[0].get("topic_title") or ""
    return (Reading(" ".join(str(title).split()), tuple(posts), tuple(problems)),)


def _rows(payload: Any) -> list[dict[str, Any]]:
    if not isinstance(payload, dict):
        return []
    stream = payload.get("post_stream")
    rows = stream.get("posts") if isinstance(stream, dict) else None
    if rows is None:
        rows = payload.get("latest_posts")
    if rows is None and "cooked" in payload:
        rows = [payload]
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _post(row: dict[str, Any], index: int, body: Body, topic: str | None, page_url: str) -> Post:
    number = row.get("post_number")
    address = topic
    if address is None and row.get("topic_slug") and row.get("topic_id"):
        address = urljoin(page_url, f"/t/{row['topic_slug']}/{row['topic_id']}")
    replies_to = None
    if row.get("reply_to_post_number") and address:
        replies_to = f"{address}/{row['reply_to_post_number']}"
    elif body.quoted:
        replies_to = body.quoted.author or None
    return Post(
        text=body.text,
        author=str(row.get("username") or ""),
        position=number - 1 if isinstance(number, int) and number > 0 else index,
        said_at=_instant(row.get("created_at")),
        url=f"{address}/{number}" if address and number else None,
        not_own=body.not_own,
        replies_to=replies_to,
        rank=_rank(row),
    )


def _body(cooked: Any) -> Body | None:
    root = parse_html(f"<div>{cooked}</div>") if isinstance(cooked, str) and cooked.strip() else None
    if root is None:
        return None
    drop_unseen(root)
    return read_body(root)


def _rank(row: dict[str, Any]) -> str:
    shown = [str(row["user_title"])] if row.get("user_title") else []
    shown += [word for flag, word in _FLAGS if row.get(flag) is True]
    return ", ".join(dict.fromkeys(shown))


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


READER = Reader("Discourse", is_discourse, read_topic)
