"""Drupal's forum topics and other nodes with comments, as web pages.

Reads: the page of a topic in Drupal's own themes, in themes made after them and with the Advanced Forum module.
Seen: Drupal 6; 7, 8 to 11 and Advanced Forum 1 and 2 documented only.
Traps: the first post is a node, laid out otherwise than its comments; a page of several nodes is a listing; an article
    nobody commented on is no thread; guests' names are followed by "(not verified)"; Drupal 6 prints US dates.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice
from typing import Any

from overheard.forums.elements import LEFT_OUT, Found, Marked, MarkedPage, has_word, posts_of, shown
from overheard.forums.payload import instant_of
from overheard.forums.reader import Content, Reader
from overheard.forums.structure.names import is_profile_link
from overheard.records import Reading

_MARKS = (
    *("Drupal.settings", "drupalSettings", "data-drupal-", "/misc/drupal", 'content="Drupal '),
    *(f"/sites/{site}/{kind}/" for site in ("all", "default") for kind in ("modules", "themes", "files")),
)
_POST = re.compile(r"""\bclass=["'][^"'>]{0,300}\b(?:node|forum-post)\b""")
_POSTS = ".node, .comment, .forum-post"
_PARTS = {
    "body": ".field-name-body, .field-name-comment-body, .field--name-body, .field--name-comment-body, "
    ".forum-post-content",
    "content": ".content",
    "about": ".submitted, .node__submitted, .node__meta, .comment__meta, .comment__submitted, .attribution",
    "name": ".username, .comment__author, .author-name",
    "date": "[property~='dc:created'], [property~='schema:dateCreated'], [data-comment-timestamp], .comment__time, "
    ".forum-posted-on, .comment-time, .field--name-created",
    "link": "a.permalink, .comment-permalink > a, .comment__permalink > a",
    "answers": ".comment__parent > a, .forum-in-reply-to > a",
    "rank": ".author-user-title",
    LEFT_OUT: "#comments, .comment-wrapper, .forum-topic-navigation, .links, .taxonomy, .terms, "
    ".field-type-taxonomy-term-reference, .user-signature",
}
_FORUM = (
    ".node-forum, .node--type-forum, .node-type-forum, .page-node-type-forum, .forum-topic-navigation, .forum-post, "
    "[typeof~='sioct:BoardPost']"
)
_ANCHOR = re.compile(r"comment-\d+$")
_MOST_LINKS = 10
"""Of a line that tells who wrote a post."""
_MOST_BEFORE = 5
"""Elements before an indentation, anchors for the most part."""
_AFTER_DASH = re.compile(r"\s[—–]\s*(\S.{0,58})$")
_BY = re.compile(
    r"\b(?:by|von|par|por|door|da|av|af|przez)\s+(\S.{0,58}?)\s+(?:on|am|le|el|op|il|den|dnia)\s", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"(?<!\s)\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|niet gecontroleerd)\)$", re.IGNORECASE
)
_NOBODY = ("anonymous", "guest", "anonym", "gast", "anonyme", "anónimo", "anoniem", "visitor")


def is_drupal(content: Content) -> bool:
    """Say whether the content is a page of Drupal with a node in it."""
    return not content.is_json and any(mark in content.text for mark in _MARKS) and bool(_POST.search(content.text))


def read_node(content: Content) -> tuple[Reading, ...]:
    """Read the node and its comments; nothing where the page shows several nodes or an article of its own."""
    page = MarkedPage(content)
    marked = [post for post in page.gather(_POSTS, _PARTS) if _body(post) is not None]
    nodes = [post for post in marked if not _is_comment(post)]
    if len(nodes) > 1 or (len(marked) == 1 and page.first(_FORUM) is None):
        return ()
    urls = {post.element: _address(page, post) for post in marked}
    found = [_found(page, post, urls) for post in marked]
    posts = posts_of(found, content.url)
    if not any(post.author or post.said_at for post in posts):
        return ()
    return (Reading(page.title, posts, page.problems),)


def _found(page: MarkedPage, post: Marked, urls: dict[Any, str | None]) -> Found:
    return Found(
        body=_body(post),
        author=_author(post),
        said_at=_instant(page, post),
        url=urls[post.element],
        replies_to=page.address(post.attribute("answers", "href")) or urls.get(_before_indentation(post.element)),
        rank=post.text("rank"),
        skipped=post.left_out,
    )


def _instant(page: MarkedPage, post: Marked) -> datetime | None:
    """Return when a post was written, as told to machines before as printed."""
    dates = post.parts.get("date", [])
    told = (instant_of(part.get(name)) for part in dates for name in ("data-comment-timestamp", "content"))
    return next(filter(None, told), None) or page.date_in(post.first("date")) or page.date_in(post.first("about"))


def _body(post: Marked) -> Any | None:
    return post.first("body") if post.first("body") is not None else post.first("content")


def _is_comment(post: Marked) -> bool:
    """Say whether a post is a comment; a theme may draw the node itself in a comment's clothes, inside the node."""
    if _anchor(post.element):
        return True
    inside_node = post.above is not None and has_word(post.above.element, "node")
    return has_word(post.element, "comment") and not inside_node


def _before_indentation(element: Any) -> Any:
    """Return the comment that an indented one answers, which stands before the indentation; None where none does."""
    around = element.getparent()
    if around is None or not has_word(around, "indented"):
        return None
    return next(
        (before for before in islice(around.itersiblings(preceding=True), _MOST_BEFORE) if before.tag != "a"), None
    )


def _author(post: Marked) -> str:
    name = post.text("name")
    if not name:
        about = post.first("about")
        links = islice(about.iter("a"), _MOST_LINKS) if about is not None else ()
        linked = [link for link in links if is_profile_link(link) or "profile" in (link.get("title") or "")]
        line = shown(about)
        told = _BY.search(line) or _AFTER_DASH.search(line)
        name = shown(linked[0]) if linked else told[1] if told else ""
    name = _NO_NAME.sub("", name).strip()
    return "" if name.casefold() in _NOBODY else name


def _address(page: MarkedPage, post: Marked) -> str | None:
    if not _is_comment(post):
        return page.url
    linked = page.address(post.attribute("link", "href"))
    anchor = _anchor(post.element)
    return linked or (f"{page.url.split('#')[0]}#{anchor}" if anchor else None)


def _anchor(element: Any) -> str:
    """Return the anchor of a comment: its own id, or the empty link before it."""
    if _ANCHOR.match(element.get("id") or ""):
        return str(element.get("id"))
    before = element.getprevious()
    name = "" if before is None else before.get("id") or before.get("name") or ""
    return name if before is not None and before.tag == "a" and _ANCHOR.match(name) else ""


READER = Reader("Drupal", is_drupal, read_node)
