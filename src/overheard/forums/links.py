"""Where is each post's own address, and which other post does it answer?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import urldefrag, urljoin

from overheard.forums.blocks import Block
from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline

_PERMALINK = re.compile(
    r"#(?:p|post|msg|comment|reply|answer|entry|c|js-post|findcomment|elcomment|m|comment_|post_)?[-_]?\d+$|/posts?[/-]\d+|/comment[/-]\d+"
    r"|showpost\.php|[?&](?:p|pid|post|postid|post_id|comment)=\d+|#comment_?-?\d+|/t/[^/]+/\d+/\d+|item\?id=\d+|find(?:post|comment)",
    re.IGNORECASE,
)
_NO_PERMALINK = re.compile(
    r"report|reply|quote|edit|delete|rate|like|vote|react|share|login|register|newreply|do=add|mode=quote|profile|member|user|print|mailto"
    r"|facebook|twitter|javascript:",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"^(?:p|post|msg|comment|reply|answer|entry|c|m|js-post|elcomment|postcount|post_message|td_post|div-comment|node|mnr)?[-_]?\d+$",
    re.IGNORECASE,
)


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
    ranked = sorted(slots.items(), key=lambda item: (-len(set(item[1].values())), item[0]))
    if ranked and len(set(ranked[0][1].values())) > len(blocks) / 2:
        chosen = {number: _joined(url, href) for number, href in ranked[0][1].items()}
        counts = Counter(chosen.values())
        chosen = {number: link for number, link in chosen.items() if counts[link] == 1}
    return [chosen.get(number) or _anchored(page, block, url) for number, block in enumerate(blocks)]


def _joined(url: str, href: str) -> str:
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
