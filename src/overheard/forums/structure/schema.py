"""What does the page tell machines about its posts? schema.org as JSON-LD, microdata and RDFa."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from itertools import islice
from typing import Any

from overheard.forums.body import Body
from overheard.forums.elements import Marked, MarkedPage, shown
from overheard.forums.payload import html_body, instant_of, line_of
from overheard.forums.quotes import quoted_lines
from overheard.forums.structure.names import is_name
from overheard.records import Post

LONGEST_START = 60
"""Letters and digits of a text that tell it from the others on its page."""
_FEWEST = 12
"""Letters and digits; shorter texts ("Thanks!") are too alike to be told apart."""
_DEEPEST = 12
_LONGEST_NAME = 80
_MOST_PARTS = 40
"""Elements in that of an author."""
_NO_WORD = re.compile(r"<[^>]{0,500}>|[\W_]+")
_TAG = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|i|em|strong|blockquote|span|img|h\d)\b[^>]{0,500}>", re.IGNORECASE)

_PLAIN_SAID = (
    "Comment",
    "Answer",
    "Question",
    "DiscussionForumPosting",
    "SocialMediaPosting",
    "Review",
    "UserComments",
)
_SAID = frozenset(
    (*(name.casefold() for name in _PLAIN_SAID), "userreview", "criticreview", "employerreview", "claimreview")
)
"""Types of what people say, in small letters; an article or a product is not said by its page's people."""
_TEXTS = ("text", "articleBody", "reviewBody", "commentText")
_DATES = ("datePublished", "dateCreated", "uploadDate", "commentTime")
_WHO = ("author", "creator", "contributor")
_POSTS = ", ".join(
    f"[itemtype*='schema.org/{name}'], [typeof~='{name}'], [typeof~='schema:{name}']" for name in _PLAIN_SAID
)
_PARTS = {
    "body": ", ".join(f"[itemprop~='{name}'], [property~='{name}'], [property='schema:{name}']" for name in _TEXTS),
    "description": "[itemprop='description'], [property~='description'], [property='schema:description']",
    "author": ", ".join(f"[itemprop~='{name}'], [property~='{name}'], [property='schema:{name}']" for name in _WHO),
    "date": ", ".join(f"[itemprop~='{name}'], [property~='{name}'], [property='schema:{name}']" for name in _DATES),
    "link": "link[itemprop='url'], a[rel='bookmark'], [itemprop='mainEntityOfPage']",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A post as the page tells it to machines; what is not told is empty.

    `above` is the post this one stands in; None where it stands in none.
    """

    body: Body
    author: str
    said_at: datetime | None
    url: str = ""
    above: Told | None = None
    is_said: bool = True
    """Whether its type is one of what people say, not an article or a product."""


def read_schema(root: Any) -> list[Told]:
    """Read every thing with a text out of the page's JSON-LD; what is no valid JSON is passed over."""
    out: list[Told] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        _tell(data, None, 0, out)
    return out


def read_marked(page: MarkedPage) -> list[Told]:
    """Read the posts that the page's elements name as such, as microdata or RDFa."""
    out: list[Told] = []
    known: dict[Marked, Told] = {}
    read: set[Any] = set()
    for post in page.gather(_POSTS, _PARTS):
        element = post.first("body")
        element = element if element is not None else post.first("description")
        if element is None or element in read:
            continue
        read.update(element.iter())
        above = post.above
        while above is not None and above not in known:
            above = above.above
        known[post] = Told(
            body=page.body_of(element),
            author=_name_in(post.first("author")),
            said_at=_instant_in(page, post.first("date")),
            url=post.attribute("link", "href"),
            above=known[above] if above is not None else None,
        )
        out.append(known[post])
    return out


def fill_from_schema(posts: list[Post], told: list[Told]) -> list[Post]:
    """Fill in authors and dates that the page does not show, where one told text begins as the post does."""
    by_start: dict[str, list[Told]] = {}
    for entry in told:
        start = start_of(entry.body.text)
        if len(start) >= _FEWEST:
            by_start.setdefault(start, []).append(entry)
    out = []
    for post in posts:
        found = by_start.get(start_of(post.text), [])
        if len(found) == 1:
            post = replace(post, author=post.author or found[0].author, said_at=post.said_at or found[0].said_at)
        out.append(post)
    return out


def start_of(text: str) -> str:
    """Return the first letters and digits of a text, by which it is found again."""
    return _NO_WORD.sub("", text[: 12 * LONGEST_START]).casefold()[:LONGEST_START]


def _tell(node: Any, above: Told | None, depth: int, out: list[Told]) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            _tell(item, above, depth + 1, out)
    elif isinstance(node, dict):
        body = next((told for name in _TEXTS if (told := _body(node.get(name)))), None)
        is_said = bool(_SAID & set(_types(node)))
        if body is None and is_said and "review" in "".join(_types(node)):
            body = _body(node.get("description"))
        if body is not None:
            at = next((at for name in _DATES if (at := instant_of(node.get(name)))), None)
            who = next((name for key in _WHO if (name := _name(node.get(key)))), "")
            out.append(Told(body, who, at, _address(node), above, is_said))
            above = out[-1]
        for value in node.values():
            if isinstance(value, dict | list):
                _tell(value, above, depth + 1, out)


def _types(node: dict[str, Any]) -> Iterator[str]:
    told = node.get("@type")
    for name in told if isinstance(told, list) else [told]:
        if isinstance(name, str):
            yield re.split(r"[/:#]", name)[-1].casefold()


def _body(value: Any) -> Body | None:
    if not isinstance(value, str) or not value.strip():
        return None
    if _TAG.search(value):
        return html_body(value)
    text = unescape(value).replace("\r\n", "\n").strip()
    return Body(text, tuple(quoted_lines(text)), None)


def _address(node: dict[str, Any]) -> str:
    for key in ("url", "@id"):
        value = node.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _name(author: Any) -> str:
    if isinstance(author, list):
        author = author[0] if author else ""
    if isinstance(author, dict):
        author = author.get("name")
        author = author[0] if isinstance(author, list) and author else author
    name = line_of(author)
    return name if len(name) <= _LONGEST_NAME else ""


def _name_in(element: Any | None) -> str:
    """Return the name an element tells: an attribute, that of the person in it, or its own text."""
    if element is None:
        return ""
    person = next(
        (part for part in islice(element.iter(), _MOST_PARTS) if "name" in (part.get("itemprop") or "").split()),
        element,
    )
    if person is element:
        person = next((part for part in islice(element.iter("a"), _MOST_PARTS) if shown(part)), element)
    name = line_of(person.get("content") or shown(person) or element.get("content") or "")
    return name if is_name(name) else ""


def _instant_in(page: MarkedPage, element: Any | None) -> datetime | None:
    if element is None:
        return None
    return instant_of(element.get("content") or element.get("datetime")) or page.date_in(element)
