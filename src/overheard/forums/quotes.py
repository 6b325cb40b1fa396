"""Which part of a post is somebody else's words, and whose?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_QUOTE = re.compile(
    r"quote|quotation|zitat|citation\b|bbcode_?cite|citacao|gmail_quote|ipsquote|d_quotetext",
    re.IGNORECASE,
)
_NO_QUOTE = re.compile(
    r"toquote|select-?quote|quote-?_?(?:button|link|btn|reply|control|add|this)|multi-?_?quote|quick-?quote|addquote"
    r"|replyquote|quotable"
    r"|no-?quote|canquote|unquote",
    re.IGNORECASE,
)
VERBS = (
    r"wrote|said|writes|schrieb|hat geschrieben|hat gesagt|schreibt|meinte|a écrit|a dit|escribió|dijo"
    r"|ha escrito|ha scritto|"
    r"ha detto|schreef|zei|skrev|sa|escreveu|disse|napisał|napisała|napisał\(a\)|написал|написала"
    r"|написал\(а\)|napsal|kirjoitti"
    r"|пишет|писал|писала|написав|написала|пише|pisze|napsala|napsal\(a\)|napísal|skriver|yazdı|írta|a scris|έγραψε"
    r"|va escriure|ha scrit|menulis|đã viết|写道|寫道|さんは書きました|님이 작성|כתב|כתבה|كتب"
)
"""What stands between a name and a colon above a quotation, in the languages of boards and mail programs."""
_ATTRIBUTION = re.compile(
    r"^\W{0,3}(?:quote|zitat|citation|cita|citaat|citat)?\W{0,3}(?:originally posted by"
    r"|originally said by|quote from|quoted from|"
    r"zitat von|zitiert von|posted by|original von|citation de|citazione di|cita de|iniciado por"
    r"|publicado por|citaat van|citat av|"
    r"envoyé par|posté par|geschreven door|ursprungligen postat av|in reply to)\W{0,3}(?P<after>\S.{0,39}?)"
    r"(?=\s+(?:view post|on |am |at |le |·|»|beitrag anzeigen|\d)|\s*[:\n]|\s*$)"
    rf"|^\W{{0,3}}(?:on .{{6,60}}?,? |am .{{6,60}}? )?(?:(?P<before>\S.{{0,39}}?)\s+(?:{VERBS}))\b[^:\n]{{0,40}}:",
    re.IGNORECASE,
)
_POST_ITSELF = re.compile(r"post-?_?content|message|restore|post-?_?body|post-?_?text|entry|content", re.IGNORECASE)
_GREATER = re.compile(r"(?:^|\n)[ \t]*>[^\n]*")
_POST_LINK = re.compile(
    r"#\w*\d|goto/post|/posts?[/-]\d|[?&]p(?:ost)?=\d|showpost|findpost|#msg\d|comment-?\d|/p/\d|/t/[^/]+/\d+/\d+"
)
_NAME_ATTRIBUTES = (
    "data-quote",
    "data-author",
    "data-username",
    "data-ipsquote-username",
    "data-quotename",
    "data-cite",
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a quote is from: the shown name, and the link to the post; either may be empty."""

    author: str
    link: str


def is_quote(element: Any, bare_is_quote: bool = True) -> bool:
    """Say whether an element inside a post's text holds somebody else's words.

    Args:
        element: an element inside the text.
        bare_is_quote: whether a blockquote that says nothing more is one; some engines draw every post as one.
    """
    if element.tag in ("blockquote", "q"):
        name = element.get("class") or ""
        if _names_quote(name) or element.get("cite"):
            return True
        # vBulletin 4 and XenForo 1 put each post itself into a blockquote, with a class that says so.
        return bare_is_quote and not _POST_ITSELF.search(name)
    if _names_quote(element.get("class") or ""):
        return element.tag not in ("a", "img", "button", "input", "body")
    # Old boards draw a quote as a table whose first words say whose it is.
    return element.tag == "table" and bool(_ATTRIBUTION.match(_first_words(element)))


@lru_cache(maxsize=20_000)
def _names_quote(name: str) -> bool:
    return any(_QUOTE.search(word) and not _NO_QUOTE.search(word) for word in name.split())


def attribution_of(element: Any) -> Attribution:
    """Read whom a quote is from: attributes, a cite element, or its first line ("X wrote:")."""
    author = next((value for name in _NAME_ATTRIBUTES if (value := element.get(name))), "")
    for inner in element.iter("blockquote", "div", "aside"):
        author = author or next((value for name in _NAME_ATTRIBUTES if (value := inner.get(name))), "")
    if author:
        author = re.sub(r",\s*post:.*$|(?<!\s)\s*;\s*\d+$", "", author)
    author = author or author_of_line(_first_words(element))
    if not author:
        cite = next(element.iter("cite"), None)
        shown = " ".join("".join(cite.itertext()).split()) if cite is not None else ""
        author = author_of_line(shown) or (shown.removesuffix(":") if 0 < len(shown) <= 40 else "")
    links = [anchor.get("href") or "" for anchor in element.iter("a")]
    link = next((href for href in links[:4] if _POST_LINK.search(href)), "") or element.get("cite") or ""
    return Attribution(author.strip(), link.strip())


def author_of_line(line: str) -> str:
    """Return the name in "X wrote:", "Originally Posted by X"; empty where the line is no attribution."""
    found = _ATTRIBUTION.match(line)
    if not found:
        return ""
    return (found["after"] or found["before"] or "").strip(" :@\"'“”„")


def quoted_lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of lines that begin with ">", as mail quotes; neighbours are one span."""
    spans: list[tuple[int, int]] = []
    for found in _GREATER.finditer(text):
        start = found.start() + (1 if found[0].startswith("\n") else 0)
        if found[0].strip(" \t\n>") == "" and not spans:
            continue
        if spans and text[spans[-1][1] : start].strip() == "":
            spans[-1] = (spans[-1][0], found.end())
        else:
            spans.append((start, found.end()))
    return spans


def _first_words(element: Any) -> str:
    out: list[str] = []
    size = 0
    for text in element.itertext():
        if text.strip():
            out.append(" ".join(text.split()))
            size += len(out[-1])
        if size > 120:
            break
    return "\n".join(out)[:160]
