"""WordPress' API (wp/v2): the comments under articles, and bbPress' topics and replies where the site shows them.

Reads: `/wp-json/wp/v2/comments`, `/topics`, `/replies`, one of them.
Seen: documented only.
Traps: pingbacks are no comments; articles are the site's own and are not read; names are escaped as HTML; the date in
    the site's zone has no zone, so only the one in UTC is read.
"""

from __future__ import annotations

import html
import re
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of
from overheard.forums.payload import dict_of, first_of, html_body, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading

_SAID = ("comment", "topic", "reply", "review")
_SHOWN = ("", "approved", "publish", "closed")
_PAGE_IN_LINK = re.compile(r"comment-page-\d+/?$")
_DEFAULT_PAGE = "10"


def is_wordpress(content: Content) -> bool:
    """Say whether the content holds comments, topics or replies."""
    return any(map(_is_said, _rows(first_of(content.data))))


def read_comments(content: Content) -> tuple[Reading, ...]:
    """Read the comments under each article, or each topic.

    Raises:
        UnreadableError: nothing in the payload has a text.
    """
    threads: dict[str, tuple[str, list[Post]]] = {}
    for row in filter(_is_said, _rows(content.data)):
        body = html_body(dict_of(row.get("content")).get("rendered"))
        if body is None:
            continue
        link, own, parent = address_in("", row.get("link")), id_text_of(row.get("id")), id_text_of(row.get("parent"))
        shown = html_body(dict_of(row.get("title")).get("rendered"))
        _, posts = threads.setdefault(_thread_of(row, link), (shown.text if shown else "", []))
        posts.append(
            Post(
                text=body.text,
                author=_name_of(row),
                position=len(posts),
                said_at=instant_of(row.get("date_gmt")),
                url=link or None,
                not_own=body.not_own,
                replies_to=f"comment {parent}" if parent not in ("", "0") else None,
                key=f"comment {own}",
            )
        )
    if not threads:
        raise UnreadableError(content.url, "the payload holds no text", "fetch /wp-json/wp/v2/comments")
    return tuple(Reading(title, tuple(posts), key=key) for key, (title, posts) in threads.items())


def follow_comments(content: Content) -> Links:
    """Return the next page of a list, while pages are full."""
    rows = rows_of(content.data)
    is_full = bool(rows) and query_of(content.url).get("per_page", _DEFAULT_PAGE) == str(len(rows))
    more = page_after(content.url) if is_full else ""
    return Links(more=(more,) if more else ())


def _rows(data: Any) -> list[dict[str, Any]]:
    return rows_of([data] if isinstance(data, dict) else data)


def _is_said(row: dict[str, Any]) -> bool:
    written = isinstance(dict_of(row.get("content")).get("rendered"), str) and "date_gmt" in row
    return written and row.get("type") in _SAID and text_of(row.get("status")) in _SHOWN


def _thread_of(row: dict[str, Any], link: str) -> str:
    """Return the address of the article or topic; its number where that is not told."""
    page = _PAGE_IN_LINK.sub("", link.partition("#")[0])
    under = id_text_of(row.get("post")) or id_text_of(row.get("parent"))
    if row.get("type") == "reply" or not page:
        return f"comment {under or id_text_of(row.get('id'))}"
    return f"comment {id_text_of(row.get('id'))}" if row.get("type") == "topic" else page


def _name_of(row: dict[str, Any]) -> str:
    """Return the name shown; for topics it is told only where it was asked for (`_embed`)."""
    told = [row.get("author_name"), *(who.get("name") for who in rows_of(dict_of(row.get("_embedded")).get("author")))]
    number = id_text_of(row.get("author"))
    shown = (line_of(html.unescape(text_of(name))) for name in told)
    return next((name for name in shown if name), f"user {number}" if number not in ("", "0") else "")


READER = Reader("WordPress", is_wordpress, read_comments, follow_comments)
