"""What did the post say, as its readers see it? One element to text, with the spans of others' words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from overheard.forums.marks import is_signature, name_of
from overheard.forums.quotes import Attribution, attribution_of, author_of_line, is_quote, quoted_lines
from overheard.records import Span

_PARAGRAPHS = frozenset(
    ["p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "aside", "hr"]
)
_LINES = frozenset(
    [
        "div",
        "li",
        "tr",
        "dt",
        "dd",
        "article",
        "section",
        "header",
        "footer",
        "figcaption",
        "form",
        "fieldset",
        "center",
        "address",
        "details",
        "summary",
        "main",
        "legend",
    ]
)
_NOT_TEXT = re.compile(
    r"expandlink|quoteexpand|quote-?toggle|lastedit|last-?edited|edit-?_?note|editedby|message-lastedit"
    r"|post-?edit|editreason|^edited$"
    r"|attach-?box|attachments?$|attachlist|file-attach|likes?-?(?:bar|summary|list|count)"
    r"|reactions?-?(?:bar|list|summary)"
    r"|advert|adsbygoogle|(?:^|-)ads?(?:$|-)|ad-?container|sponsor|(?:post|message|msg|comment|reply|entry)[-_]?(?:controls|buttons|actions"
    r"|footer|foot|options|links|tools|menu)"
    r"|reply-?link|report-?link|sharing|share-?(?:bar|buttons|links)|sharedaddy|sr-only|visually-?hidden"
    r"|screen-reader|codeheader"
    r"|bbp-reply-revision|revision-log|hide-if-js|js-hidden|lightbox-(?:meta|wrapper-meta)|(?:^|-)tooltip"
    r"|post-?title$",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"^\W{0,3}(?:this (?:post|message) (?:has been|was) (?:last )?(?:edited|modified)"
    r"|last edit(?:ed)?(?: by|:)|edited (?:by|on|at) .{0,40}\d"
    r"|post edited by|zuletzt (?:geändert|bearbeitet|editiert)|geändert von .{0,40}\d"
    r"|bearbeitet von .{0,40}\d|dernière modification"
    r"|última edición|editado por última vez|modifié en dernier|laatst (?:bewerkt|gewijzigd)"
    r"|ultima modifica|senast redigerad"
    r"|отредактировано|последний раз редактировалось|click to expand\W*$|zum vergrößern anklicken\W*$"
    r"|cliquez pour agrandir"
    r"|click here to (?:expand|enlarge)|attached (?:images|files|thumbnails)\W*$|angehängte grafiken\W*$)",
    re.IGNORECASE,
)
_LONGEST_NOTE = 260
_SPACES = re.compile(r"\s+")
_SIGNATURE_RULE = re.compile(r"\n[ \t]*(?:_{5,}|-{10,}|-- )[ \t]*(?=\n)")
_LONGEST_SIGNATURE = 400
"""Characters after a rule of underscores; more is text with a drawn line in it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A post's text, the sorted spans of others' words in it, and whom it quotes first."""

    text: str
    not_own: tuple[Span, ...]
    quoted: Attribution | None


class _Writer:
    """Collects text as a browser lays it out: runs of white space are one, blocks begin lines."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.breaks = 0
        self.space = False

    def write(self, text: str, keep_lines: bool) -> None:
        if keep_lines:
            lines = text.replace("\r", "").split("\n")
            for number, line in enumerate(lines):
                if number:
                    self.breaks += 1
                self._put(line.rstrip() if number < len(lines) - 1 else line)
            return
        words = _SPACES.sub(" ", text).strip()
        if not words:
            self.space = self.space or bool(text)
            return
        self.space = self.space or text[0].isspace()
        self._put(words)
        self.space = text[-1].isspace()

    def _put(self, text: str) -> None:
        if not text:
            return
        if self.size and self.breaks:
            self._add("\n" * min(2, self.breaks))
        elif self.size and self.space:
            self._add(" ")
        self.breaks = 0
        self.space = False
        self._add(text)

    def _add(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)

    def break_lines(self, count: int) -> None:
        self.breaks = max(self.breaks, count)

    def break_line(self) -> None:
        self.breaks += 1


def read_body(root: Any, skipped: frozenset[Any] = frozenset(), bare_is_quote: bool = True) -> Body:
    """Write an element's text as its readers see it.

    Args:
        root: the element that holds a post's text.
        skipped: elements inside it that are no part of the text (names, dates, buttons).
        bare_is_quote: see `is_quote`.
    """
    writer = _Writer()
    left_out = set(skipped)
    spans: list[list[int]] = []
    quotes: list[Any] = []
    pre = 0
    quoted: Attribution | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if element is not root and (element in left_out or _is_no_text(element)):
                walk.skip_subtree()
                left_out.add(element)
                continue
            _open(writer, tag, element)
            pre += tag == "pre"
            if element is not root and is_quote(element, bare_is_quote):
                if not quotes:
                    spans.append([writer.size, -1])
                    quoted = quoted or attribution_of(element)
                quotes.append(element)
            if element.text:
                writer.write(element.text, pre > 0)
            continue
        if element not in left_out:
            pre -= tag == "pre"
            if quotes and quotes[-1] is element:
                quotes.pop()
                if not quotes:
                    spans[-1][1] = writer.size
            _close(writer, tag)
        if element is not root and element.tail:
            writer.write(element.tail, pre > 0)
    text, not_own = _finished("".join(writer.out), [(start, end) for start, end in spans])
    if quoted is None or not (quoted.author or quoted.link):
        quoted = _attributed_line(text, not_own)
    return Body(text, not_own, quoted)


def _open(writer: _Writer, tag: str, element: Any) -> None:
    if tag == "br":
        writer.break_line()
    elif tag in _PARAGRAPHS:
        writer.break_lines(2)
    elif tag in _LINES:
        writer.break_lines(1)
    elif tag in ("td", "th"):
        writer.space = True
    elif tag == "img" and "emoji" in (element.get("class") or ""):
        shown = element.get("alt") or ""
        if shown and not shown.isascii():
            writer.write(shown, False)


def _close(writer: _Writer, tag: str) -> None:
    if tag in _PARAGRAPHS:
        writer.break_lines(2)
    elif tag in _LINES:
        writer.break_lines(1)
    elif tag in ("td", "th"):
        writer.space = True


def _opening(element: Any) -> str:
    """Return an element's text, or a little more than a note's length of it: elements are nested thousands deep."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > _LONGEST_NOTE or len(pieces) > _LONGEST_NOTE:
            break
    return " ".join(pieces)


def _is_no_text(element: Any) -> bool:
    if is_signature(element):
        return True
    if _names_no_text(name_of(element)):
        return True
    if element.tag in (
        "a",
        "div",
        "p",
        "span",
        "em",
        "i",
        "small",
        "font",
        "fieldset",
        "legend",
        "footer",
        "td",
        "strong",
    ):
        first = element.text or ""
        if not first.strip() and len(element):
            first = _opening(element) if len(element) < 4 else ""
        if first and _EDITED.match(first):
            return len(_opening(element)) <= _LONGEST_NOTE
    return False


@lru_cache(maxsize=20_000)
def _names_no_text(name: str) -> bool:
    return any(_NOT_TEXT.search(word) for word in name.split())


def _finished(text: str, spans: list[tuple[int, int]]) -> tuple[str, tuple[Span, ...]]:
    """Cut a drawn signature off, add the lines that begin with ">", and trim and join the spans."""
    rules = list(_SIGNATURE_RULE.finditer(text))
    rule = rules[-1] if rules else None
    if rule is not None and rule.start() > 0 and len(text) - rule.end() <= _LONGEST_SIGNATURE:
        text = text[: rule.start()]
    text = text.rstrip()
    trimmed: list[Span] = []
    for start, end in sorted(spans + quoted_lines(text)):
        end = min(end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        line = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
        if author_of_line(text[line:start].strip()):
            start = line
        if trimmed and (start <= trimmed[-1][1] or text[trimmed[-1][1] : start].strip() == ""):
            trimmed[-1] = (trimmed[-1][0], max(end, trimmed[-1][1]))
        else:
            trimmed.append((start, end))
    return text, tuple(trimmed)


def _attributed_line(text: str, spans: tuple[Span, ...]) -> Attribution | None:
    """Read whom a mail-like quote is from: the line before it."""
    if not spans:
        return None
    first_line = text[spans[0][0] : spans[0][1]].split("\n", 1)[0]
    before = text[: spans[0][0]].rstrip().rsplit("\n", 1)[-1]
    author = author_of_line(first_line) or author_of_line(before)
    return Attribution(author, "") if author else None
