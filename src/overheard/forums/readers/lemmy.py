"""Lemmy's API, and PieFed's after it: posts and comments as Markdown, of any server of the federation.

Reads: `post/list`, `post`, `comment/list`, `search`, `user`, one view.
Seen: documented only (0.18 to 1.0, PieFed alpha).
Traps: a comment names its parents by a path of numbers, and numbers are a server's own: only `ap_id` is the same
    everywhere; a post may be its title alone, and of a link the title is a headline, nobody's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of, sibling_of, split_address, with_query
from overheard.forums.body import Body
from overheard.forums.payload import count_of, dict_of, id_text_of, instant_of, line_of, markdown_body, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_LISTS = ("posts", "comments", "content", "results", "items")
_SINGLE = ("post_view", "comment_view")
_DEFAULT_PAGE = "10"
_ROOT_OF_PATH = "0"


@dataclass(slots=True)
class _Thread:
    title: str = ""
    posts: list[Post] = field(default_factory=list)
    gone: int = 0


def is_lemmy(content: Content) -> bool:
    """Say whether the content holds views of posts or comments."""
    return next(_views_of(content.data), None) is not None


def read_views(content: Content) -> tuple[Reading, ...]:
    """Read each post with the comments the payload holds of it.

    Raises:
        UnreadableError: nothing in the payload has a text.
    """
    views = list(_views_of(content.data))
    comments = (dict_of(view.get("comment")) for view in views)
    addresses = {id_text_of(row.get("id")): _address_of(row) for row in comments if row}
    threads: dict[str, _Thread] = {}
    for view in views:
        post, comment = dict_of(view.get("post")), dict_of(view.get("comment"))
        key = _address_of(post) or f"post {id_text_of(comment.get('post_id')) or id_text_of(post.get('id'))}"
        thread = threads.setdefault(key, _Thread())
        thread.title = thread.title or line_of(post.get("name") or post.get("title"))
        row = comment or post
        if any(row.get(name) is True for name in ("deleted", "removed")):
            thread.gone += 1
            continue
        body = _comment_body(comment) if comment else _post_body(post)
        if body is not None:
            answered = _answered(comment, addresses, key) if comment else ""
            thread.posts.append(_post(view, row, body, len(thread.posts), answered))
    readings = tuple(
        Reading(thread.title, tuple(thread.posts), _problems(thread), key)
        for key, thread in threads.items()
        if thread.posts
    )
    if not readings:
        raise UnreadableError(content.url, "holds no post and no comment", "fetch post/list or comment/list?post_id=ID")
    return readings


def follow_views(content: Content) -> Links:
    """Return the comments of each post listed, and the next page of a list."""
    data = dict_of(content.data)
    start, found, _ = split_address(content.url).path.rpartition("/post")
    posts = [view for view in _views_of(content.data) if "comment" not in view] if found else []
    asked = [(_comments_of(view, content.url, start), _mark_of(view)) for view in posts]
    if "post_view" in data:
        return Links(more=tuple(address for address, _ in asked if address))
    threads = tuple(ThreadLink(address, mark) for address, mark in asked if address)
    cursor = text_of(data.get("next_page"))
    shown = len(rows_of(data.get("posts"))) or len(rows_of(data.get("comments")))
    size = query_of(content.url).get("limit", _DEFAULT_PAGE)
    # Of comments only those that answer the post are counted, however many stand under them.
    is_full = size.isdecimal() and len(size) < 9 and shown >= int(size) > 0
    more = with_query(content.url, {"page_cursor": cursor}) if cursor else page_after(content.url) if is_full else ""
    return Links(threads, (more,) if more else ())


def _views_of(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the views: a post or a comment, with its creator beside it."""
    payload = dict_of(data)
    views = [dict_of(payload.get(name)) for name in _SINGLE]
    views += [view for name in _LISTS for view in rows_of(payload.get(name))]
    for view in views:
        said = dict_of(view.get("comment")) or dict_of(view.get("post"))
        if dict_of(view.get("creator")) and "id" in said and ("ap_id" in said or "published" in said):
            yield view


def _address_of(row: dict[str, Any]) -> str:
    return address_in("", row.get("ap_id"))


def _comment_body(comment: dict[str, Any]) -> Body | None:
    return markdown_body(comment.get("content") or comment.get("body"))


def _post_body(post: dict[str, Any]) -> Body | None:
    """Take a post's text; where there is none, its title, a headline where it links to what others wrote."""
    body, title = markdown_body(post.get("body")), line_of(post.get("name") or post.get("title"))
    if body is not None or not title:
        return body
    return Body(title, ((0, len(title)),) if text_of(post.get("url")) else (), None)


def _answered(comment: dict[str, Any], addresses: dict[str, str], thread: str) -> str:
    """Return the address of the comment above, else its number, or the post's where none is above."""
    above = text_of(comment.get("path")).split(".")[:-1]
    if not above or above[-1] == _ROOT_OF_PATH:
        return thread
    return addresses.get(above[-1]) or f"comment {above[-1]}"


def _post(view: dict[str, Any], row: dict[str, Any], body: Body, position: int, answered: str) -> Post:
    creator, address = dict_of(view.get("creator")), _address_of(row)
    flags = (
        (creator.get("bot_account") or creator.get("bot"), "Bot"),
        (row.get("distinguished") or view.get("creator_is_moderator"), "Moderator"),
        (creator.get("admin") or view.get("creator_is_admin"), "Administrator"),
    )
    kind = "comment" if "path" in row or "content" in row else "post"
    return Post(
        text=body.text,
        author=line_of(creator.get("display_name")) or line_of(creator.get("name") or creator.get("user_name")),
        position=position,
        said_at=instant_of(row.get("published") or row.get("published_at")),
        url=address or None,
        not_own=body.not_own,
        replies_to=answered or None,
        rank=", ".join(word for flag, word in flags if flag is True),
        key="" if address else f"{kind} {id_text_of(row.get('id'))}",
    )


def _problems(thread: _Thread) -> tuple[tuple[int, str], ...]:
    return ((0, f"{thread.gone} deleted or removed posts have no text"),) if thread.gone else ()


def _comments_of(view: dict[str, Any], url: str, start: str) -> str:
    number = id_text_of(dict_of(view.get("post")).get("id"))
    query = [("post_id", number), ("max_depth", "50"), ("sort", "Old"), ("limit", "50")]
    return sibling_of(url, f"{start}/comment/list", query) if number else ""


def _mark_of(view: dict[str, Any]) -> str:
    counts = dict_of(view.get("counts")) or dict_of(view.get("post"))
    comments, newest = count_of(counts.get("comments")), text_of(counts.get("newest_comment_time"))
    return ", ".join(filter(None, (f"{comments} comments" if comments is not None else "", newest)))


READER = Reader("Lemmy", is_lemmy, read_views, follow_views)
