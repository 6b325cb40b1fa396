"""Discourse's topic pages: as given to crawlers and browsers without scripts, and as a browser saves them.

Reads: `/t/SLUG/ID` and its further pages as web pages.
Seen: crawlers' pages of 2.0 to 2.5; of 1.x and 2.6 to 3.4, and pages saved from a browser, documented only.
Traps: an edited post shows when it was edited and tells when it was written to machines alone (read as shown, as on
    every other page); the label of a picture and the preview of a link are no words of the author; notices ("closed
    this topic") look like posts in a browser; a saved page holds the posts near the screen only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from overheard.forums.elements import Found, Marked, MarkedPage, has_word, posts_of, select, shown
from overheard.forums.quotes import attribution_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_MARKS = ("crawler-post", "data-discourse-setup", 'content="Discourse ')
_POSTS = ("crawler-post", "data-post-id=", "topic-post")
_PARTS = {
    "body": ".crawler-post > .post, .cooked",
    "author": ".creator, .names > .username, .names > .first",
    "infos": ".crawler-post-infos, .post-date, .post-time",
    "shown": "time.post-time, .relative-date",
    "number": "[itemprop='position']",
    "rank": ".user-title",
}
_NUMBER = re.compile(r"(?:^|\D)(\d{1,6})$")
_TOPIC = re.compile(r".*?/t/(?:[^/?#]*[^\d/?#][^/?#]*/)?\d+(?=[/?#]|$)")
_OFFICES = (("moderator", "Moderator"), ("admin", "Administrator"), ("staff", "Staff"))


def is_discourse_page(content: Content) -> bool:
    """Say whether the content is a web page with Discourse's marks and posts."""
    text = content.text
    return not content.is_json and any(mark in text for mark in _MARKS) and any(mark in text for mark in _POSTS)


def read_topic(content: Content) -> tuple[Reading, ...]:
    """Read the topic's posts."""
    page = MarkedPage(content)
    marked = [
        post for post in page.gather(".crawler-post, .topic-post article", _PARTS) if post.first("body") is not None
    ]
    topic = _TOPIC.match(page.url)
    home = topic[0] if topic else ""
    posts = posts_of((_found(page, post, home) for post in marked), content.url)
    return (Reading(page.title, posts, page.problems),) if posts else ()


def _found(page: MarkedPage, post: Marked, topic: str) -> Found:
    body, author = post.first("body"), post.first("author")
    name = select(author, "[itemprop='name'], a") if author is not None else []
    told = _NUMBER.search(post.text("number")) or _NUMBER.search(post.element.get("id") or "")
    ranks = [office for word, office in _OFFICES if author is not None and has_word(author, word)]
    return Found(
        body=body,
        author=shown(name[0] if name else author),
        said_at=page.date_in(post.first("shown")) or page.date_in(post.first("infos")),
        url=f"{topic}/{told[1]}" if topic and told else None,
        replies_to=_quoted(body, topic),
        rank=", ".join(dict.fromkeys(filter(None, (post.text("rank"), *ranks)))),
        skipped=frozenset(_labels(body)),
    )


def _quoted(body: Any, topic: str) -> str | None:
    """Return the address of the post quoted first where it is of this topic, else whom it is from."""
    for quote in select(body, "aside.quote")[:1]:
        number = quote.get("data-post") or ""
        if topic and number.isdecimal() and topic.endswith(f"/{quote.get('data-topic') or ''}"):
            return f"{topic}/{number}"
        return attribution_of(quote).author or None
    return None


def _labels(body: Any) -> Iterator[Any]:
    """Yield what the engine writes into a text: labels of pictures; mark previews of links as others' words."""
    for preview in select(body, "aside.onebox"):
        preview.set("class", "quote onebox")
    yield from select(body, ".lightbox > .meta, .lightbox-wrapper > .meta, .quote-controls")


READER = Reader("Discourse page", is_discourse_page, read_topic)
