"""NodeBB's API: a topic with its posts as HTML.

Reads: `/api/topic/ID`, `/api/recent/posts` and other lists of posts, the same inside `/api/v3`'s envelope; follows
    categories and other lists of topics, and a topic to its next page.
Seen: documented only (1.x to 4.x).
Traps: titles and names are escaped as HTML; deleted posts keep their place; times are milliseconds.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import path_before, with_query
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


def is_nodebb(content: Content) -> bool:
    """Say whether the content holds NodeBB's posts or topics."""
    data = _opened(first_of(content.data))
    return any(map(_is_post, _rows(data)[:3])) or any(map(_is_topic, rows_of(data.get("topics"))[:3]))


def read_posts(content: Content) -> tuple[Reading, ...]:
    """Read each topic's posts.

    Raises:
        UnreadableError: the payload holds no post.
    """
    data = _opened(content.data)
    home = path_before(content.url, "/api/") or ""
    threads: dict[str, tuple[str, list[Post], list[tuple[int, str]]]] = {}
    for row in filter(_is_post, _rows(data)):
        topic = id_text_of(row.get("tid")) or id_text_of(data.get("tid"))
        about = data if "tid" in data else dict_of(row.get("topic"))
        title = _unescaped(about.get("titleRaw") or about.get("title"))
        _, posts, problems = threads.setdefault(topic, (title, [], []))
        post = _post(row, home, len(posts))
        if post is not None:
            posts.append(post)
        else:
            problems.append((0, f"post {id_text_of(row.get('pid'))} is deleted or has no text"))
    readings = tuple(
        Reading(title, tuple(posts), tuple(problems), f"{home}/topic/{topic}" if home else f"topic/{topic}")
        for topic, (title, posts, problems) in threads.items()
        if posts
    )
    if not readings:
        raise UnreadableError(content.url, "the payload holds no post", "fetch a topic (/api/topic/ID)")
    return readings


def follow_topics(content: Content) -> Links:
    """Return the topics of a list, and the next page of a list or a topic."""
    data = _opened(content.data)
    home = path_before(content.url, "/api/")
    if home is None:
        return Links()
    topics = filter(_is_topic, rows_of(data.get("topics")))
    threads = tuple(ThreadLink(f"{home}/api/topic/{id_text_of(row.get('tid'))}", _mark_of(row)) for row in topics)
    after = dict_of(dict_of(data.get("pagination")).get("next"))
    page = count_of(after.get("page"))
    more = with_query(content.url, {"page": str(page)}) if after.get("active") is True and page else ""
    return Links(threads, (more,) if more else ())


def _opened(data: Any) -> dict[str, Any]:
    """Take an answer of the newer API out of its envelope."""
    payload = {"posts": data} if isinstance(data, list) else dict_of(data)
    inner = payload.get("response")
    return inner if isinstance(inner, dict) and "status" in payload else payload


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    return rows_of(data.get("posts")) or ([data] if _is_post(data) else [])


def _is_post(row: dict[str, Any]) -> bool:
    return "pid" in row and "content" in row and ("timestamp" in row or "timestampISO" in row)


def _is_topic(row: dict[str, Any]) -> bool:
    return "tid" in row and "title" in row and ("postcount" in row or "lastposttime" in row)


def _unescaped(value: Any) -> str:
    return line_of(html.unescape(text_of(value)))


def _post(row: dict[str, Any], home: str, place: int) -> Post | None:
    body = None if row.get("deleted") else html_body(row.get("content"))
    own, answered = id_text_of(row.get("pid")), id_text_of(row.get("toPid"))
    if body is None or not own:
        return None
    user, number = dict_of(row.get("user")), count_of(row.get("index"))
    names = (user.get("displayname"), user.get("username"), row.get("handle"))
    quoted = body.quoted.author if body.quoted else ""
    return Post(
        text=body.text,
        author=next((name for value in names if (name := _unescaped(value))), ""),
        position=number if number is not None else place,
        said_at=instant_of(row.get("timestampISO")) or instant_of(row.get("timestamp")),
        url=f"{home}/post/{own}" if home else None,
        not_own=body.not_own,
        replies_to=(f"{home}/post/{answered}" if home else f"post {answered}") if answered else quoted or None,
        rank=", ".join(_titles_of(user)),
        key=f"post {own}",
    )


def _titles_of(user: dict[str, Any]) -> Iterator[str]:
    for group in rows_of(user.get("selectedGroups")):
        if title := _unescaped(group.get("userTitle") or group.get("name")):
            yield title


def _mark_of(row: dict[str, Any]) -> str:
    at = instant_of(row.get("lastposttime"))
    return ", ".join([f"{count_of(row.get('postcount')) or 0} posts", *([at.isoformat()] if at else [])])


READER = Reader("NodeBB", is_nodebb, read_posts, follow_topics)
