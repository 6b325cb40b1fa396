"""Where is each post's own address, and which other post does it answer?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import urldefrag, urljoin

from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline
from overheard.forums.structure.blocks import Block

_PERMALINK = re.compile(
    r"#(?:p|post|msg|comment|reply|answer|entry|c|js-post|findcomment|elcomment|m|comment_"
    r"|post_)?[-_]?\d+$|/posts?[/-]\d+|/comment[/-]\d+"
    r"|showpost\.php|[?&](?:p|pid|post|postid|post_id|comment)=\d+|#comment_?-?\d+|/t/[^/]+/\d+/\d+"
    r"|item\?id=\d+|find(?:post|comment)",
    re.IGNORECASE,
)
_NO_PERMALINK = re.compile(
    r"report|reply|quote|edit|delete|rate|like|vote|react|share|login|register|newreply|do=add|mode=quote"
    r"|profile|member|user|print|mailto"
    r"|facebook|twitter|javascript:",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"^(?:p|post|msg|comment|reply|answer|entry|c|m|js-post|elcomment|postcount|post_message|td_post"
    r"|div-comment|node|mnr)?[-_]?\d+$",
    re.IGNORECASE,
)
_PARENT = re.compile(
    r"^\W*parent\b|\bparent\W*$|in[-_ ]?reply[-_ ]?to|replied to|antwort auf|en réponse à|en respuesta a|in risposta a",
    re.IGNORECASE,
)
_WIDEST_STEP = 3
"""Between the numbers of neighbouring posts; more than 1 where posts were deleted."""
_NUMBER = re.compile(r"\s*#\s?(\d{1,6})\s*$")


def permalinks(page: Outline, blocks: list[Block], url: str) -> list[str | None]:
    """Return each post's own address: a link to it in the post, or the page's with the anchor the post carries.

    Args:
        page: the page laid out.
        blocks: the posts.
        url: the page's address, what links are relative to.
    """
    slots: dict[str, dict[int, str]] = defaultdict(dict)
    for number, block in enumerate(blocks):
        for index in page.elements_in(block.start, block.end):
            element = page.elements[index]
            if element.tag != "a" or block.text_start <= page.start[index] < block.text_end:
                continue
            href = (element.get("href") or "").strip()
            if href and _PERMALINK.search(href) and not _NO_PERMALINK.search(href):
                slots[nearest_mark(page, index)].setdefault(number, href)
    chosen: dict[int, str] = {}
    ranked = sorted(slots.items(), key=lambda item: (-len(set(item[1].values())), _is_bare(item[1]), item[0]))
    if ranked and len(set(ranked[0][1].values())) > len(blocks) / 2:
        chosen = {number: joined(url, href) for number, href in ranked[0][1].items()}
        counts = Counter(chosen.values())
        chosen = {number: link for number, link in chosen.items() if counts[link] == 1}
    return [chosen.get(number) or _anchored(page, block, url) for number, block in enumerate(blocks)]


def parent_links(page: Outline, blocks: list[Block], url: str) -> list[str | None]:
    """Return for each post the address it says it answers ("parent", "in reply to"), None where it says none."""
    out: list[str | None] = []
    for block in blocks:
        found = None
        for index in page.elements_in(block.start, block.end):
            element = page.elements[index]
            if element.tag != "a" or block.text_start <= page.start[index] < block.text_end:
                continue
            href = element.get("href") or ""
            told = f"{element.get('rel') or ''} {element.get('class') or ''} {page.text(index, 40)}"
            if any(char.isdigit() for char in href) and _PARENT.search(told):
                found = joined(url, href)
                break
        out.append(found)
    return out


def printed_positions(page: Outline, blocks: list[Block]) -> list[int]:
    """Return each post's place in the thread, from 0: by the numbers printed ("#21"), else by its place on the page."""
    numbers: list[int] = []
    for block in blocks:
        around = page.pieces_in(block.start, block.text_start) + page.pieces_in(block.text_end, block.end)
        found = next((match for piece in around if (match := _NUMBER.match(piece.text))), None)
        if found is None or int(found[1]) < 1:
            return list(range(len(blocks)))
        # Numbers that leap are the posts' ids on the whole board.
        if numbers and not 0 < int(found[1]) - numbers[-1] <= _WIDEST_STEP:
            return list(range(len(blocks)))
        numbers.append(int(found[1]))
    return [number - 1 for number in numbers]


def _is_bare(links: dict[int, str]) -> bool:
    """Say whether links name only an anchor, which is found on this page but not from elsewhere."""
    return any(href.startswith("#") for href in links.values())


def joined(url: str, href: str) -> str:
    """Return the address a link on a page leads to; the page's own where the link is no address."""
    try:
        return urljoin(url, href)
    except ValueError:
        return url


def _anchored(page: Outline, block: Block, url: str) -> str | None:
    for index in page.elements_in(block.start, page.start[block.body] + 1):
        element = page.elements[index]
        anchor = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if anchor and _ANCHOR.match(anchor):
            return f"{urldefrag(url)[0]}#{anchor}"
    return None
