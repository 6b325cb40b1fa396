"""Hacker News' item pages: a story or a question and its comments, or one comment and its answers.

Reads: `/item?id=…` as a web page, and its further pages.
Seen: the markup of 2012 and 2013; that of 2014 to 2025 (rows of the class "athing") documented only.
Traps: nesting is told by the width of an empty picture alone; a text the asker wrote has a class of its own only
    lately; what is flagged or deleted leaves a word in brackets; pages of comments on many stories look alike.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from overheard.forums.elements import LEFT_OUT, Found, MarkedPage, has_word, posts_of, shown
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_MARKS = ("user?id=", "item?id=")
_CLASSES = ("comhead", "fatitem", "subtext", "commtext")
_ITEM = re.compile(r"\bitem\?id=(\d+)")
_PIXELS_A_LEVEL = 40
_CELLS_BEFORE = 3
_MOST_LEVELS = 100
_GONE = frozenset({"[flagged]", "[dead]", "[deleted]", "[delayed]", "[flagged] [dead]"})
_PARTS = {
    "body": ".commtext, .comment",
    "head": ".comhead",
    "story": ".onstory, .storyon",
    LEFT_OUT: ".reply",
}


def is_hacker_news(content: Content) -> bool:
    """Say whether the content is a page with Hacker News' links to users and items, and its classes."""
    text = content.text
    marked = all(mark in text for mark in _MARKS) and any(name in text for name in _CLASSES)
    return marked and not content.is_json


def read_item(content: Content) -> tuple[Reading, ...]:
    """Read the story's or question's own text and the comments; nothing where the page mixes several stories."""
    page = MarkedPage(content)
    marked = page.gather("td.default", _PARTS)
    if len({shown(post.first("story")) for post in marked if post.first("story") is not None}) > 1:
        return ()
    story = page.first("td.subtext")
    found = _of_story(page, story) if story is not None else []
    above: list[str | None] = [_address_in(page, story)] if story is not None else [None]
    for post in marked:
        head = post.first("head")
        url = _address_in(page, head)
        body = post.first("body")
        level = _level(post.element)
        del above[level + 1 :]
        if head is not None and body is not None:
            answered = _parent_in(page, head) or next((link for link in reversed(above) if link), None)
            author, said_at = _name_in(head), page.date_in(head)
            found.append(Found(body, author, said_at, url, replies_to=answered, skipped=post.left_out))
        above += [None] * (level + 1 - len(above)) + [url]
    posts = posts_of(found, content.url, _GONE)
    title = (
        page.text(".titleline > a, td.title > a") if story is not None else page.title.removesuffix(" | Hacker News")
    )
    return (Reading(title, posts, page.problems),) if posts else ()


def _of_story(page: MarkedPage, subtext: Any) -> list[Found]:
    """Return the asker's own text: marked as such, or in a row between the story's line and the form."""
    text = page.first(".toptext")
    for row in subtext.getparent().itersiblings("tr") if text is None else ():
        cells = [cell for cell in row.iterchildren("td") if shown(cell)]
        if next(row.iter("form", "table"), None) is not None:
            break
        if cells and not has_word(cells[-1], "subtext"):
            text = cells[-1]
            break
    if text is None:
        return []
    return [Found(text, _name_in(subtext), page.date_in(subtext), _address_in(page, subtext))]


def _level(cell: Any) -> int:
    """Return how deep a comment is nested, by the cell before it."""
    for before in islice(cell.itersiblings("td", preceding=True), _CELLS_BEFORE):
        told = before.get("indent") or ""
        if told.isdecimal():
            return min(int(told[:6]), _MOST_LEVELS)
        for picture in before.iter("img"):
            width = picture.get("width") or ""
            if width.isdecimal() and next(before.iter("a"), None) is None:
                return min(int(width[:6]) // _PIXELS_A_LEVEL, _MOST_LEVELS)
    return 0


def _name_in(head: Any) -> str:
    return next((shown(link) for link in head.iter("a") if "user?id=" in (link.get("href") or "")), "")


def _address_in(page: MarkedPage, head: Any | None) -> str | None:
    """Return the address of the item a line of links is about: its age or "link", or its count of comments."""
    if head is None:
        return None
    links = [link for link in head.iter("a") if _ITEM.search(link.get("href") or "")]
    dated = [link for link in links if has_word(link.getparent(), "age") or shown(link) == "link"]
    own = dated or [link for link in links if not _is_elsewhere(link)]
    return page.address(own[0].get("href").split("#")[0]) if own else None


def _parent_in(page: MarkedPage, head: Any) -> str | None:
    """Return the answered comment where a link says so; on a page of many comments the link is an anchor only."""
    for link in head.iter("a"):
        href = link.get("href") or ""
        if shown(link) == "parent" and _ITEM.search(href):
            return page.address(href)
    return None


def _is_elsewhere(link: Any) -> bool:
    return has_word(link.getparent(), "onstory") or shown(link) in ("parent", "context", "prev", "next", "root")


READER = Reader("Hacker News page", is_hacker_news, read_item)
