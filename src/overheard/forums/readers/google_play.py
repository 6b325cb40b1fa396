"""Reviews on Google Play, out of the script an app's page is drawn from, with the developers' answers.

Reads: an app's page as fetched or saved.
Seen: the page of 2018; the same rows in pages to 2025 documented only.
Traps: values stand in lists without names, told apart by their shape alone; a page holds a few reviews, the rest is
    loaded later; the same review may stand in two lists; the app's own description is nobody's review.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from overheard.forums.body import Body
from overheard.forums.elements import Found, MarkedPage, posts_of
from overheard.forums.payload import instant_of, line_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_CALL = re.compile(r"AF_initDataCallback\(\{[^\[\]]{0,200}?\bdata:\s*(?:function\(\)\{\s*return\s*)?(?=\[)")
_REVIEW_ID = re.compile(r"gp:[\w-]{20,200}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DEEPEST = 12
_MOST_CALLS = 200
_STARS = range(1, 6)
_NOBODY = "A Google user"
"""Stands for everybody who has no name, or no account any more."""
_NAME, _STAR, _TEXT, _TIME, _ANSWER = 1, 2, 4, 5, 7
"""Places in a review's list."""


def is_google_play(content: Content) -> bool:
    """Say whether the content is a web page whose script holds lists that begin as reviews do."""
    return not content.is_json and bool(_CALL.search(content.text)) and bool(_REVIEW_ID.search(content.text))


def read_reviews(content: Content) -> tuple[Reading, ...]:
    """Read the reviews and the answers to them; nothing where the page holds none."""
    found: dict[str, list[Found]] = {}
    for call in islice(_CALL.finditer(content.text), _MOST_CALLS):
        try:
            data, _ = json.JSONDecoder().raw_decode(content.text, call.end())
        except (json.JSONDecodeError, RecursionError):
            continue
        for row in _reviews_in(data, 0):
            found.setdefault(row[0], list(_found(row)))
    posts = posts_of((entry for entries in found.values() for entry in entries), content.url)
    return (Reading(MarkedPage(content).title, posts),) if posts else ()


def _reviews_in(node: Any, depth: int) -> Iterator[list[Any]]:
    if not isinstance(node, list) or depth > _DEEPEST:
        return
    if _is_review(node):
        yield node
        return
    for child in node:
        yield from _reviews_in(child, depth + 1)


def _is_review(row: list[Any]) -> bool:
    if len(row) <= _TIME or not isinstance(row[0], str) or not _REVIEW_ID.fullmatch(row[0]):
        return False
    return row[_STAR] in _STARS and isinstance(row[_TEXT], str) and isinstance(row[_NAME], list)


def _found(row: list[Any]) -> Iterator[Found]:
    yield Found(Body(row[_TEXT].strip(), (), None), _first_line(row[_NAME]), _instant(row[_TIME]), key=row[0])
    answer = row[_ANSWER] if len(row) > _ANSWER else None
    if isinstance(answer, list) and len(answer) > 1 and isinstance(answer[1], str):
        yield Found(
            body=Body(answer[1].strip(), (), None),
            author=_first_line(answer),
            said_at=_instant(answer[2]) if len(answer) > 2 else None,
            key=f"{row[0]} answer",
            replies_to=row[0],
            rank="Developer",
        )


def _first_line(values: list[Any]) -> str:
    name = line_of(values[0]) if values else ""
    return "" if name == _NOBODY else name


def _instant(value: Any) -> Any:
    return instant_of(value[0]) if isinstance(value, list) and value else None


READER = Reader("Google Play", is_google_play, read_reviews)
