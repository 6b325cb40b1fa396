"""Hacker News' two APIs: an item at a time (Firebase), or whole threads and searches (Algolia); texts are HTML.

Reads: Firebase `/v0/item/ID.json` and its lists of stories; Algolia `/api/v1/items/ID` and `/api/v1/search`.
Seen: Firebase v0 (a story, a comment); Algolia documented only.
Traps: Firebase gives no answers, only their numbers (`kids`), and a comment does not tell its story; a story without
    text is its title, and of a link the title is a headline, nobody's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import page_after, path_before, split_address
from overheard.forums.body import Body
from overheard.forums.payload import (
    count_of,
    html_body,
    id_text_of,
    instant_of,
    line_of,
    rows_of,
    text_of,
)
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_PAGE = "https://news.ycombinator.com/item?id="
"""Where an item of these APIs is shown: they serve this one site."""
_TYPES = ("story", "comment", "job", "poll", "pollopt", "ask", "show")
_OWN_TITLE = re.compile(r"(?:ask|show|tell|launch|poll) ?(?:hn)?\b|who (?:is|wants)", re.IGNORECASE)
_ITEM = re.compile(r"/item/\d+\.json$")
_STORY_LIST = re.compile(r"/v\d/\w*stories\.json$")
_MEND = "fetch a story or comment that is still shown (/v0/item/ID.json or /api/v1/items/ID)"


def is_hacker_news(content: Content) -> bool:
    """Say whether the content is an item, a search or a list of stories."""
    data = content.data
    if isinstance(data, list):
        numbers = bool(data) and all(isinstance(number, int) for number in data[:20])
        return numbers and bool(_STORY_LIST.search(split_address(content.url).path))
    if not isinstance(data, dict):
        return False
    return _is_item(data) or _is_tree(data) or _is_hit(next(iter(rows_of(data.get("hits"))), {}))


def read_items(content: Content) -> tuple[Reading, ...]:
    """Read an item, a whole thread, or what a search found.

    Raises:
        UnreadableError: nothing in it is shown to readers.
    """
    data = content.data
    if isinstance(data, list):
        raise UnreadableError(content.url, "is a list of item numbers, not a thread", _MEND)
    if _is_item(data):
        readings = _read_item(data)
    elif _is_tree(data):
        readings = _read_tree(data)
    else:
        readings = _read_hits(rows_of(data.get("hits")))
    if not readings:
        raise UnreadableError(content.url, "the payload holds no text that is shown", _MEND)
    return readings


def follow_items(content: Content) -> Links:
    """Return where an item's answers are, the stories of a list, or a search's stories and next page."""
    data = content.data
    if isinstance(data, list):
        start = path_before(content.url, split_address(content.url).path.rpartition("/")[2])
        numbers = _numbers(data) if start else []
        return Links(tuple(ThreadLink(f"{start}item/{number}.json", "") for number in numbers))
    if _is_item(data):
        start = path_before(content.url, "/item/") if _ITEM.search(split_address(content.url).path) else None
        return Links(
            more=tuple(f"{start}/item/{number}.json" for number in (_numbers(data.get("kids")) if start else []))
        )
    hits = rows_of(data.get("hits"))
    threads = (_found_thread(hit, content.url) for hit in hits if _is_story_hit(hit))
    page, pages = count_of(data.get("page")), count_of(data.get("nbPages"))
    is_last = page is None or pages is None or page + 1 >= pages
    more = "" if is_last else page_after(content.url, first=0)
    return Links(tuple(link for link in threads if link.url), (more,) if more else ())


def _numbers(value: Any) -> list[int]:
    return [number for number in value if count_of(number)] if isinstance(value, list) else []


def _is_item(data: dict[str, Any]) -> bool:
    """Tell Firebase's item: `time` in seconds, and `by` unless it is deleted."""
    if data.get("type") not in _TYPES or not isinstance(data.get("id"), int) or "time" not in data:
        return False
    return "by" in data or data.get("deleted") is True


def _is_tree(data: dict[str, Any]) -> bool:
    """Tell Algolia's item: answers nested in `children`."""
    return isinstance(data.get("children"), list) and "created_at_i" in data and "parent_id" in data


def _is_hit(hit: dict[str, Any]) -> bool:
    return "objectID" in hit and "created_at_i" in hit and ("_tags" in hit or "story_id" in hit or "points" in hit)


def _is_story_hit(hit: dict[str, Any]) -> bool:
    return not text_of(hit.get("comment_text")) and bool(line_of(hit.get("title")))


def _read_item(item: dict[str, Any]) -> tuple[Reading, ...]:
    if item.get("dead") is True or item.get("deleted") is True:
        return ()
    own, title = id_text_of(item.get("id")), line_of(item.get("title"))
    body = _body_of(item.get("text"), title, item.get("url"))
    if body is None:
        return ()
    post = _post(own, body, line_of(item.get("by")), item.get("time"), 0, item.get("parent"))
    # A lone comment does not tell its story: its thread is whatever led to it.
    return (Reading(title, (post,), key="" if item.get("parent") else _PAGE + own),)


def _body_of(text: Any, title: str, url: Any) -> Body | None:
    """Read the text; where there is none, the title, a headline where it links to what others wrote."""
    body = html_body(text)
    if body is not None or not title:
        return body
    own = not text_of(url) or _OWN_TITLE.match(title)
    return Body(title, () if own else ((0, len(title)),), None)


def _post(own: str, body: Body, author: str, at: Any, position: int, parent: Any) -> Post:
    answered = id_text_of(parent)
    return Post(
        text=body.text,
        author=author,
        position=position,
        said_at=instant_of(at),
        url=_PAGE + own if own else None,
        not_own=body.not_own,
        replies_to=_PAGE + answered if answered else None,
        key=own,
    )


def _read_tree(root: dict[str, Any]) -> tuple[Reading, ...]:
    posts: list[Post] = []
    lost = 0
    for item in _walk(root):
        own = id_text_of(item.get("id"))
        body = _body_of(item.get("text"), line_of(item.get("title")), item.get("url"))
        if body is None:
            lost += 1
            continue
        at = item.get("created_at_i") or item.get("created_at")
        posts.append(_post(own, body, line_of(item.get("author")), at, len(posts), item.get("parent_id")))
    if not posts:
        return ()
    story = id_text_of(root.get("story_id")) or id_text_of(root.get("id"))
    problems = ((0, f"{lost} deleted comments have no text"),) if lost else ()
    return (Reading(line_of(root.get("title")), tuple(posts), problems, _PAGE + story),)


def _walk(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [root]
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(reversed(rows_of(item.get("children"))))


def _read_hits(hits: list[dict[str, Any]]) -> tuple[Reading, ...]:
    threads: dict[str, tuple[str, list[Post]]] = {}
    for hit in hits:
        own, title = id_text_of(hit.get("objectID")), line_of(hit.get("title"))
        text = hit.get("comment_text") or hit.get("story_text") or hit.get("text")
        body = _body_of(text, title, hit.get("url"))
        if body is None:
            continue
        story = own if _is_story_hit(hit) else id_text_of(hit.get("story_id"))
        title = title or line_of(hit.get("story_title"))
        _, posts = threads.setdefault(_PAGE + story, (title, []))
        at = hit.get("created_at_i") or hit.get("created_at")
        posts.append(_post(own, body, line_of(hit.get("author")), at, len(posts), hit.get("parent_id")))
    return tuple(Reading(title, tuple(posts), key=key) for key, (title, posts) in threads.items())


def _found_thread(hit: dict[str, Any], url: str) -> ThreadLink:
    start = path_before(url, "/search")
    own, comments = id_text_of(hit.get("objectID")), count_of(hit.get("num_comments"))
    mark = "" if comments is None else f"{comments} comments"
    return ThreadLink(f"{start}/items/{own}" if start and own else "", mark)


READER = Reader("Hacker News", is_hacker_news, read_items, follow_items)
