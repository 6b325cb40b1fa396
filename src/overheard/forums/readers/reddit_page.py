"""Reddit's comment pages in their three looks: the old one, the redesign, and the present one of custom elements.

Reads: a submission with its comments as a web page, saved from a browser or fetched; answers that hold comments alone.
Seen: the redesign of 2019 to 2023 as saved from a browser; the old look and custom elements documented only.
Traps: a submission without a text of its own is a title, no post; the redesign names things by classes that change
    with every release, and tells nesting in words ("level 2"); the redesign as fetched holds its comments in a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from overheard.forums.elements import Found, Marked, MarkedPage, has_word, posts_of, shown
from overheard.forums.payload import instant_of
from overheard.forums.reader import Content, Reader
from overheard.forums.readers.reddit_state import State, read_state
from overheard.records import Reading

_MARKS = (
    *("<shreddit-post", "<shreddit-comment", "window.___r"),
    *(f"{name}{kind}_" for name in ('data-fullname="', 'id="', 'id="thing_', "thing id-") for kind in ("t1", "t3")),
)
_FULLNAME = re.compile(r"\bt[13]_[a-z0-9]{2,12}\b")
_LEVEL = re.compile(r"level (\d{1,3})$")
_NEAR = 40
"""Elements of a post that may carry its name."""
_USER = re.compile(r"/u(?:ser)?/([\w-]{1,40})/?(?:$|\?)")
_NOBODY = ("[deleted]", "[removed]", "[unavailable]", "deleted")
_GONE = frozenset(
    {
        "[deleted]",
        "[removed]",
        "[ removed by reddit ]",
        "[ Removed by Reddit ]",
        "[removed by moderator]",
        "Comment deleted by user",
        "Comment removed by moderator",
        "Comment removed by Reddit",
        "[unavailable]",
    }
)
_OFFICES = (("admin", "Administrator"), ("moderator", "Moderator"))
_BOT = "AutoModerator"

_ELEMENTS = {"body": "[slot='text-body'], [slot='comment']"}
_OLD = {
    "body": ".usertext-body",
    "author": "a.author",
    "date": "time:not(.edited-timestamp)",
    "link": "a.bylink, a.comments",
}
_REDESIGN = {
    "body": "[data-testid='comment'], [data-test-id='comment'], [data-click-id='text']",
    "author": "[data-testid='comment_author_link'], [data-testid='post_author_link']",
    "user": "[data-testid='comment_author_icon'], a[href*='/user/']",
    "link": "[data-testid='comment_timestamp'], a[id*='--Created--']",
    "date": "[data-testid='post_timestamp'], [data-click-id='timestamp']",
    "note": "span",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A submission or comment; `above` is the fullname of what it answers."""

    fullname: str
    above: str
    body: Any
    author: str
    said_at: datetime | None
    url: str | None
    rank: str = ""


def is_reddit(content: Content) -> bool:
    """Say whether the content is a page with Reddit's things in it, by their elements, ids or script."""
    return not content.is_json and any(mark in content.text for mark in _MARKS)


def read_comments(content: Content) -> tuple[Reading, ...]:
    """Read the submission's own text and the comments; nothing where the page shows several submissions."""
    page = MarkedPage(content)
    if page.root is None:
        return ()
    seen = _of_elements(page) or _of_old(page) or _of_redesign(page)
    state = read_state(content.text)
    if state is not None and len(state.posts) > len(seen):
        return _reading_of(state, content.url)
    if len([entry for entry in seen if entry.fullname.startswith("t3_")]) > 1:
        return ()
    urls = {entry.fullname: entry.url for entry in seen}
    found = [
        Found(
            body=entry.body,
            author="" if entry.author in _NOBODY else entry.author,
            said_at=entry.said_at,
            url=entry.url,
            key=entry.fullname,
            replies_to=urls.get(entry.above) or entry.above or None,
            rank="Bot" if entry.author == _BOT else entry.rank,
        )
        for entry in seen
        if entry.body is not None
    ]
    posts = posts_of(found, content.url, _GONE)
    told = page.first("shreddit-post[post-title]")
    title = told.get("post-title") if told is not None else page.text(".thing.link a.title") or page.title
    return (Reading(" ".join(title.split()), posts, page.problems),) if posts else ()


def _reading_of(state: State, url: str) -> tuple[Reading, ...]:
    posts = posts_of(
        (
            Found(
                body=entry.body,
                author="" if entry.author in _NOBODY else entry.author,
                said_at=entry.said_at,
                url=entry.url,
                key=entry.fullname,
                replies_to=entry.replies_to,
                rank="Bot" if entry.author == _BOT else entry.rank,
            )
            for entry in state.posts
        ),
        url,
        _GONE,
    )
    return (Reading(state.title, posts),) if posts else ()


def _of_elements(page: MarkedPage) -> list[_Seen]:
    out = []
    for post in page.gather("shreddit-post, shreddit-comment", _ELEMENTS):
        told = post.element.attrib
        fullname = told.get("thingid") or told.get("id") or ""
        above = told.get("parentid") or (post.above.element.get("thingid") if post.above else "") or told.get("postid")
        at = instant_of(told.get("created-timestamp") or told.get("created")) or page.date_in(post.element)
        url = page.address(told.get("permalink") or "")
        out.append(_Seen(fullname, above or "", post.first("body"), told.get("author") or "", at, url))
    return out


def _of_old(page: MarkedPage) -> list[_Seen]:
    marked = page.gather(".thing", _OLD)
    links = [_fullname(post) for post in marked if has_word(post.element, "link")]
    out = []
    for post in marked:
        above = _fullname(post.above) if post.above else links[0] if links else ""
        author = post.first("author")
        words = (author.get("class") or "").split() if author is not None else []
        href = post.element.get("data-permalink") or post.attribute("link", "href")
        out.append(
            _Seen(
                _fullname(post),
                "" if has_word(post.element, "link") else above,
                post.first("body"),
                post.text("author"),
                page.date_in(post.first("date")),
                page.address(href.split("?")[0]),
                next((office for word, office in _OFFICES if word in words), ""),
            )
        )
    return out


def _of_redesign(page: MarkedPage) -> list[_Seen]:
    marked = page.gather(".Comment, [data-test-id='post-content']", _REDESIGN)
    above: list[str] = []
    out = []
    for post in marked:
        is_comment = has_word(post.element, "Comment")
        level = _level(post) if is_comment else 0
        fullname = _fullname(post)
        del above[level:]
        at = page.date_in(post.first("link")) or page.date_in(post.first("date"))
        url = page.address(post.attribute("link", "href").split("?")[0]) if is_comment else page.url
        out.append(_Seen(fullname, above[-1] if above else "", post.first("body"), _author(post), at, url))
        above += [fullname] * (level + 1 - len(above))
    return out


def _level(post: Marked) -> int:
    told = (_LEVEL.match(shown(note)) for note in post.parts.get("note", [])[:8])
    return next((int(found[1]) for found in told if found), 1)


def _author(post: Marked) -> str:
    name = post.text("author").removeprefix("u/")
    user = _USER.search(post.attribute("user", "href"))
    return name or (user[1] if user else "")


def _fullname(post: Marked) -> str:
    """Return what Reddit calls the thing a post is, as its element or one around or in it says."""
    return next((found[0] for told in _told(post.element) if (found := _FULLNAME.search(told))), "")


def _told(element: Any) -> Iterator[str]:
    yield element.get("data-fullname") or ""
    yield element.get("class") or ""
    yield element.get("id") or ""
    around = element.getparent()
    yield (around.get("id") or "") if around is not None else ""
    for inner in islice(element.iter(), _NEAR):
        yield inner.get("id") or ""


READER = Reader("Reddit page", is_reddit, read_comments)
