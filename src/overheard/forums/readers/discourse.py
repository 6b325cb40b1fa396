"""Discourse's payloads: each post with its text as HTML under "cooked".

Reads: `/t/ID.json`, `/t/ID/posts.json`, `/posts.json`, `/posts/ID.json`, lists of posts; follows `/latest.json` and
    other lists of topics, `/categories.json`, `/search.json`, and a topic to the posts it does not hold.
Seen: 1.6 to 3.2.
Traps: post types 3 and 4 are notices and whispers; hidden and deleted posts hold a notice; `/posts.json` mixes topics;
    post numbers have gaps; a topic holds its first 20 posts and the numbers of the rest; oneboxes show words of pages
    that were linked to; search shows cut texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of, sibling_of, split_address
from overheard.forums.body import Body, read_body
from overheard.forums.outline import drop_unseen, parse_html
from overheard.forums.payload import count_of, dict_of, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_SAID_BY_PEOPLE = (1, 2)
"""Post types: 1 regular, 2 a moderator's; 3 is a notice ("closed this topic"), 4 a whisper among staff."""
_FLAGS = (("admin", "Administrator"), ("moderator", "Moderator"), ("staff", "Staff"))
_HOME = re.compile(
    r"^(.*?)/(?:t|c|p|posts|latest|top|hot|new|unread|tags?|categories|search|site|u|topics|private-posts)(?:[./]|$)"
)
"""What stands before the first part of an address that Discourse gives a meaning."""
_POSTS_A_REQUEST = 20
_MOST_REQUESTS = 2_000
_MEND = "fetch a topic (/t/ID.json), not a list of topics"


def is_discourse(content: Content) -> bool:
    """Say whether the content is a payload with Discourse's posts, topics or categories in it."""
    data = content.data
    if isinstance(data, list):
        return any(_is_post(row) for row in rows_of(data[:3]))
    if not isinstance(data, dict):
        return False
    lists = (data.get("post_stream"), data.get("topic_list"), data.get("category_list"))
    return _is_post(data) or _holds_latest(data) or any(map(dict_of, lists)) or "grouped_search_result" in data


def read_topics(content: Content) -> tuple[Reading, ...]:
    """Read the posts of a topic, of the latest posts, or a single post; one Reading a topic.

    Raises:
        UnreadableError: the payload holds no post.
    """
    payload = dict_of(content.data)
    home = _home_of(content.url)
    threads: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for index, row in enumerate(_rows(content.data)):
        topic = id_text_of(row.get("topic_id")) or id_text_of(payload.get("id"))
        threads.setdefault(topic, []).append((index, row))
    readings = []
    for topic, rows in threads.items():
        slug = id_text_of(payload.get("slug")) or id_text_of(rows[0][1].get("topic_slug"))
        reading = _read_topic(rows, home, topic, slug, line_of(payload.get("title")))
        if reading.posts:
            readings.append(reading)
    if not readings:
        raise UnreadableError(content.url, "the payload holds no post", _MEND)
    return tuple(readings)


def follow_topics(content: Content) -> Links:
    """Return the topics of a list and its next page, or the posts of a topic that are not in its page."""
    data, home = dict_of(content.data), _home_of(content.url)
    if not home:
        return Links()
    stream = dict_of(data.get("post_stream"))
    if stream:
        if stream.get("isMegaTopic") is True and rows_of(stream.get("posts")):
            # Topics of ten thousand posts do not name them; their pages are numbered instead.
            more = page_after(content.url)
            return Links(more=(more,) if more else ())
        more_posts = tuple(_missing(stream, home, id_text_of(data.get("id"))))
        return Links(more=more_posts, is_whole=isinstance(stream.get("stream"), list))
    listing = dict_of(data.get("topic_list"))
    topics = rows_of(listing.get("topics")) or rows_of(data.get("topics"))
    threads = tuple(ThreadLink(f"{home}/t/{own}.json", _mark_of(row)) for row in topics if (own := _id_of(row)))
    return Links(threads, tuple(_next_pages(data, listing, content.url, home)))


def _is_post(row: dict[str, Any]) -> bool:
    return "cooked" in row and ("post_number" in row or "post_type" in row)


def _holds_latest(data: dict[str, Any]) -> bool:
    return any(_is_post(row) for row in rows_of(data.get("latest_posts"))[:3])


def _id_of(row: dict[str, Any]) -> str:
    number = count_of(row.get("id"))
    return str(number) if number else ""


def _home_of(url: str) -> str:
    """Return the address the forum's own addresses begin with; empty where it is not known."""
    parts = split_address(url)
    found = _HOME.match(parts.path)
    return sibling_of(url, found[1]).rstrip("/") if found else ""


def _rows(payload: Any) -> list[dict[str, Any]]:
    if isinstance(payload, list):
        return [row for row in rows_of(payload) if _is_post(row)]
    stream = dict_of(payload).get("post_stream")
    if isinstance(stream, dict):
        return rows_of(stream.get("posts"))
    if "latest_posts" in dict_of(payload):
        return rows_of(payload["latest_posts"])
    return [payload] if _is_post(dict_of(payload)) else []


def _read_topic(rows: list[tuple[int, dict[str, Any]]], home: str, topic: str, slug: str, title: str) -> Reading:
    posts: list[Post] = []
    problems: list[tuple[int, str]] = []
    for index, row in rows:
        number = count_of(row.get("post_number"))
        if row.get("post_type", 1) not in _SAID_BY_PEOPLE:
            continue
        if any(row.get(name) for name in ("hidden", "user_deleted", "deleted_at")):
            problems.append((0, f"post {number or index + 1} is hidden or deleted"))
            continue
        body = _body(row.get("cooked"))
        if body is None or not body.text:
            problems.append((0, f"post {number or index + 1} has no text"))
            continue
        address = f"{home}/t/{slug}/{topic}" if home and slug and topic else ""
        posts.append(_post(row, number, index, body, address, home))
    shown = title or line_of(rows[0][1].get("topic_title")) or line_of(rows[0][1].get("topic_html_title"))
    key = f"{home}/t/{topic}" if home else f"t/{topic}"
    return Reading(shown, tuple(posts), tuple(problems), key if topic else "")


def _post(row: dict[str, Any], number: int | None, index: int, body: Body, address: str, home: str) -> Post:
    replied = count_of(row.get("reply_to_post_number"))
    own = _id_of(row)
    replies_to = f"{address}/{replied}" if replied and address else None
    if replies_to is None and body.quoted:
        replies_to = _quoted(body.quoted.link, address) or body.quoted.author or None
    return Post(
        text=body.text,
        author=line_of(row.get("username")),
        position=number - 1 if number else index,
        said_at=instant_of(row.get("created_at")),
        url=f"{address}/{number}" if address and number else None,
        not_own=body.not_own,
        replies_to=replies_to,
        rank=_rank(row),
        key=(f"{home}/p/{own}" if home else f"p/{own}") if own else "",
    )


def _quoted(link: str, address: str) -> str:
    """Return the address of a quoted post of the same topic."""
    topic, _, number = link.rpartition("/")
    return f"{address}/{number}" if address and number.isdecimal() and address.endswith(f"/{topic}") else ""


def _body(cooked: Any) -> Body | None:
    root = parse_html(f"<div>{cooked}</div>") if isinstance(cooked, str) and cooked.strip() else None
    if root is None:
        return None
    for aside in root.iter("aside"):
        words = (aside.get("class") or "").split()
        if "onebox" in words:
            # A preview of a page that was linked to: its words are not the author's.
            aside.set("class", "quote")
        elif "quote" in words and aside.get("data-topic") and aside.get("data-post"):
            aside.set("cite", f"{aside.get('data-topic')}/{aside.get('data-post')}")
    drop_unseen(root)
    return read_body(root)


def _rank(row: dict[str, Any]) -> str:
    shown = [line_of(row.get("user_title"))]
    shown += [word for flag, word in _FLAGS if row.get(flag) is True]
    user = row.get("user_id")
    if isinstance(user, int) and user < 0:
        # The software's own accounts, which greet and remind, are numbered below zero.
        shown.append("Bot")
    return ", ".join(dict.fromkeys(word for word in shown if word))


def _mark_of(topic: dict[str, Any]) -> str:
    posts = count_of(topic.get("posts_count"))
    at = text_of(topic.get("bumped_at")) or text_of(topic.get("last_posted_at"))
    return ", ".join([*([f"{posts} posts"] if posts is not None else []), *([at] if at else [])])


def _missing(stream: dict[str, Any], home: str, topic: str) -> Iterator[str]:
    """Yield the addresses of the posts a topic's page names but does not hold."""
    held = {row.get("id") for row in rows_of(stream.get("posts")) if isinstance(row.get("id"), int)}
    named = stream.get("stream")
    missing = [own for own in named if count_of(own) and own not in held] if isinstance(named, list) else []
    for at in range(0, min(len(missing), _POSTS_A_REQUEST * _MOST_REQUESTS), _POSTS_A_REQUEST):
        chunk = missing[at : at + _POSTS_A_REQUEST]
        if topic:
            query = "&".join(f"post_ids[]={own}" for own in chunk)
            yield f"{home}/t/{topic}/posts.json?{query}"


def _next_pages(data: dict[str, Any], listing: dict[str, Any], url: str, home: str) -> Iterator[str]:
    told = split_address(address_in(url, listing.get("more_topics_url")))
    if told.netloc:
        path = told.path if told.path.endswith(".json") else f"{told.path}.json"
        yield sibling_of(url, path, list(query_of(told.geturl()).items()))
    for category in rows_of(dict_of(data.get("category_list")).get("categories")):
        own, slug = _id_of(category), id_text_of(category.get("slug"))
        if own and slug:
            yield f"{home}/c/{slug}/{own}.json"
    if dict_of(data.get("grouped_search_result")).get("more_full_page_results") is True:
        yield page_after(url)


READER = Reader("Discourse", is_discourse, read_topics, follow_topics)
