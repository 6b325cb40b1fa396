"""How is an element marked, and what do its marks promise? Class words, id patterns, microdata, place in the tree."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

from overheard.forums.outline import Outline

_DIGITS = re.compile(r"\d+")
SURE_PROMISE = 1.5
"""A mark that promises this much names the text of a post."""
_ROW = re.compile(r"tr\[\d+\]")
_PERIODS = (2, 3, 4)
_LAST_COLUMN = 20
_LONG_TABLE = 4
"""Rows; in a longer table the number of a row says nothing about what is in it."""

_BODY_SURE = re.compile(
    r"(?:post|message|msg|comment|cmt|cmnt|reply|answer|topic|entry|question|user|resp|subj|note|review|discussion)s?"
    r"[-_]*(?:body|content|contents|text|texte|message|copy|inner-content|description)\b"
    r"|usertext|bbwrapper|cooked|articlebody|richtext|post_message|message_body|reviewbody|commenttext|messagetext"
    r"|post-?bodycopy|markdown-body|js-post-body|cpost_content|nachricht|beitrag(?:stext|inhalt)?\b"
    r"|@text\b|@description\b",
    re.IGNORECASE,
)
_BODY_PART = re.compile(
    r"(?:body|content|text|message)[-_]?(?:head|foot|info|meta|title|author|detail|control|button|tool"
    r"|option|action|date|time|user|avatar"
    r"|menu|bar|nav|list|count|form|input|field|area|editor|preview)",
    re.IGNORECASE,
)
_BODY_MAYBE = re.compile(
    r"body|content|text|message|post|comment|entry|copy|reply|answer|field-item|msg", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"signatur|(?:^|[._@#-])sig(?:$|[._-])|foot|sidebar|\bnav|menu|breadcrumb|title|subject|head|quote"
    r"|userinfo|user-?info"
    r"|author|profile|avatar|poster|button|share|social|related|similar|recent|widget|(?:^|[._-])ads?(?:$"
    r"|[._-])|advert|sponsor"
    r"|poll|preview|tooltip|popup|dropdown|attachment|thumb|likes?\b|reaction|rating|vote|tags?\b|edited"
    r"|editnote|lastedit"
    r"|meta|date|time|toolbar|controls|actions?\b|permalink|cookie|banner|pagination|pager|login|register"
    r"|newsletter|search",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"signatur|(?:^|[._@#-])sig(?:$|[._-])|usersig|sigcontent", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def body_promise(mark: str) -> float:
    """Say how much a mark sounds like the text of a post: from 0.3 (a menu) to 1.6 (a message body); 1 says nothing."""
    parent, _, own = mark.rpartition(">")
    if parent and own.endswith("."):
        return min(1.2, body_promise(parent))
    mark = own
    if _SIGNATURE.search(mark):
        return 0.3
    if _BODY_SURE.search(mark) and not _BODY_PART.search(mark):
        return 1.6
    if _FURNITURE.search(mark):
        return 0.5
    return 1.2 if _BODY_MAYBE.search(mark) else 1.0


def marks_of(page: Outline, index: int) -> list[str]:
    """Return the marks an element shares with its like in other posts; digits are written "#"."""
    element = page.elements[index]
    tag = element.tag
    parent = page.parent[index]
    above = page.elements[parent].get("class") or "" if parent >= 0 else ""
    names = _named_marks(tag, element.get("class") or "", element.get("id") or "", element.get("itemprop") or "", above)
    path = path_mark(page, index)
    marks = [*names, path]
    if "tr[" in path:
        # The rows of a short table are the parts of one post, or as many posts.
        marks.append(_ROW.sub("tr", path) + " any row")
    if tag == "td" and parent >= 0:
        # Old boards lay a post out as two or three rows of one long table, all without a name.
        marks += [f"{path} row {page.rank[parent] % period} of {period}" for period in _PERIODS]
    return marks


@lru_cache(maxsize=20_000)
def _named_marks(tag: str, classes: str, name: str, prop: str, above: str) -> tuple[str, ...]:
    """Return the marks of an element's names; `above` are the class words of the element around it."""
    own = _words_in(classes)
    marks = [f"{tag}.{word}" for word in own]
    if any(char.isdigit() for char in name):
        marks.append(f"{tag}#{_DIGITS.sub('#', name)}")
    if prop:
        marks.append(f"{tag}@{prop}")
    marks += [f"{upper}>{tag}.{word}" for upper in _words_in(above)[:2] for word in (own[:2] or [""])]
    return tuple(marks)


def path_mark(page: Outline, index: int, steps: int = 5) -> str:
    """Name an element by the tags above it, with the column, and the row of a short table."""
    out: list[str] = []
    while index >= 0 and len(out) < steps:
        element = page.elements[index]
        tag = element.tag
        if tag in ("td", "th"):
            tag = f"{tag}[{min(page.rank[index], _LAST_COLUMN)}]"
        elif tag == "tr" and (table := element.getparent()) is not None and _is_short(table):
            tag = f"tr[{page.rank[index]}]"
        out.append(tag)
        index = page.parent[index]
    return "/".join(reversed(out))


def _is_short(table: Any) -> bool:
    # Counting the rows of a long table for each of them would take the square of their number.
    return next(islice(table, _LONG_TABLE, None), None) is None


def nearest_mark(page: Outline, index: int) -> str:
    """Name where an element stands by the nearest class word at or above it and the tags from there down."""
    tags: list[str] = []
    while index >= 0 and len(tags) < 5:
        element = page.elements[index]
        words = _words_of(element)
        if words or element.get("itemprop"):
            tags.append(f"{element.tag}.{'.'.join(words[:2])}@{element.get('itemprop') or ''}")
            break
        tags.append(element.tag)
        index = page.parent[index]
    return "/".join(reversed(tags))


def name_of(element: Any) -> str:
    """Return an element's class, id and microdata words on one line, for a look at what it is called."""
    return f"{element.get('class') or ''} {element.get('id') or ''} @{element.get('itemprop') or ''}"


def is_signature(element: Any) -> bool:
    """Say whether an element is named as a signature."""
    return _names_signature(name_of(element))


@lru_cache(maxsize=20_000)
def _names_signature(name: str) -> bool:
    return any(_SIGNATURE.search(word) for word in name.split())


def is_heading(element: Any) -> bool:
    """Say whether an element is a heading or is named as a post's title."""
    if element.tag in ("h1", "h2", "h3"):
        return True
    words = (element.get("class") or "").casefold().split()
    return any(word in ("title", "subject", "posttitle", "post-title", "post_title", "message-title") for word in words)


def _words_of(element: Any) -> tuple[str, ...]:
    return _words_in(element.get("class") or "")


@lru_cache(maxsize=20_000)
def _words_in(classes: str) -> tuple[str, ...]:
    return tuple(_DIGITS.sub("#", word) for word in classes.split()[:8])
