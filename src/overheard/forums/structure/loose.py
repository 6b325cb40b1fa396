"""Which posts stand loose, a line with name and date and then the words? Each is given an element of its own.

A browser does the same when it lays such a page out: it draws a box without a name around what stands loose.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from overheard.forums.marks import is_signature
from overheard.forums.outline import Outline, count_words
from overheard.forums.quotes import is_quote
from overheard.forums.structure.stamps import Stamp

_INLINE = (
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins"),
    *("kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
    *("tt", "u", "var", "wbr"),
)
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "p", "b", "center")
"""What a line with name and date is written as where it is an element beside the words."""
_PLAIN = ("p", "div", "ul", "ol", "blockquote", "pre", "dd")
_ROWS = ("table", "tbody", "thead", "tfoot", "tr", "select", "ul", "ol", "html")
"""Elements whose children are rows, never loose words."""
_LONGEST_BYLINE = 20
"""Words in a line that shows a name and a date, and little else: when it was changed, a number."""
_LONGEST_HEAD = 12
"""The same, where the line is an element of its own, as a short post may be."""
_SHORT_LINE = 5
_NEARLY_ALL = 0.8
_MOST_NODES = 50_000
_OFTEN = 0.5
"""Share of the dates in the place where most dates stand."""
_FEWEST_WORDS = 5
_LEAST_SHARE = 0.5
"""Of the words of the texts found so far; fewer loose words are not the talk."""
_CLASS = "boxed-text"


@dataclass(slots=True)
class _Line:
    """What stands between two line breaks: the range [start, end) of its parent's nodes, and what it shows."""

    start: int
    end: int
    words: int = 0
    link_words: int = 0
    is_rule: bool = False
    is_dated: bool = False
    block: Any = None

    @property
    def is_byline(self) -> bool:
        return self.is_dated and self.words <= (_LONGEST_BYLINE if self.block is None else _LONGEST_HEAD)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which ranges of an element's nodes are one post's words each, and whether those stand loose anywhere."""

    holder: Any
    nodes: list[Any]
    ranges: list[tuple[int, int]]
    words: int
    is_scattered: bool

    @property
    def kind(self) -> tuple[str, str]:
        return self.holder.tag, self.holder.get("class") or ""


def box_loose_posts(page: Outline, stamps: list[Stamp], bodies: Sequence[int]) -> int:
    """Put the words of posts that have no element of their own into one each, in place in the page's tree.

    Args:
        page: the page laid out; to be laid out anew where something changed.
        stamps: its dates; without a date beside them, words are not told from other words.
        bodies: indices of elements that are left as they are: texts already, which may well mention dates.

    Returns:
        How many words were given an element; 0 where nothing changed.
    """
    dated: dict[int, set[Any]] = defaultdict(set)
    shown = [stamp for stamp in stamps if not stamp.slot.startswith(("prose", "edit"))]
    slots = Counter(stamp.slot for stamp in shown)
    for stamp in shown:
        # Every post has a date in the same place; the dates that texts mention stand here and there.
        if slots[stamp.slot] >= _OFTEN * max(slots.values()):
            _note(page, stamp, dated)
    plans = []
    for index in sorted(dated, reverse=True):
        element = page.elements[index]
        at = bisect_right(bodies, index) - 1
        inside = at >= 0 and page.start[index] < page.end[bodies[at]]
        if not inside and element.tag not in _ROWS and not is_signature(element) and not is_quote(element):
            plans.append(_plan(page, element, dated[index]))
    # Where the words of one post stand loose, all of its kind are boxed, so that they stay alike.
    kinds = {plan.kind for plan in plans if plan.is_scattered}
    plans = [plan for plan in plans if plan.kind in kinds and plan.ranges]
    words = sum(plan.words for plan in plans)
    if words < max(_FEWEST_WORDS, _LEAST_SHARE * sum(page.words(page.start[body], page.end[body]) for body in bodies)):
        return 0
    for plan in plans:
        _rebuild(plan.holder, plan.nodes, plan.ranges)
    return words


def _note(page: Outline, stamp: Stamp, dated: dict[int, set[Any]]) -> None:
    """Note which node of which block shows a date: an element, or the text itself."""
    index = bisect_right(page.start, stamp.at) - 1
    node: Any = page.elements[index]
    if page.start[index] != stamp.at:
        piece = next(iter(page.pieces_in(stamp.at, stamp.at + 1)), None)
        if piece is None:
            return
        index, node = piece.owner, piece.text
    while page.elements[index].tag in _INLINE and page.parent[index] >= 0:
        node, index = page.elements[index], page.parent[index]
    dated[index].add(node)
    if page.elements[index].tag in _HEADS and page.parent[index] >= 0 and page.elements[index].find("br") is None:
        dated[page.parent[index]].add(page.elements[index])


def _plan(page: Outline, holder: Any, dated: set[Any]) -> _Plan:
    nodes = _nodes_of(holder)
    lines = _lines_of(page, nodes, dated) if len(nodes) <= _MOST_NODES else []
    bylines = [number for number, line in enumerate(lines) if line.is_byline]
    segments = (
        [_without_buttons(segment) for segment in _segments(lines, bylines, holder.tag == "body")] if bylines else []
    )
    sizes = [sum(line.words - line.link_words for line in segment) for segment in segments]
    ranges = [(segment[0].start, segment[-1].end) for segment, size in zip(segments, sizes, strict=True) if size]
    return _Plan(holder, nodes, ranges, sum(sizes), any(_is_scattered(segment) for segment in segments))


def _nodes_of(holder: Any) -> list[Any]:
    """Return an element's content in order: its children, and the runs of text between them."""
    nodes: list[Any] = [holder.text] if holder.text else []
    for child in holder:
        nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def _lines_of(page: Outline, nodes: list[Any], dated: set[Any]) -> list[_Line]:
    lines = [_Line(0, 0)]
    for number, node in enumerate(nodes):
        is_text = isinstance(node, str)
        if not is_text and node.tag not in _INLINE:
            lines += [_Line(number, number + 1, is_rule=node.tag == "hr", block=node), _Line(number + 1, number + 1)]
            line = lines[-2] if node.tag != "br" else lines[-1]
        else:
            line = lines[-1]
            line.end = number + 1
        if is_text:
            line.words += count_words(node)
        else:
            index = page.index_of[node]
            linked = page.link_words(page.start[index], page.end[index])
            line.words += page.words(page.start[index], page.end[index]) + linked
            line.link_words += linked
        line.is_dated |= node in dated
    return [line for line in lines if line.end > line.start]


def _segments(lines: list[_Line], bylines: list[int], is_page: bool) -> list[list[_Line]]:
    """Share the lines out: what follows each byline, or what precedes it where the bylines stand below the words.

    Where rules part the posts, the last one (the first, where bylines stand below) ends at a rule as well.
    """
    before = sum(line.words for line in lines[: bylines[0]])
    after = sum(line.words for line in lines[bylines[-1] + 1 :])
    if before > after and (len(bylines) > 1 or before > _LONGEST_BYLINE):
        starts = [0, *(number + 1 for number in bylines[:-1])]
        parts = [lines[low:high] for low, high in zip(starts, bylines, strict=True)]
        return [_up_to_rule(parts[0][::-1])[::-1], *parts[1:]] if _is_ruled(parts[1:], is_page) else parts
    ends = [*_heads(lines, bylines)[1:], len(lines)]
    parts = [lines[low + 1 : high] for low, high in zip(bylines, ends, strict=True)]
    return [_up_to_rule(part) for part in parts] if _is_ruled(parts[:-1], is_page) else parts


def _is_ruled(parts: list[list[_Line]], is_page: bool) -> bool:
    """Say whether every post is parted from the next by a rule; a single post on a page is taken to be."""
    return all(any(line.is_rule for line in part) for part in parts) if parts else is_page


def _heads(lines: list[_Line], bylines: list[int]) -> list[int]:
    """Return where each byline begins: a line earlier where names stand in a line of their own above the dates."""
    above = [max(0, number - 1) for number in bylines]
    named = sum(not lines[at].is_rule and 0 < lines[at].words <= _SHORT_LINE for at in above)
    apart = all(right - left > 2 for left, right in pairwise(bylines))
    return above if apart and named >= _NEARLY_ALL * len(bylines) else bylines


def _up_to_rule(lines: list[_Line]) -> list[_Line]:
    """Return the lines before the first rule that has words before it."""
    words = 0
    for number, line in enumerate(lines):
        words += line.words
        if line.is_rule and words:
            return lines[:number]
    return lines


def _is_scattered(segment: list[_Line]) -> bool:
    """Say whether the words of a post stand loose, or in several elements that say nothing of themselves."""
    worded = [line for line in segment if line.words]
    if any(line.block is None and line.words > line.link_words for line in worded):
        return True
    return (
        sum(line.block.tag in _PLAIN and not line.block.get("class") for line in worded if line.block is not None) > 1
    )


def _without_buttons(segment: list[_Line]) -> list[_Line]:
    """Leave out rules and lines of links at both ends."""
    low, high = 0, len(segment)
    while low < high and _is_button(segment[low]):
        low += 1
    while high > low and _is_button(segment[high - 1]):
        high -= 1
    return segment[low:high]


def _is_button(line: _Line) -> bool:
    return line.is_rule or (line.words == line.link_words and line.words <= _LONGEST_BYLINE)


def _rebuild(holder: Any, nodes: list[Any], ranges: list[tuple[int, int]]) -> None:
    """Write an element's content anew, each range of its nodes in an element of its own."""
    starts = dict(ranges)
    holder.text = None
    for child in list(holder):
        child.tail = None
        holder.remove(child)
    into, until, last = holder, len(nodes), None
    for number, node in enumerate(nodes):
        if number >= until:
            into, until, last = holder, len(nodes), into
        if number in starts:
            into, until, last = etree.SubElement(holder, "div", {"class": _CLASS}), starts[number], None
        if not isinstance(node, str):
            into.append(node)
            last = node
        elif last is not None:
            last.tail = (last.tail or "") + node
        else:
            into.text = (into.text or "") + node
