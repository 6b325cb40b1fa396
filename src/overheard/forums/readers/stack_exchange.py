"""Stack Exchange's API: questions, their answers and the comments on both.

Reads: `/questions`, `/answers`, `/posts`, `/comments`, `/search`, one item or a bare list of them, with bodies as HTML
    (`body`) or Markdown (`body_markdown`).
Seen: 2.2 (without bodies only); 2.3 documented only.
Traps: bodies are left out unless the filter asks for them; Markdown, titles and names are escaped as HTML; numbers of
    posts are a site's own, numbers of comments are counted apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, path_before, query_of, split_address, with_query
from overheard.forums.body import Body
from overheard.forums.payload import (
    count_of,
    dict_of,
    first_of,
    html_body,
    id_text_of,
    instant_of,
    line_of,
    markdown_body,
    rows_of,
    text_of,
)
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_IDS = ("question_id", "answer_id", "comment_id", "post_id")
_QUESTION_IN_LINK = re.compile(r"/(?:questions|q)/(\d+)")
_PARTS_OF_QUESTION = re.compile(r"/questions/\d+(/answers|/comments)?$")
_KEPT = ("site", "filter", "key")
_MEND = "ask the API for bodies (filter=withbody)"


@dataclass(frozen=True, slots=True)
class _Said:
    """A question, an answer or a comment. `own` and `parent` are keys, `link` its address where it is told."""

    row: dict[str, Any]
    own: str
    thread: str
    parent: str
    link: str


@dataclass(slots=True)
class _Thread:
    title: str = ""
    said: list[_Said] = field(default_factory=list)


def is_stack_exchange(content: Content) -> bool:
    """Say whether the content is the API's items."""
    return any(_is_item(row) for row in _items(first_of(content.data))[:3])


def read_items(content: Content) -> tuple[Reading, ...]:
    """Read each question's thread.

    Raises:
        UnreadableError: no item has a body.
    """
    items = _items(content.data)
    threads: dict[str, _Thread] = {}
    for said, title in _walk(items, _site_of(items, content.url)):
        thread = threads.setdefault(said.thread, _Thread())
        thread.title = thread.title or title
        thread.said.append(said)
    links = {said.own: said.link for thread in threads.values() for said in thread.said if said.link}
    readings = [_reading(key, thread, links) for key, thread in threads.items()]
    found = tuple(reading for reading in readings if reading.posts)
    if not found:
        raise UnreadableError(content.url, "the items hold no text", _MEND)
    return found


def follow_items(content: Content) -> Links:
    """Return the next page, the questions of a listing, and of a question what it leaves to ask for."""
    data, items = dict_of(content.data), _items(content.data)
    more = [page_after(content.url)] if data.get("has_more") is True else []
    parts = _PARTS_OF_QUESTION.search(split_address(content.url).path)
    if parts:
        more += _rest_of_question(items, content.url, parts[1] or "")
        return Links(more=tuple(link for link in more if link))
    threads = (_thread_link(row, content.url) for row in items if "answer_id" not in row)
    return Links(tuple(link for link in threads if link.url), tuple(link for link in more if link))


def _site_of(items: list[dict[str, Any]], url: str) -> str:
    """Name the site, as the API's own `site` does: numbers of posts are a site's own."""
    hosts = (split_address(address_in("", row.get("link"))).netloc for row in items)
    site = query_of(url).get("site") or next((host for host in hosts if host), "")
    return site.lower().removeprefix("www.").removesuffix(".com").removesuffix(".stackexchange")


def _items(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and not _is_item(data):
        return rows_of(data.get("items"))
    return rows_of([data] if isinstance(data, dict) else data)


def _is_item(row: dict[str, Any]) -> bool:
    known = any(id_text_of(row.get(name)) for name in _IDS)
    return known and "creation_date" in row and ("owner" in row or "score" in row)


def _walk(items: list[dict[str, Any]], site: str) -> Iterator[tuple[_Said, str]]:
    """Yield each question, its comments, its answers and theirs, with the question's title where it is told."""
    for row in items:
        if not _is_item(row):
            continue
        said = _said_of(row, site, "", "")
        yield said, line_of(html.unescape(text_of(row.get("title"))))
        for comment in rows_of(row.get("comments")):
            yield _said_of(comment, site, said.thread, said.own), ""
        for answer in rows_of(row.get("answers")):
            given = _said_of(answer, site, said.thread, said.own)
            yield given, ""
            for comment in rows_of(answer.get("comments")):
                yield _said_of(comment, site, said.thread, given.own), ""


def _said_of(row: dict[str, Any], site: str, thread: str, parent: str) -> _Said:
    link = address_in("", row.get("link"))
    question, answer, comment, post = (id_text_of(row.get(name)) for name in _IDS)
    own = f"{site} comment {comment}" if comment else f"{site} post {answer or question or post}"
    answered = post if comment else question if answer else ""
    parent = parent or (f"{site} post {answered}" if answered else "")
    told = _QUESTION_IN_LINK.search(split_address(link).path)
    asked = question or (told[1] if told else "") or post
    thread = thread or (f"{site} post {asked}" if asked else own)
    return _Said(row, own.strip(), thread.strip(), parent.strip(), link)


def _reading(key: str, thread: _Thread, links: dict[str, str]) -> Reading:
    posts: list[Post] = []
    lost = 0
    for said in thread.said:
        body = _body_of(said.row)
        if body is None:
            lost += 1
            continue
        owner = dict_of(said.row.get("owner"))
        author = line_of(html.unescape(text_of(owner.get("display_name"))))
        posts.append(
            Post(
                text=body.text,
                author=author or (f"user {number}" if (number := id_text_of(owner.get("user_id"))) else ""),
                position=len(posts),
                said_at=instant_of(said.row.get("creation_date")),
                url=said.link or None,
                not_own=body.not_own,
                replies_to=links.get(said.parent) or said.parent or None,
                rank="Moderator" if owner.get("user_type") == "moderator" else "",
                key=said.own,
            )
        )
    problems = ((0, f"{lost} items have no body; {_MEND}"),) if lost else ()
    return Reading(thread.title, tuple(posts), problems, key)


def _body_of(row: dict[str, Any]) -> Body | None:
    shown = html_body(row.get("body"))
    return shown or markdown_body(html.unescape(text_of(row.get("body_markdown"))))


def _rest_of_question(items: list[dict[str, Any]], url: str, part: str) -> Iterator[str]:
    """Yield where a question's answers and the comments on both are, as far as they are not in its own page."""
    start = path_before(url, "/questions/")
    if part == "/answers":
        numbers = [number for row in items if (number := id_text_of(row.get("answer_id"))) and "comments" not in row]
        if numbers:
            yield _with_kept(f"{start}/answers/{';'.join(numbers)}/comments", url)
    if part:
        return
    for row in items:
        number = id_text_of(row.get("question_id"))
        if number and "answers" not in row and row.get("answer_count") != 0:
            yield _with_kept(f"{start}/questions/{number}/answers", url)
        if number and "comments" not in row and row.get("comment_count") != 0:
            yield _with_kept(f"{start}/questions/{number}/comments", url)


def _thread_link(row: dict[str, Any], url: str) -> ThreadLink:
    question = id_text_of(row.get("question_id"))
    start = path_before(url, "/questions") or path_before(url, "/search")
    if not start or not question.isdecimal():
        return ThreadLink("", "")
    active = instant_of(row.get("last_activity_date"))
    mark = f"{count_of(row.get('answer_count')) or 0} answers"
    return ThreadLink(
        _with_kept(f"{start}/questions/{question}", url), f"{mark}, {active.isoformat()}" if active else mark
    )


def _with_kept(address: str, url: str) -> str:
    """Return an address with what the listing's own says of the site, the filter and the key."""
    return with_query(address, {key: value for key, value in query_of(url).items() if key in _KEPT})


READER = Reader("Stack Exchange API", is_stack_exchange, read_items, follow_items)
