"""Is this a list of threads or boards rather than a thread? Each row leads to another page by its own title."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urldefrag, urljoin

from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline
from overheard.forums.structure.blocks import Block
from overheard.forums.structure.evidence import wrappers
from overheard.forums.structure.names import is_profile_link

NO_THREAD = re.compile(
    r"viewforum|forumdisplay|showforum|[?&/]board[=/]|[?&]fid=|/categor(?:y|ies)/|/c/|/tags?/|/tagged/|/forums?/?$|index\.php$"
    r"|[?&](?:mode|sort|order|do|action)=|/(?:users?|members?|profiles?|authors?|u|groups?)/"
    r"|(?:^|[/?&=.])(?:log-?(?:in|out)|sign-?(?:up|in)|register|search|faq|help|rules|subscribe|subscription|feed|rss|report"
    r"|markread|whoposted|newthread|newtopic|about|privacy|terms|contact)(?:\.\w{2,5}|/)?(?:[?#&]|$)",
    re.IGNORECASE,
)
"""Addresses of boards, people, forms and searches."""
_COVERAGE = 0.7
"""Share of the rows that must have a title of their own in the same slot."""
_SHORT_WORDS = 14
"""Mean words outside links; rows of titles have fewer, posts of one-liners about as many."""
_LONG_WORDS = 90
"""Mean words above which rows are posts whatever they link to (reviews with titles)."""
_FEWEST_ROWS = 3
_ABOUT_PEOPLE = re.compile(
    r"[?&;](?:action|do|mode|userid|user|author|uid)=|search|reply|quote|report|mailto:", re.IGNORECASE
)
"""Buttons of a post, which lead to other pages as titles do."""
_DATED = re.compile(r"(?:19|20)\d\d|\d\d?:\d\d|^\W*+\d(?:\w+|\d*+\W++\w+)$")
"""A link that shows a date or a number leads to the post itself."""
_COUNTS = re.compile(
    r"\b(?:repl(?:y|ies)|views?|hits|topics?|threads?|posts?|comments?|voices|antworten|aufrufe|zugriffe"
    r"|hits|themen|beiträge|réponses?|vues|"
    r"sujets|messages|respuestas|visitas|temas|mensajes|risposte|visite|discussioni|ответов|просмотров"
    r"|berichten|reacties|balasan|topik|"
    r"last post|latest|letzter beitrag|neuester|dernier message|último mensaje)\b",
    re.IGNORECASE,
)


def is_listing(page: Outline, blocks: list[Block], url: str) -> bool:
    """Say whether the blocks found are the rows of a list of threads or boards.

    Args:
        page: the page laid out.
        blocks: what was taken for posts.
        url: the page's address; links within the page are no titles.
    """
    if not leads_elsewhere(page, blocks, url):
        return False
    return _mean_words(page, blocks) <= _SHORT_WORDS or _counted(page, blocks)


def leads_elsewhere(page: Outline, blocks: list[Block], url: str) -> bool:
    """Say whether each block, short, has a title of its own that links to another page: a teaser, hardly a post."""
    return len(blocks) > 1 and _mean_words(page, blocks) <= _LONG_WORDS and _titled(page, blocks, url)


def _mean_words(page: Outline, blocks: list[Block]) -> float:
    return sum(page.words(page.start[block.body], page.end[block.body]) for block in blocks) / len(blocks)


def without_listings(page: Outline, blocks: list[Block], url: str) -> list[Block]:
    """Leave out a lesser part of the page that lists other threads ("Suggested topics"), each row with its title."""
    parts: dict[int, list[Block]] = defaultdict(list)
    for block, wrapper in zip(blocks, wrappers(page, tuple(block.body for block in blocks)), strict=True):
        parts[page.parent[wrapper]].append(block)
    largest = max(parts.values(), key=len)
    kept = []
    for part in parts.values():
        apart = part[0].start >= largest[-1].end or part[-1].end <= largest[0].start
        if part is largest or len(part) < _FEWEST_ROWS or not apart or not _titled(page, part, url):
            kept += part
    return sorted(kept, key=lambda block: block.start)


def _titled(page: Outline, blocks: list[Block], url: str) -> bool:
    """Say whether most rows have, in the same slot, a link of words that differ from row to row, to different pages."""
    slots: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    here = urldefrag(url)[0]
    for number, block in enumerate(blocks):
        for index in page.elements_in(block.start, block.end):
            element = page.elements[index]
            href = element.get("href") if element.tag == "a" else None
            if not href or href.startswith(("#", "javascript:", "mailto:")) or is_profile_link(element):
                continue
            if _ABOUT_PEOPLE.search(href):
                continue
            text = page.text(index, 120)
            if sum(char.isalpha() for char in text) < 4 or _DATED.search(text):
                continue
            try:
                target = urldefrag(urljoin(url, href))[0]
            except ValueError:
                continue
            if target != here:
                slots[nearest_mark(page, index)].setdefault(number, (target, text))
    for found in slots.values():
        targets = {target for target, _ in found.values()}
        texts = {text for _, text in found.values()}
        worded = sum(" " in text for text in texts)
        if min(len(targets), len(texts)) >= _COVERAGE * len(blocks) and worded >= 0.5 * len(texts):
            return True
    return False


def _counted(page: Outline, blocks: list[Block]) -> bool:
    """Say whether the rows, or the head of the table, speak of replies and views."""
    rows = 0
    for block in blocks:
        text = " ".join(piece.text for piece in page.pieces_in(block.start, block.end) if len(piece.text) < 40)
        rows += bool(_COUNTS.search(text))
    return rows >= _COVERAGE * len(blocks)
