"""Askbot's API: questions as their summaries, and the comments its pages load later.

Reads: `/api/v1/questions`, one question, one answer, `/s/post_comments`.
Seen: 0.7 to 0.11.
Traps: the API gives summaries, which some versions cut off with dots, and no answers: a question's own page holds
    them all; a comment does not tell which question the post it is under belongs to.
"""

from __future__ import annotations

import re
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of
from overheard.forums.payload import count_of, dict_of, first_of, html_body, id_text_of, instant_of, line_of, rows_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_QUESTION = re.compile(r"/question/(\d+)")
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_FLAGS = (("user_is_administrator", "Administrator"), ("user_is_moderator", "Moderator"))


def is_askbot(content: Content) -> bool:
    """Say whether the content holds Askbot's questions, an answer or comments."""
    return any(_is_summary(row) or _is_comment(row) for row in _rows(first_of(content.data)))


def read_questions(content: Content) -> tuple[Reading, ...]:
    """Read each question's summary, or the comments under each post.

    Raises:
        UnreadableError: nothing in the payload has a text.
    """
    threads: dict[str, tuple[str, list[Post], list[tuple[int, str]]]] = {}
    for row in _rows(content.data):
        own = id_text_of(row.get("id"))
        asked = _QUESTION.search(address_in("", row.get("url")))
        thread = id_text_of(row.get("object_id")) or (asked[1] if asked else own)
        _, posts, problems = threads.setdefault(thread, (line_of(row.get("title")), [], []))
        post = _comment(row, own, len(posts)) if _is_comment(row) else _summary(row, own, thread, len(posts))
        if post is None:
            continue
        posts.append(post)
        if not _is_comment(row) and _CUT.search(post.text):
            problems.append((0, f"the text of post {own} is cut off; fetch its page"))
    readings = tuple(
        Reading(title, tuple(posts), tuple(problems), f"post {thread}")
        for thread, (title, posts, problems) in threads.items()
        if posts
    )
    if not readings:
        raise UnreadableError(content.url, "the payload holds no text", "fetch the questions' own pages")
    return readings


def follow_questions(content: Content) -> Links:
    """Return the pages of the questions listed, and the list's next page."""
    data = dict_of(content.data)
    rows = [row for row in rows_of(data.get("questions")) if _is_summary(row)]
    threads = (ThreadLink(address_in(content.url, row.get("url")), _mark_of(row)) for row in rows)
    pages, page = count_of(data.get("pages")) or 0, query_of(content.url).get("page", "1")
    more = page_after(content.url) if page.isdecimal() and len(page) < 9 and int(page) < pages else ""
    return Links(tuple(link for link in threads if link.url), (more,) if more else ())


def _rows(data: Any) -> list[dict[str, Any]]:
    listed = dict_of(data).get("questions")
    rows = rows_of(listed) if isinstance(listed, list) else rows_of([data] if isinstance(data, dict) else data)
    return [row for row in rows if _is_summary(row) or _is_comment(row)]


def _is_summary(row: dict[str, Any]) -> bool:
    return "added_at" in row and "summary" in row and "username" in dict_of(row.get("author")) and "id" in row


def _is_comment(row: dict[str, Any]) -> bool:
    return "comment_added_at" in row and "html" in row and "object_id" in row


def _summary(row: dict[str, Any], own: str, thread: str, place: int) -> Post | None:
    body = html_body(row.get("summary"))
    if body is None:
        return None
    return Post(
        text=body.text,
        author=line_of(dict_of(row.get("author")).get("username")),
        position=place,
        said_at=instant_of(row.get("added_at")),
        url=address_in("", row.get("url")) or None,
        not_own=body.not_own,
        replies_to=f"post {thread}" if thread != own else None,
        key=f"post {own}",
    )


def _comment(row: dict[str, Any], own: str, place: int) -> Post | None:
    body = html_body(row.get("html"))
    if body is None:
        return None
    return Post(
        text=body.text,
        author=line_of(row.get("user_display_name")),
        position=place,
        said_at=instant_of(row.get("comment_added_at")),
        not_own=body.not_own,
        replies_to=f"post {id_text_of(row.get('object_id'))}",
        rank=", ".join(word for flag, word in _FLAGS if row.get(flag) is True),
        key=f"post {own}",
    )


def _mark_of(row: dict[str, Any]) -> str:
    at = instant_of(row.get("last_activity_at"))
    answers = f"{count_of(row.get('answer_count')) or 0} answers"
    return f"{answers}, {at.isoformat()}" if at else answers


READER = Reader("Askbot API", is_askbot, read_questions, follow_questions)
