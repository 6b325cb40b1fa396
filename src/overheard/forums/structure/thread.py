"""Any thread page by its repeated structure, whatever its engine.

Reads: pages of one thread, of questions with answers, of reviews and comments.
Seen: the engines of the saved pages, and sites of their own.
Traps: listings look like threads; a page of one post repeats nothing; adverts stand between posts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from overheard.errors import UnreadableError
from overheard.forums.body import Body, read_body
from overheard.forums.decoding import is_cut_off
from overheard.forums.outline import Outline, drop_unseen
from overheard.forums.reader import Content, Reader
from overheard.forums.structure.follow import follow_web_page
from overheard.forums.structure.links import joined, parent_links, permalinks, printed_positions
from overheard.forums.structure.nesting import parents_of
from overheard.forums.structure.ranks import rank_in
from overheard.forums.structure.schema import fill_from_schema, read_schema
from overheard.forums.structure.slots import choose_dates, choose_names
from overheard.forums.structure.talk import Talk, find_talk, is_too_large
from overheard.records import Post, Reading

_TAG = re.compile(r"<\s*(?:!doctype|html|head|body|div|table|p|article|section|span|a|li|ul|main)\b", re.IGNORECASE)
_LONGEST_LABEL = 14
"""Words of an element that only shows a name, a date or a button."""
_FEWEST_TO_COMPARE = 2
_NEARLY_ALL = 0.8
"""Share of the posts; nobody answers only with quotes."""
_MOST_HEADINGS = 40
_SMALL = ("small", "span", "font", "i", "em", "footer", "header", "sub")
_MEND = "give the page of one thread, not of a list or a form"
_OTHER = 'give the page of one thread; a spreadsheet is a source of kind = "table", a talk one of "transcripts"'


def is_web_page(content: Content) -> bool:
    """Say whether the content is a web page."""
    return not content.is_json and bool(_TAG.search(content.text[:200_000]))


def read_thread(content: Content) -> tuple[Reading]:
    """Read the posts of a thread page by its repeated structure.

    Raises:
        UnreadableError: the page shows no post (a login page, a list of threads, an article).
    """
    root = content.parse_root()
    if root is None:
        raise UnreadableError(content.url, "the page holds no element", "save the thread's own page as HTML")
    title = title_of(root)
    told = read_schema(root)
    drop_unseen(root)
    if is_too_large(root, content):
        raise UnreadableError(content.url, "is larger than any page of a thread", "save the thread page by page")
    talk = find_talk(root, content, title)
    if talk.is_list:
        raise UnreadableError(content.url, "is a list of threads, not a thread", _MEND)
    posts = fill_from_schema(_posts(talk, _bodies(talk), content.url), told)
    if not posts:
        raise UnreadableError(content.url, "shows no post", _MEND if content.text.lstrip()[:1] == "<" else _OTHER)
    problems = ((content.text.count("\n") + 1, "the page is cut off"),) if is_cut_off(content.text) else ()
    return (Reading(title, tuple(posts), problems),)


def _bodies(talk: Talk) -> list[Body]:
    """Read the texts; where all of them are one whole quote each, the engine draws its posts as blockquotes."""
    mixed = talk.family.mixed if talk.family else frozenset[int]()
    labels = _labels(talk) if mixed else frozenset[Any]()
    skipped = [labels if block.body in mixed else frozenset[Any]() for block in talk.blocks]
    roots = [talk.outline.elements[block.body] for block in talk.blocks]
    bodies = [read_body(root, left_out) for root, left_out in zip(roots, skipped, strict=True)]
    shown = [body for body in bodies if body.text]
    whole = sum(body.not_own == ((0, len(body.text)),) for body in shown)
    if len(shown) < _FEWEST_TO_COMPARE or whole < _NEARLY_ALL * len(shown):
        return bodies
    return [read_body(root, left_out, False) for root, left_out in zip(roots, skipped, strict=True)]


def _posts(talk: Talk, bodies: list[Body], url: str) -> list[Post]:
    """Put the posts together, leaving out those without a word (a picture, a smiley)."""
    outline, blocks = talk.outline, talk.blocks
    dates = choose_dates(blocks, talk.stamps)
    names = choose_names(outline, blocks, talk.names)
    authors = [name.text if name else "" for name in names]
    links = permalinks(outline, blocks, url)
    told = parent_links(outline, blocks, url)
    parents = parents_of(outline, blocks)
    positions = printed_positions(outline, blocks)
    return [
        Post(
            text=body.text,
            author=authors[number],
            position=positions[number],
            said_at=dates[number],
            url=links[number],
            not_own=body.not_own,
            replies_to=told[number] or _above(parents[number], links, authors) or _answered(body, url),
            rank=rank_in(outline, block, names[number]),
        )
        for number, (block, body) in enumerate(zip(blocks, bodies, strict=True))
        if body.text
    ]


def _above(parent: int | None, links: list[str | None], authors: list[str]) -> str | None:
    """Return the address of the post a comment stands under, or failing that its author."""
    return None if parent is None else links[parent] or authors[parent] or None


def _answered(body: Body, url: str) -> str | None:
    """Return the address of the post quoted first, or failing that its author."""
    if body.quoted is None:
        return None
    link = joined(url, body.quoted.link) if body.quoted.link else ""
    same_site = urlsplit(link).netloc == urlsplit(url).netloc if link else False
    return (link if same_site else body.quoted.author) or None


def _labels(talk: Talk) -> frozenset[Any]:
    """Find the elements that show names, dates and buttons, which stand among the texts where a post is one element."""
    outline = talk.outline
    out = set()
    shown = [name.element for name in talk.names if name.weight > 1]
    places = [stamp.at for stamp in talk.stamps if not stamp.slot.startswith("prose")] + talk.evidence.furniture
    for index in shown + [bisect_right(outline.start, place) - 1 for place in places]:
        above = outline.parent[index]
        if above >= 0 and outline.elements[above].tag in _SMALL and _words(outline, above) <= _LONGEST_LABEL:
            index = above
        if _words(outline, index) <= _LONGEST_LABEL:
            out.add(outline.elements[index])
    return frozenset(out)


def _words(outline: Outline, index: int) -> int:
    start, end = outline.start[index], outline.end[index]
    return outline.words(start, end) + outline.link_words(start, end)


def title_of(root: Any) -> str:
    """Return the thread's title: the longest heading that the page's own title repeats, or that title."""
    whole = next((" ".join(node.text_content().split()) for node in root.iter("title")), "")
    headings = [" ".join(node.text_content().split()) for node in islice(root.iter("h1", "h2", "h3"), _MOST_HEADINGS)]
    repeated = [text for text in headings if text and text.casefold() in whole.casefold()]
    if repeated:
        return max(repeated, key=len)
    for node in root.xpath("//meta[@property='og:title']/@content"):
        if str(node).strip():
            return " ".join(str(node).split())
    return whole


READER = Reader("any thread page", is_web_page, read_thread, follow_web_page)
