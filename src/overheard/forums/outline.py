"""The page as a flat list in reading order, so that "what stands inside, before, after" is arithmetic."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from overheard.forums.decoding import sound_markup

_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "svg", "head", "textarea", "select", "button", "object", "canvas", "iframe")
_SHORT_PAGE = 300
"""Characters; what is hidden on a longer page, and is most of it, is shown by a script later."""
_FEWEST_WORDS_WITHOUT_SCRIPT = 25
"""In a noscript element; fewer is a tracking pixel or "switch on JavaScript", more is the thread for crawlers."""
_PART = 1 << 16
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no space between words: Thai to Khmer, kana, ideographs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `at` is its place in reading order; `owner` the index of the element it stands in."""

    at: int
    owner: int
    text: str


@dataclass(slots=True)
class Outline:
    """A parsed page in reading order.

    Every element and every run of text has a place (an int, growing); element i spans the half-open range
    [start[i], end[i]) of places and is the rank[i]-th of its tag among its siblings, from 0; its text begins at
    pieces[first_piece[i]]. `places` are those of the pieces. `words_before[p]` counts
    the words outside links before place p, `link_words_before` those inside links.
    """

    root: Any
    elements: list[Any] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    first_piece: list[int] = field(default_factory=list)
    words_before: list[int] = field(default_factory=list)
    link_words_before: list[int] = field(default_factory=list)
    index_of: dict[Any, int] = field(default_factory=dict)

    def words(self, start: int, end: int) -> int:
        """Count the words outside links in a range of places."""
        return self.words_before[end] - self.words_before[start]

    def link_words(self, start: int, end: int) -> int:
        """Count the words inside links in a range of places."""
        return self.link_words_before[end] - self.link_words_before[start]

    def pieces_in(self, start: int, end: int) -> list[Piece]:
        """Return the runs of text in a range of places."""
        return self.pieces[bisect_left(self.places, start) : bisect_left(self.places, end)]

    def elements_in(self, start: int, end: int) -> range:
        """Return the indices of the elements that open in a range of places."""
        return range(bisect_left(self.start, start), bisect_left(self.start, end))

    def text(self, index: int, longest: int = 400) -> str:
        """Return an element's text on one line, cut after about `longest` characters."""
        out: list[str] = []
        size = 0
        low, end = self.first_piece[index], self.end[index]
        for piece in self.pieces[low : low + 60]:
            if piece.at >= end or size > longest:
                break
            out.append(piece.text)
            size += len(piece.text)
        return " ".join("".join(out).split())


def count_words(text: str) -> int:
    """Count the words of a text; where words are not spaced, two letters count as one."""
    # In parts, since a list of all words of a huge text would take ten times its memory.
    count = sum(len(text[start : start + _PART].split()) for start in range(0, len(text), _PART))
    return count if text.isascii() else count + len(_UNSPACED.findall(text)) // 2


def parse_html(text: str) -> Any | None:
    """Parse a page leniently; None where there is no element in it. Deep and huge pages are safe."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        sound = sound_markup(_XML_HEAD.sub("", text))
        return html.document_fromstring(sound.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def drop_unseen(root: Any) -> None:
    """Take out of the tree, in place, what a reader of the page does not see."""
    for element in list(root.iter(*_UNSEEN)):
        if element.getparent() is not None:
            element.drop_tree()
    # Ancestors come first: what is dropped in one never changes the amount in one that is kept.
    words = _amounts(root, list(root.iter("noscript")), lambda text: len(text.split()))
    for element, amount in words.items():
        if amount < _FEWEST_WORDS_WITHOUT_SCRIPT and element.getparent() is not None:
            element.drop_tree()
    hidden = [element for element in root.xpath("descendant-or-self::*[@style or @hidden]") if _is_hidden(element)]
    lengths = _amounts(root, [root, *hidden], len)
    most = max(_SHORT_PAGE, lengths[root] / 2)
    for element in hidden:
        if lengths[element] < most and element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _amounts(root: Any, elements: list[Any], amount_of: Callable[[str], int]) -> dict[Any, int]:
    """Measure the text in each of the elements, in one walk: of nested ones each would be read again and again."""
    amounts = dict.fromkeys(elements, 0)
    if not elements:
        return amounts
    before: list[int] = []
    so_far = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            before.append(so_far)
            so_far += amount_of(element.text or "")
        else:
            started = before.pop()
            if element in amounts:
                amounts[element] = so_far - started
            so_far += amount_of(element.tail or "")
    return amounts


def outline_of(root: Any) -> Outline:
    """Lay the tree out in reading order."""
    layout = _Layout(Outline(root))
    opened, closed = layout.open, layout.close
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            opened(element)
        else:
            closed(element)
    layout.count()
    return layout.page


class _Layout:
    """Fills an outline, element by element."""

    __slots__ = ("linked", "links", "page", "stack", "tags_seen", "words")

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.stack: list[int] = []
        self.tags_seen: list[dict[str, int]] = [{}]
        self.links = self.words = self.linked = 0

    def open(self, element: Any) -> None:
        page, stack, tag = self.page, self.stack, element.tag
        index = len(page.elements)
        page.elements.append(element)
        page.index_of[element] = index
        page.parent.append(stack[-1] if stack else -1)
        page.start.append(len(page.words_before))
        page.end.append(-1)
        page.first_piece.append(len(page.pieces))
        siblings = self.tags_seen[-1]
        rank = siblings.get(tag, 0)
        page.rank.append(rank)
        siblings[tag] = rank + 1
        self.tags_seen.append({})
        stack.append(index)
        if tag == "a":
            self.links += 1
        page.words_before.append(self.words)
        page.link_words_before.append(self.linked)
        if text := element.text:
            self._note(text, index)

    def close(self, element: Any) -> None:
        stack = self.stack
        self.page.end[stack.pop()] = len(self.page.words_before)
        self.tags_seen.pop()
        if element.tag == "a":
            self.links -= 1
        if stack and (tail := element.tail):
            self._note(tail, stack[-1])

    def count(self) -> None:
        """Note the words so far at the next place, and go on to the one after."""
        self.page.words_before.append(self.words)
        self.page.link_words_before.append(self.linked)

    def _note(self, text: str, owner: int) -> None:
        page = self.page
        count = 0 if text.isspace() else count_words(text)
        if not count and not page.pieces:
            return
        place = len(page.words_before)
        page.places.append(place)
        page.pieces.append(Piece(place, owner, text if count else " "))
        page.words_before.append(self.words)
        page.link_words_before.append(self.linked)
        if self.links:
            self.linked += count
        else:
            self.words += count
