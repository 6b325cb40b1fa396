"""Which blocks of text does a reader of a page of HTML see?

A scanner of one pass, no tree: a page somebody names here is their own, but a broken or a hostile one must not hurt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

CopyKind = Literal["heading", "button", "text"]
Block = tuple[list[tuple[str, int]], CopyKind]
"""Pieces of text as they stand in the file, each with the line it begins in, and what they are."""

_BEGINS = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_BROKEN_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)()")
_RAW = {tag: re.compile(rf"(?i)</{tag}\b") for tag in ("script", "style", "title", "textarea", "noscript", "template")}
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"
})  # fmt: skip
_UNSEEN = frozenset({
    "head", "svg", "math", "canvas", "object", "iframe", "audio", "video", "select", "datalist", "nav", "footer",
    "dialog"
})  # fmt: skip
"""Menus, and the legal lines below, are no copy."""
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS_ITSELF = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
"""Their end may be left out where the next of their kind begins."""
_ATTRIBUTE = re.compile(
    r"(?i)(?<![\w-])(id|class|role|style|hidden|aria-hidden)(?:\s*=\s*(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?"
)
_APART = re.compile(
    r"(?i)(?<![a-z])(?:cookies?|consent|gdpr|onetrust|legal|disclaimer|breadcrumbs?|skip-link|sr-only|visually-hidden)"
    r"(?![a-z])"
)
_BUTTON = re.compile(r"(?i)(?<![a-z])(?:btn|button|cta)(?![a-z])")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_UNSEEN_ROLES = frozenset({"navigation", "contentinfo", "alertdialog", "dialog"})


@dataclass(slots=True)
class _Open:
    """The elements that are open, and the text of the block that is."""

    tags: list[tuple[str, CopyKind, bool]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    unseen: int = 0
    pieces: list[tuple[str, int]] = field(default_factory=list)

    @property
    def kind(self) -> CopyKind:
        return self.tags[-1][1] if self.tags else "text"

    def push(self, tag: str, kind: CopyKind, is_unseen: bool) -> None:
        self.tags.append((tag, kind, is_unseen))
        self.count[tag] += 1
        self.unseen += is_unseen

    def pop_to(self, tag: str) -> None:
        while self.count[tag]:
            last, _, is_unseen = self.tags.pop()
            self.count[last] -= 1
            self.unseen -= is_unseen
            if last == tag:
                return

    def take(self) -> Iterator[Block]:
        """Yield the block that ends here."""
        if any(not piece.isspace() for piece, _ in self.pieces):
            yield list(self.pieces), self.kind
        self.pieces.clear()


def find_blocks(text: str) -> Iterator[Block]:
    """Yield what is seen of a page, block by block: paragraphs, headings, items, buttons, cells.

    Left out: scripts, menus, footers, what is hidden, notes on cookies and consent. Time is linear in `text`.
    """
    page = _Open()
    at, line = 0, 1
    for start, end, tag, closes, attributes in _tags(text):
        if start > at and not page.unseen:
            page.pieces.append((text[at:start], line))
        line += text.count("\n", at, end)
        at = end
        if tag in _VOID:
            page.pieces += [(" ", line)] if tag in ("br", "img") and not page.unseen else []
            if tag == "hr":
                yield from page.take()
        elif closes:
            if tag not in _INLINE or (page.tags and page.tags[-1][0] == tag and page.tags[-1][1] == "button"):
                yield from page.take()
            page.pop_to(tag)
        else:
            kind = _kind_of(tag, attributes, page.kind)
            if tag not in _INLINE or kind != page.kind:
                yield from page.take()
            if tag in _ENDS_ITSELF and page.tags and page.tags[-1][0] == tag:
                page.pop_to(tag)
            page.push(tag, kind, _is_unseen(tag, attributes))
    if not page.unseen and at < len(text):
        page.pieces.append((text[at:], line))
    yield from page.take()


_Tag = tuple[int, int, str, bool, dict[str, str]]
_NOTHING = "wbr"
"""Stands for what shows nothing and breaks no line: comments, scripts, elements that close themselves."""


def _tags(text: str) -> Iterator[_Tag]:
    """Yield start, end, name, whether it closes, and attributes of each tag."""
    at = 0
    while (begun := _BEGINS.search(text, at)) is not None:
        tag = _read_tag(text, begun.start())
        yield tag
        at = tag[1]


def _read_tag(text: str, at: int) -> _Tag:
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        return at, len(text) if end < 0 else end + 3, _NOTHING, False, {}
    found = _TAG.match(text, at) or _BROKEN_TAG.match(text, at)
    if found is None:
        return at, _after(text, at), _NOTHING, False, {}
    # A quote or a < too many: the tag ends at the next >.
    end = found.end() if found.re is _TAG else _after(text, at)
    tag, closes = found[2].lower(), bool(found[1])
    if not closes and (raw := _RAW.get(tag)):
        stop = raw.search(text, end)
        return at, _after(text, stop.start()) if stop else len(text), _NOTHING, False, {}
    if not closes and found[3].endswith("/"):
        tag = tag if tag in _VOID else _NOTHING
    return at, end, tag, closes, _attributes(found[3])


def _after(text: str, at: int) -> int:
    end = text.find(">", at)
    return len(text) if end < 0 else end + 1


def _attributes(text: str) -> dict[str, str]:
    return {one[1].lower(): (one[2] or "").strip("\"'") for one in _ATTRIBUTE.finditer(text[:2000])}


def _kind_of(tag: str, attributes: dict[str, str], around: CopyKind) -> CopyKind:
    if tag in _HEADINGS:
        return "heading"
    is_button = tag == "a" and _BUTTON.search(attributes.get("class", ""))
    return "button" if tag == "button" or is_button or attributes.get("role") == "button" else around


def _is_unseen(tag: str, attributes: dict[str, str]) -> bool:
    if tag in ("html", "body", "main"):
        return False
    return bool(
        tag in _UNSEEN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _UNSEEN_ROLES
        or _APART.search(f"{attributes.get('id', '')} {attributes.get('class', '')}")
        or _HIDDEN.search(attributes.get("style", ""))
    )
