"""A forum as Discourse's JSON gives it: listings with more pages, and topics whose later posts are asked for by id."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sites.forum import AUTHORS, BOARDS, Forum, Post, Said, Thread
from tests.sites.server import Resource, robots

DISALLOWED = ("/admin/", "/u/", "/badges", "/search")
_NOTICE_EVERY = 7
"""Each seventh topic was closed: a notice of post type 3 stands in its stream, and is no post."""


class DiscourseSite:
    """Answers a forum's requests. Discourse itself gives 30 topics a page and 20 posts at once."""

    def __init__(self, forum: Forum, url: str, topics_a_page: int = 8, posts_at_once: int = 4) -> None:
        self.forum, self.url = forum, url
        self.topics_a_page, self.posts_at_once = topics_a_page, posts_at_once

    def boards(self) -> list[str]:
        """Addresses of the listing a market would name."""
        return [f"{self.url}/latest.json"]

    def truth(self) -> list[Said]:
        """Every post there is."""
        return [
            Said(post.own, _username(post.author), post.said_at, self._permalink(thread, post), self._address(thread))
            for thread, post in self.forum.every_post()
        ]

    def find(self, target: str) -> Resource | None:
        """What lies at a target: robots.txt, listings, topics by id with or without slug, posts by id."""
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        if parts.path == "/robots.txt":
            return robots(*DISALLOWED)
        if parts.path == "/latest.json":
            return self._listing(None, _number(query.get("page", ["0"])[0]))
        if found := re.fullmatch(r"/c/[\w-]+/(\d+)(?:/l/latest)?\.json", parts.path):
            return self._listing(int(found[1]) - 1, _number(query.get("page", ["0"])[0]))
        if found := re.fullmatch(r"/t/(?:[\w-]+/)?(\d+)\.json", parts.path):
            return self._topic(int(found[1]))
        if found := re.fullmatch(r"/t/(?:[\w-]+/)?(\d+)/posts\.json", parts.path):
            return self._posts(int(found[1]), [_number(wanted) for wanted in query.get("post_ids[]", [])])
        return None

    def _permalink(self, thread: Thread, post: Post) -> str:
        return f"{self._address(thread)}/{self._post_number(thread, post)}"

    def _address(self, thread: Thread) -> str:
        return f"{self.url}/t/{_slug(thread)}/{thread.thread_id}"

    def _listing(self, board: int | None, page: int) -> Resource:
        listed = self.forum.listed(board)
        first = page * self.topics_a_page
        topics: dict[str, Any] = {"can_create_topic": False, "per_page": self.topics_a_page, "topics": []}
        if first + self.topics_a_page < len(listed):
            # As Discourse gives it: the address of the page for people, without ".json".
            path = "/latest" if board is None else f"/c/{_slugged(BOARDS[board])}/{board + 1}/l/latest"
            topics["more_topics_url"] = f"{path}?no_definitions=true&page={page + 1}"
        topics["topics"] = [self._row(thread) for thread in listed[first : first + self.topics_a_page]]
        users = [{"id": index, "username": _username(name)} for index, name in enumerate(AUTHORS)]
        return _json({"users": users, "primary_groups": [], "topic_list": topics})

    def _row(self, thread: Thread) -> dict[str, Any]:
        return {
            "id": thread.thread_id,
            "title": thread.title,
            "fancy_title": escape(thread.title),
            "slug": _slug(thread),
            "posts_count": len(thread.posts),
            "reply_count": sum(post.quoted is not None for post in thread.posts),
            "highest_post_number": self._post_number(thread, thread.last),
            "created_at": _instant(thread.posts[0].said_at),
            "last_posted_at": _instant(thread.last.said_at),
            "bumped": True,
            "bumped_at": _instant(thread.last.said_at),
            "archetype": "regular",
            "pinned": thread.is_sticky,
            "visible": True,
            "closed": _is_closed(thread),
            # Views count every night, with or without a new post.
            "views": 17 * thread.thread_id + self.forum.posts_ever,
            "last_poster_username": _username(thread.last.author),
            "category_id": thread.board + 1,
        }

    def _topic(self, thread_id: int) -> Resource:
        thread = self.forum.threads.get(thread_id)
        if thread is None:
            return _missing()
        rows = self._stream(thread)
        stream = {"posts": rows[: self.posts_at_once], "stream": [row["id"] for row in rows]}
        return _json({"post_stream": stream, "timeline_lookup": [[1, 30]], **self._row(thread)})

    def _posts(self, thread_id: int, wanted: list[int]) -> Resource:
        thread = self.forum.threads.get(thread_id)
        if thread is None:
            return _missing()
        rows = [row for row in self._stream(thread) if row["id"] in wanted]
        return _json({"post_stream": {"posts": rows}, "id": thread_id})

    def _stream(self, thread: Thread) -> list[dict[str, Any]]:
        rows = [self._post(thread, post) for post in thread.posts]
        if _is_closed(thread):
            notice = {**rows[0], "id": 9000 + thread.thread_id, "post_type": 3, "action_code": "closed.enabled"}
            rows.insert(1, {**notice, "post_number": 2, "cooked": "", "username": "system", "name": "system"})
        return rows

    def _post(self, thread: Thread, post: Post) -> dict[str, Any]:
        words = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in post.paragraphs)
        row: dict[str, Any] = {
            "id": post.post_id,
            "name": post.author,
            "username": _username(post.author),
            "created_at": _instant(post.said_at),
            "updated_at": _instant(post.said_at + timedelta(hours=post.edits)),
            "version": 1 + post.edits,
            "post_number": self._post_number(thread, post),
            "post_type": 1,
            "reply_to_post_number": None,
            "topic_id": thread.thread_id,
            "topic_slug": _slug(thread),
            "yours": False,
            "moderator": False,
            "admin": False,
            "staff": False,
            "hidden": False,
            "deleted_at": None,
        }
        if post.quoted is not None:
            number = self._post_number(thread, post.quoted)
            row["reply_to_post_number"] = number
            words = (
                f'<aside class="quote no-group" data-username="{_username(post.quoted.author)}" data-post="{number}" '
                f'data-topic="{thread.thread_id}">\n<div class="title">\n<div class="quote-controls"></div>\n'
                f"{_username(post.quoted.author)}:</div>\n<blockquote>\n"
                f"<p>{escape(post.quoted_words, quote=False)}</p>\n</blockquote>\n</aside>\n{words}"
            )
        return {**row, "cooked": words}

    def _post_number(self, thread: Thread, post: Post) -> int:
        """A notice takes a number of its own, and a deleted post leaves a gap."""
        return post.number + (post.number > 1 and _is_closed(thread))


def _is_closed(thread: Thread) -> bool:
    return thread.thread_id % _NOTICE_EVERY == 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _username(author: str) -> str:
    return re.sub(r"[^\w.-]+", "_", author).strip("_.")


def _slug(thread: Thread) -> str:
    return _slugged(thread.title)


def _slugged(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def _missing() -> Resource:
    told = {"errors": ["The requested URL or resource could not be found."], "error_type": "not_found"}
    return Resource(json.dumps(told).encode(), "application/json; charset=utf-8", 404)


def _json(value: Any) -> Resource:
    return Resource(json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")
