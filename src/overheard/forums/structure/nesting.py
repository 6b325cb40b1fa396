"""Which post does each comment stand under? Comments nested in comments, or set in from the margin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from overheard.forums.outline import Outline
from overheard.forums.structure.blocks import Block

_DEPTH_WORD = re.compile(
    r"(?:^|[-_])(?:depth|level|lvl|indent|nest(?:ed|ing)?|deep|tier|reply-?level)[-_]?(\d{1,2})$", re.IGNORECASE
)
_DEPTH_ATTRIBUTES = ("data-depth", "data-level", "data-indent", "data-nesting-level", "aria-level", "depth", "indent")
_MARGIN = re.compile(
    r"(?:margin|padding)-(?:left|right|inline-start)\s*:\s*(\d{1,4}(?:\.\d{1,3})?)\s*(?:px|em|rem|%|ex|ch|vw)",
    re.IGNORECASE,
)
_SPACER = re.compile(r"spacer|blank|clear|trans|pixel|dot|(?:^|/)s\.gif|(?:^|/)[st]\.(?:png|gif)", re.IGNORECASE)
_MOST_LEVELS = 60
_MOST_BEFORE = 12
"""Elements of a post looked at before its text for one that sets it in."""
_LONGEST_CHAIN = 4
"""Posts of which each answers the one before; a longer thread without another answer is hardly one."""
_FEW_LEAPS = 0.1
"""Share of the posts that may stand more than one level below the post before them: those whose parent was deleted."""


def parents_of(page: Outline, blocks: list[Block]) -> list[int | None]:
    """Return for each post the number of the post it stands under; None where it stands under none.

    Args:
        page: the page laid out.
        blocks: the posts, in reading order.
    """
    nothing: list[int | None] = [None] * len(blocks)
    if len(blocks) < 2:
        return nothing
    nested = _nested(page, blocks)
    if nested is not None:
        return nested
    for depth_of in (_told_depth, _margin, _spacer):
        parents = _by_depth([_depth(page, block, depth_of) for block in blocks])
        if parents is not None:
            return parents
    return nothing


def _nested(page: Outline, blocks: list[Block]) -> list[int | None] | None:
    """Read the tree: elements of one kind, each with a post of its own and the comments on it inside."""
    kinds: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, block in enumerate(blocks):
        above = page.parent[block.body]
        for _ in range(_MOST_LEVELS):
            if above < 0:
                break
            element = page.elements[above]
            words = (element.get("class") or "").split()
            for word in words[:4] or [""]:
                kinds[element.tag, word][above].append(number)
            above = page.parent[above]
    best: list[int | None] | None = None
    for kind in sorted(kinds):
        holders = kinds[kind]
        parents = _tree(page, holders, len(blocks))
        if parents is not None and (best is None or _answers(parents) > _answers(best)):
            best = parents
    return best


def _tree(page: Outline, holders: dict[int, list[int]], count: int) -> list[int | None] | None:
    """Return the parents, where each element holds first a post of its own; None where elements share a first post."""
    own = {posts[0]: holder for holder, posts in holders.items()}
    if len(own) < len(holders) or len(own) < count - 1 or all(len(posts) == 1 for posts in holders.values()):
        return None
    first_of = {holder: posts[0] for holder, posts in holders.items()}
    parents: list[int | None] = [None] * count
    for number, holder in own.items():
        above = page.parent[holder]
        while above >= 0 and above not in first_of:
            above = page.parent[above]
        parents[number] = first_of[above] if above >= 0 else None
    # Elements left open would make every post an answer to the one before, one around the thread to the first.
    below = parents[1:]
    is_chain = count > _LONGEST_CHAIN and all(parent == number for number, parent in enumerate(below))
    return None if is_chain or (set(below) == {0} and len(own) < count) else parents


def _answers(parents: list[int | None]) -> int:
    return sum(parent is not None for parent in parents)


def _depth(page: Outline, block: Block, depth_of: Callable[[Any], float | None]) -> float | None:
    """Return how far a post is set in, as its elements tell: those around its text, and those before it."""
    index = block.body
    while index >= 0 and page.start[index] >= block.start:
        found = depth_of(page.elements[index])
        if found is not None:
            return found
        index = page.parent[index]
    for before in page.elements_in(block.start, block.text_start)[:_MOST_BEFORE]:
        found = depth_of(page.elements[before])
        if found is not None:
            return found
    return None


def _told_depth(element: Any) -> float | None:
    for name in _DEPTH_ATTRIBUTES:
        value = element.get(name) or ""
        if value.isdecimal() and len(value) < 3:
            return float(value)
    for word in (element.get("class") or "").split()[:8]:
        if found := _DEPTH_WORD.search(word):
            return float(found[1])
    return None


def _margin(element: Any) -> float | None:
    found = _MARGIN.search(element.get("style") or "")
    return float(found[1]) if found else None


def _spacer(element: Any) -> float | None:
    width = element.get("width") or ""
    if element.tag != "img" or not width.isdecimal() or len(width) > 4 or not _SPACER.search(element.get("src") or ""):
        return None
    return float(width)


def _by_depth(depths: list[float | None]) -> list[int | None] | None:
    """Return the parents: the nearest post before that stands less deep. None where the depths are no levels."""
    told = [depth for depth in depths if depth is not None]
    # The first post, which opens the thread, may be drawn without any.
    if len(told) < len(depths) - 1 or len(set(told)) < 2:
        return None
    levels = {depth: number for number, depth in enumerate(sorted(set(told)))}
    ranks = [levels[depth] if depth is not None else 0 for depth in depths]
    leaps = sum(right > left + 1 for left, right in pairwise(ranks))
    if leaps > _FEW_LEAPS * len(ranks) or len(levels) > _MOST_LEVELS:
        return None
    parents: list[int | None] = []
    path: list[int] = []
    for number, depth in enumerate(depths):
        while path and (depth is None or (depths[path[-1]] or 0.0) >= depth):
            path.pop()
        parents.append(path[-1] if path else None)
        if depth is not None:
            path.append(number)
    return parents
