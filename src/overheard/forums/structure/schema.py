"""What does the page tell machines about its posts? schema.org JSON-LD, to fill in what is not shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from overheard.records import Post

_COMPARED = 60
"""Letters and digits of a text that tell it from the others on its page."""
_FEWEST = 12
"""Letters and digits; shorter texts ("Thanks!") are too alike to be told apart."""
_DEEPEST = 8
_NO_WORD = re.compile(r"<[^>]{0,500}>|[\W_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A post as JSON-LD tells it; what is not told is empty."""

    text: str
    author: str
    said_at: datetime | None


def read_schema(root: Any) -> list[Told]:
    """Read every post-like thing with a text out of the page's JSON-LD; what is no valid JSON is passed over."""
    out: list[Told] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        out += _told(data, 0)
    return out


def fill_from_schema(posts: list[Post], told: list[Told]) -> list[Post]:
    """Fill in authors and dates that the page does not show, where one told text begins as the post does."""
    by_start: dict[str, list[Told]] = {}
    for entry in told:
        start = _start_of(entry.text)
        if len(start) >= _FEWEST:
            by_start.setdefault(start, []).append(entry)
    out = []
    for post in posts:
        found = by_start.get(_start_of(post.text), [])
        if len(found) == 1:
            post = replace(post, author=post.author or found[0].author, said_at=post.said_at or found[0].said_at)
        out.append(post)
    return out


def _told(node: Any, depth: int) -> Iterator[Told]:
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _told(item, depth + 1)
    elif isinstance(node, dict):
        text = node.get("text") or node.get("articleBody") or node.get("reviewBody")
        if isinstance(text, str):
            yield Told(text, _name(node.get("author")), _instant(node.get("datePublished") or node.get("dateCreated")))
        for value in node.values():
            if isinstance(value, dict | list):
                yield from _told(value, depth + 1)


def _name(author: Any) -> str:
    if isinstance(author, list):
        author = author[0] if author else ""
    if isinstance(author, dict):
        author = author.get("name")
    return " ".join(author.split()) if isinstance(author, str) else ""


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _start_of(text: str) -> str:
    return _NO_WORD.sub("", text[: 12 * _COMPARED]).casefold()[:_COMPARED]
