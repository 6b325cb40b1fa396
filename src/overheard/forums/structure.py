"""Any thread page: the posts are what repeats, each a text with a name and a date beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any
from urllib.parse import urljoin

from overheard.errors import UnreadableError
from overheard.forums.blocks import Block, blocks_around, mixed_blocks
from overheard.forums.body import read_body
from overheard.forums.decoding import is_cut_off
from overheard.forums.families import evidence_of, find_bodies
from overheard.forums.links import permalinks
from overheard.forums.marks import is_heading, is_signature
from overheard.forums.names import Name, find_names
from overheard.forums.outline import Outline, drop_unseen, outline_of, parse_html
from overheard.forums.ranks import rank_in
from overheard.forums.slots import choose_dates, choose_names
from overheard.forums.stamps import Stamp, find_stamps
from overheard.records import Page, Post, Reading, Span

_TAG = re.compile(r"<\s*(?:!doctype|html|head|body|div|table|p|article|section|span|a|li|ul|main)\b", re.IGNORECASE)
_BUTTON = re.compile(
    r"^(?:reply|quote|report|like|share|edit|multi-?quote|permalink|antworten|zitieren|melden|gefällt mir|répondre|citer|"
    r"responder|citar|rispondi|quota|reply with quote|post reply|report post|thanks?|link to post|\+ ?quote)$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 14
"""Words of an element that only shows a name, a date or a button."""
_SMALL = ("small", "span", "font", "i", "em", "footer", "header", "sub")
_MEND = "give the address of one thread's page, saved while logged out of nothing it needs"


def recognises(text: str) -> bool:
    """Say whether a text is a web page."""
    return bool(_TAG.search(text[:200_000]))


def read_thread(text: str, page: Page) -> Reading:
    """Read the posts of a thread page by its repeated structure.

    Raises:
        UnreadableError: the page shows no post (a login page, a list of threads, an article).
    """
    root = parse_html(text)
    if root is None:
        raise UnreadableError(page.url, "the page holds no element", "save the thread's own page as HTML")
    title = _title_of(root)
    language = root.get("lang") or root.get("xml:lang") or ""
    drop_unseen(root)
    outline = outline_of(root)
    stamps = find_stamps(outline, page.fetched_at, language)
    names = find_names(outline)
    evidence = evidence_of(outline, stamps, names, _furniture(outline))
    family = find_bodies(outline, evidence)
    if family is None:
        raise UnreadableError(page.url, "shows no post", "give the address of a thread, not of a list or a form")
    blocks = mixed_blocks(outline, family.bodies) if family.mixed else blocks_around(outline, evidence, family.bodies)
    dates = choose_dates(blocks, stamps)
    authors = choose_names(outline, blocks, names)
    links = permalinks(outline, blocks, page.url)
    skipped = _labels(outline, names, stamps) if family.mixed else frozenset()
    posts = []
    for position, (block, said_at, name, link) in enumerate(zip(blocks, dates, authors, links, strict=True)):
        post = _post(outline, block, skipped, page.url)
        if post is None:
            continue
        posts.append(Post(post[0], name.text if name else "", position, said_at, link, post[1], post[2], rank_in(outline, block, name)))
    if not posts:
        raise UnreadableError(page.url, "shows no post", "give the address of a thread, not of a list or a form")
    problems = ((text.count("\n") + 1, "the page is cut off"),) if is_cut_off(text) else ()
    return Reading(title, tuple(posts), problems)


def _post(
    outline: Outline, block: Block, skipped: frozenset[Any], url: str
) -> tuple[str, tuple[Span, ...], str | None] | None:
    body = read_body(outline.elements[block.body], skipped)
    if not body.text:
        return None
    quoted = body.quoted
    replies_to = None
    if quoted:
        replies_to = urljoin(url, quoted.link) if quoted.link else quoted.author or None
    return body.text, body.not_own, replies_to


def _labels(outline: Outline, names: list[Name], stamps: list[Stamp]) -> frozenset[Any]:
    """Find the elements that show names, dates and buttons, which stand among the texts where a post is one element."""
    out = set()
    shown = [name.element for name in names if name.weight > 1]
    shown += [bisect_right(outline.start, stamp.at) - 1 for stamp in stamps if not stamp.slot.startswith("prose")]
    for index in shown + [bisect_right(outline.start, place) - 1 for place in _furniture(outline)]:
        above = outline.parent[index]
        if above >= 0 and outline.elements[above].tag in _SMALL and _words(outline, above) <= _LONGEST_LABEL:
            index = above
        if _words(outline, index) <= _LONGEST_LABEL:
            out.add(outline.elements[index])
    return frozenset(out)


def _words(outline: Outline, index: int) -> int:
    start, end = outline.start[index], outline.end[index]
    return outline.words(start, end) + outline.link_words(start, end)


def _furniture(outline: Outline) -> list[int]:
    """Find the places of buttons, headings and signatures: what stands around posts, not in their texts."""
    out = []
    for index, element in enumerate(outline.elements):
        if is_signature(element) or is_heading(element) or (element.tag == "a" and _BUTTON.match(outline.text(index, 30))):
            out.append(outline.start[index])
    return out


def _title_of(root: Any) -> str:
    """Return the thread's title: a heading that the page's own title repeats, or that title."""
    whole = next((" ".join(node.text_content().split()) for node in root.iter("title")), "")
    for heading in root.iter("h1", "h2"):
        text = " ".join(heading.text_content().split())
        if text and text.casefold() in whole.casefold():
            return text
    for node in root.xpath("//meta[@property='og:title']/@content"):
        if str(node).strip():
            return " ".join(str(node).split())
    return whole
