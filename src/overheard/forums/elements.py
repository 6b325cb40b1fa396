"""Which elements of an engine's page are its posts, and which of their parts are what?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from lxml import etree
from lxml.cssselect import CSSSelector

from overheard.forums.address import split_address
from overheard.forums.body import Body, read_body
from overheard.forums.decoding import is_cut_off
from overheard.forums.outline import Outline, drop_unseen, outline_of
from overheard.forums.reader import Content
from overheard.forums.structure.links import joined
from overheard.forums.structure.stamps import Stamp, find_stamps
from overheard.records import Post

BODY = "body"
"""The part that holds a post's text; nothing inside it is a post, or a part but what is to be left out of the text."""
LEFT_OUT = "left out"
"""The parts of a text that are no words of its author: buttons, notes, signatures."""
_LEFT_OUT_ALONE = frozenset([LEFT_OUT])
_MOST_HEADINGS = 40
_MOST_STAMPS = 40
"""Dates of one part that are looked at."""
_MOST_RUNS = 400
"""Runs of text of a name or a title; an element with more is neither."""


@dataclass(slots=True, eq=False)
class Marked:
    """A post as its engine marks it, nested in the post `above`; `parts` are its own, not those of posts in it."""

    element: Any
    above: Marked | None
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def first(self, name: str) -> Any | None:
        """Return the first of the parts of a name; None where there is none."""
        found = self.parts.get(name)
        return found[0] if found else None

    @property
    def left_out(self) -> frozenset[Any]:
        """The parts that are to be left out of the text."""
        return frozenset(self.parts.get(LEFT_OUT, ()))

    def text(self, name: str) -> str:
        """Return the text of the first part of a name on one line."""
        return shown(self.first(name))

    def attribute(self, name: str, attribute: str) -> str:
        """Return an attribute of the first part of a name; empty where there is none."""
        part = self.first(name)
        return (part.get(attribute) or "").strip() if part is not None else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine's marks tell of one post; `body` is the element that holds its text, or the text itself."""

    body: Any
    author: str = ""
    said_at: datetime | None = None
    url: str | None = None
    key: str = ""
    replies_to: str | None = None
    rank: str = ""
    skipped: frozenset[Any] = frozenset()


class MarkedPage:
    """A page of a known engine, without what its readers do not see.

    Attributes:
        root: the tree; None where the text holds no element.
        url: the page's address.
        title: the longest heading that the page's own title repeats, else that title.
    """

    def __init__(self, content: Content) -> None:
        """Parse the page; `content.fetched_at` is what relative dates are counted from."""
        self.root = content.parse_root()
        self.url = content.url
        self.title = _title_of(self.root) if self.root is not None else ""
        self._content = content
        if self.root is not None:
            drop_unseen(self.root)

    @property
    def problems(self) -> tuple[tuple[int, str], ...]:
        """What is wrong with the page as a whole: it ends too early."""
        text = self._content.text
        return ((text.count("\n") + 1, "the page is cut off"),) if is_cut_off(text) else ()

    def gather(self, post: str, parts: Mapping[str, str]) -> list[Marked]:
        """Find the posts and their parts in one walk, so that deep nesting costs nothing.

        Args:
            post: selector of the posts.
            parts: selectors of their parts by name; each without a descendant combinator.
        """
        if self.root is None:
            return []
        posts = set(select(self.root, post))
        names: dict[Any, list[str]] = {}
        for name, selector in parts.items():
            for element in select(self.root, selector):
                names.setdefault(element, []).append(name)
        return _gathered(self.root, posts, names) if posts else []

    def first(self, selector: str) -> Any | None:
        """Return the first element of the page that a selector finds; None where there is none."""
        return next(iter(select(self.root, selector)), None) if self.root is not None else None

    def address(self, href: str) -> str | None:
        """Return the absolute address of a link; None where there is none."""
        return joined(self.url, href) if href else None

    def text(self, selector: str) -> str:
        """Return the text of the first element of the page that a selector finds, on one line."""
        return shown(self.first(selector))

    def date_in(self, element: Any) -> datetime | None:
        """Return the first date an element shows or tells, edits left out; UTC, None where it cannot be told."""
        if element is None:
            return None
        outline, stamps, places = self._dated
        index = outline.index_of.get(element)
        if index is None:
            return None
        low, high = (bisect_left(places, place) for place in (outline.start[index], outline.end[index]))
        near = stamps[low : min(high, low + _MOST_STAMPS)]
        dated = [stamp for stamp in near if stamp.said_at is not None and not stamp.slot.startswith("edit")]
        best = next((stamp for stamp in dated if stamp.machine), dated[0] if dated else None)
        return best.said_at if best else None

    def body_of(self, element: Any) -> Body:
        """Read the text an element holds or, where it is empty, tells in its content attribute."""
        told = (element.get("content") or "").strip()
        return Body(told, (), None) if told and not shown(element) else read_body(element)

    @cached_property
    def _dated(self) -> tuple[Outline, list[Stamp], list[int]]:
        outline = outline_of(self.root)
        fetched_at = self._content.fetched_at
        fetched_at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
        stamps = find_stamps(outline, fetched_at, self.root.get("lang") or "")
        return outline, stamps, [stamp.at for stamp in stamps]


def posts_of(found: Iterable[Found], page_url: str, gone: Container[str] = ()) -> tuple[Post, ...]:
    """Read the texts of the posts found, leaving out those without one (a picture alone).

    Args:
        found: in the order the page shows them.
        page_url: where a quote that links elsewhere is told from an answer within the site.
        gone: texts that an engine shows where a post was deleted.
    """
    posts: list[Post] = []
    read: set[Any] = set()
    for entry in found:
        if not isinstance(entry.body, Body):
            # What stands in another post's text is a part of it.
            if entry.body in read:
                continue
            read.update(entry.body.iter())
        body = entry.body if isinstance(entry.body, Body) else read_body(entry.body, entry.skipped)
        if not body.text or body.text in gone:
            continue
        posts.append(
            Post(
                text=body.text,
                author=entry.author,
                position=len(posts),
                said_at=entry.said_at,
                url=entry.url,
                not_own=body.not_own,
                replies_to=entry.replies_to or _quoted(body, page_url),
                rank=entry.rank,
                key=entry.key,
            )
        )
    return tuple(posts)


def select(element: Any, selector: str) -> list[Any]:
    """Return what a CSS selector finds below an element, in the page's order."""
    return list(_compiled(selector)(element))


def shown(element: Any | None) -> str:
    """Return an element's text on one line; empty where there is no element."""
    return " ".join("".join(islice(element.itertext(), _MOST_RUNS)).split()) if element is not None else ""


def has_word(element: Any, word: str) -> bool:
    """Say whether an element's class holds a word."""
    return word in (element.get("class") or "").split()


def _title_of(root: Any) -> str:
    whole = shown(next(root.iter("title"), None))
    headings = [shown(heading) for heading in islice(root.iter("h1", "h2", "h3"), _MOST_HEADINGS)]
    repeated = [text for text in headings if text and text.casefold() in whole.casefold()]
    return max(repeated, key=len, default=whole)


@lru_cache(maxsize=500)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector)


def _gathered(root: Any, posts: set[Any], names: dict[Any, list[str]]) -> list[Marked]:
    out: list[Marked] = []
    stack: list[Marked] = []
    inside: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if stack and stack[-1].element is element:
                stack.pop()
            inside = None if inside is element else inside
            continue
        if element in posts and inside is None:
            stack.append(Marked(element, stack[-1] if stack else None))
            out.append(stack[-1])
        found = names.get(element)
        if found and stack:
            for name in found if inside is None else _LEFT_OUT_ALONE.intersection(found):
                stack[-1].parts.setdefault(name, []).append(element)
            if BODY in found and inside is None and stack[-1].element is not element:
                inside = element
    return out


def _quoted(body: Body, page_url: str) -> str | None:
    if body.quoted is None:
        return None
    link = joined(page_url, body.quoted.link) if body.quoted.link else ""
    same_site = bool(link) and split_address(link).netloc == split_address(page_url).netloc
    return (link if same_site else body.quoted.author) or None
