"""Where does a theme keep its posts, their names and dates? CSS selectors, and a page read by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cssselect import SelectorError
from lxml import etree

from overheard.forums.body import Body, read_body
from overheard.forums.elements import BODY, Marked, MarkedPage, select, shown
from overheard.forums.marked_posts import AUTHOR, DATE, LINK, RANK, MarkedPosts
from overheard.forums.reader import Content, Reader
from overheard.forums.structure.thread import is_web_page
from overheard.records import Post, Reading, Span

_FEWEST_MARKS = 2
_DEEPEST = 200
"""Elements inside one another; selectors slow down with depth, and templates stay far above it."""
_IS_DEEP = etree.XPath("boolean(/*" + _DEEPEST * "/*" + ")")
_MOST = 0.8
"""Share of the posts that must all show a name, or all a date, before a layout is believed to be the page's."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one generation of an engine's templates keeps what it shows: CSS selectors, empty where nothing is known.

    All but `post` are looked for inside each post. `quote` adds to what is told as a quotation by its own marks;
    `drop` is what in the text is no part of it.
    """

    post: str
    text: str
    author: str = ""
    date: str = ""
    link: str = ""
    quote: str = ""
    rank: str = ""
    drop: str = ""


def layout_reader(name: str, marks: Sequence[str], layouts: Sequence[Layout]) -> Reader:
    """Make the reader of an engine out of the layouts of its templates.

    Args:
        name: the engine's.
        marks: pieces of markup that its templates write; a page that holds two of them is looked at.
        layouts: the newest generation first; the first that fits the page reads it.
    """

    def recognises(content: Content) -> bool:
        if not is_web_page(content):
            return False
        found = (mark for mark in marks if mark in content.text)
        return len(tuple(islice(found, _FEWEST_MARKS))) == _FEWEST_MARKS

    def read(content: Content) -> Sequence[Reading]:
        page = MarkedPage(content)
        if page.root is None or _IS_DEEP(page.root):
            return ()
        for layout in layouts:
            posts = _believed(read_layout(page, content, layout)) if _fits(page, layout) else []
            if posts:
                return (Reading(page.title, tuple(posts), page.problems),)
        return ()

    return Reader(name, recognises, read)


def is_selector(text: str) -> bool:
    """Say whether a text is a CSS selector that pages can be searched with."""
    try:
        select(etree.Element("html"), text)
    except (SelectorError, etree.XPathError):
        return False
    return True


def read_layout(page: MarkedPage, content: Content, layout: Layout, is_whole: bool = False) -> list[Post]:
    """Read the posts of a page by selectors, leaving out those without a word.

    Args:
        page: the page, parsed; what `layout.quote` finds is marked as quotation in its tree.
        content: the page as fetched.
        layout: what to look for.
        is_whole: whether what a selector of the layout does not find in a post is not there; else it is looked for
            by the structure of the page, as is whatever has no selector.
    """
    parts = {BODY: layout.text, AUTHOR: layout.author, DATE: layout.date, LINK: layout.link, RANK: layout.rank}
    marked = page.gather(layout.post, {name: selector for name, selector in parts.items() if selector})
    marked = [post for post in marked if BODY in post.parts]
    if not marked:
        return []
    for element in select(page.root, layout.quote) if layout.quote else []:
        element.set("class", f"{element.get('class') or ''} quote")
    skipped = _no_text(page, layout, marked)
    bodies = [_body_of(post.parts[BODY], skipped) for post in marked]
    found = MarkedPosts(page, content, marked)
    if again := _shown_again(found.links, bodies):
        marked = [post for number, post in enumerate(marked) if number not in again]
        bodies = [body for number, body in enumerate(bodies) if number not in again]
        found = MarkedPosts(page, content, marked)
    return _posts(found, bodies, layout, is_whole)


def _no_text(page: MarkedPage, layout: Layout, marked: list[Marked]) -> frozenset[Any]:
    """Find what is no part of the text it stands in: what is to be dropped, posts in posts, names and dates."""
    out = {post.element for post in marked}
    out.update(select(page.root, layout.drop) if layout.drop else [])
    for post in marked:
        if post.parts[BODY][0] is post.element:
            out.update(part for name in (AUTHOR, DATE, RANK) for part in post.parts.get(name, []))
    return frozenset(out)


def _shown_again(links: Sequence[str | None], bodies: Sequence[Body]) -> set[int]:
    """Find the posts that the page shows again in their place (a solution, put above the others as well)."""
    last = {(link, body.text): number for number, (link, body) in enumerate(zip(links, bodies, strict=True)) if link}
    return {
        number
        for number, (link, body) in enumerate(zip(links, bodies, strict=True))
        if link and last[link, body.text] != number
    }


def _posts(found: MarkedPosts, bodies: list[Body], layout: Layout, is_whole: bool) -> list[Post]:
    authors = found.authors(is_whole and bool(layout.author))
    dates = found.dates(is_whole and bool(layout.date))
    addresses = found.addresses(is_whole and bool(layout.link))
    ranks = found.ranks(authors, is_whole and bool(layout.rank))
    parents, positions = found.parents(), found.positions()
    number_of = {id(post): number for number, post in enumerate(found.marked)}
    out: list[Post] = []
    for number, (post, body) in enumerate(zip(found.marked, bodies, strict=True)):
        if not any(char.isalnum() for char in body.text):
            continue
        above = number_of.get(id(post.above))
        around = (addresses[above] or authors[above]) if above is not None else None
        out.append(
            Post(
                text=body.text,
                author=authors[number] or "",
                position=positions[number],
                said_at=dates[number],
                url=addresses[number],
                not_own=body.not_own,
                replies_to=parents[number] or found.answered(body, addresses) or around,
                rank=ranks[number],
            )
        )
    return out


def _fits(page: MarkedPage, layout: Layout) -> bool:
    """Say whether every text of the layout stands in one of its posts: a theme may have changed some posts only."""
    inside = {text for post in page.gather(layout.post, {BODY: layout.text}) for text in post.parts.get(BODY, [])}
    if not inside:
        return False
    texts = set(select(page.root, layout.text))
    walk = etree.iterwalk(page.root, events=("start",))
    for _, element in walk:
        if element in inside:
            walk.skip_subtree()
        elif element in texts and shown(element):
            return False
    return True


def _believed(posts: list[Post]) -> list[Post]:
    """Leave out adverts and notices, which have neither name nor date; return nothing where most are such."""
    said = [post for post in posts if post.author or post.said_at]
    named = sum(bool(post.author) for post in said)
    dated = sum(post.said_at is not None for post in said)
    return said if 2 * len(said) >= len(posts) and max(named, dated) >= _MOST * len(said) else []


def _body_of(parts: list[Any], skipped: frozenset[Any]) -> Body:
    """Read the text of a post; where it stands in several elements, each begins a paragraph."""
    bodies = [body for part in parts if (body := read_body(part, skipped)).text]
    if len(bodies) < 2:
        return bodies[0] if bodies else Body("", (), None)
    text = ""
    spans: list[Span] = []
    for body in bodies:
        text += "\n\n" if text else ""
        spans += [(start + len(text), end + len(text)) for start, end in body.not_own]
        text += body.text
    quoted = next((body.quoted for body in bodies if body.quoted), None)
    return Body(text, tuple(spans), quoted)
