"""Reviews in Apple's App Store: the feed of reviews as JSON, the API's answers, and an app's page.

Reads: `/rss/customerreviews/…/json`, the catalogue API's reviews, and the data an app's page is drawn from.
Seen: documented only (the feed; pages of 2018 to 2025).
Traps: the feed's first entry may be the app itself; a page packs its data as strings in strings and holds a few
    reviews; a developer's answer is part of the review it answers; "nickname" is all that is known of a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.body import Body
from overheard.forums.elements import Found, MarkedPage, posts_of
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_SCRIPT = re.compile(r"serialized-server-data|shoebox-media-api-cache|shoebox-ember-data-store")
_REVIEW = re.compile(r'im:rating|\b(?:userName|reviewerName)\\{0,40}"\s{0,9}:')
_DEEPEST = 24
_FEED_RATING = "im:rating"
_ANSWERS = ("developerResponse", "response")


def is_app_store(content: Content) -> bool:
    """Say whether the content is the feed or the API's answer with reviews, or a page that carries one."""
    if content.is_json:
        return bool(_REVIEW.search(content.text)) and next(_found_in(content.data, 0), None) is not None
    return bool(_SCRIPT.search(content.text)) and bool(_REVIEW.search(content.text))


def read_reviews(content: Content) -> tuple[Reading, ...]:
    """Read the reviews and the developers' answers to them.

    Raises:
        UnreadableError: a payload's reviews have no text.
    """
    if content.is_json:
        posts = posts_of(_once(_found_in(content.data, 0)), content.url)
        if not posts:
            raise UnreadableError(content.url, "the reviews have no text", "fetch the feed of reviews again")
        return (Reading(_title_in(content.data), posts),)
    root = content.parse_root()
    found: list[Found] = []
    for script in root.iter("script") if root is not None else ():
        if "json" in (script.get("type") or "") or (script.get("id") or "").startswith("shoebox"):
            found += _found_in(_loaded(script.text), 0)
    posts = posts_of(_once(iter(found)), content.url)
    return (Reading(MarkedPage(content).title, posts),) if posts else ()


def _once(found: Iterator[Found]) -> Iterator[Found]:
    seen = set()
    for entry in found:
        mark = entry.key or (entry.author, entry.body.text)
        if mark not in seen:
            seen.add(mark)
            yield entry


def _found_in(node: Any, depth: int) -> Iterator[Found]:
    """Yield the reviews anywhere in a tree of values; strings that hold JSON are opened."""
    if depth > _DEEPEST:
        return
    if isinstance(node, str) and node[:1] in ("{", "[") and _REVIEW.search(node):
        yield from _found_in(_loaded(node), depth + 1)
    elif isinstance(node, list):
        for child in node:
            yield from _found_in(child, depth + 1)
    elif isinstance(node, dict):
        found = _of_feed(node) or _of_data(node)
        yield from found
        if not found:
            for child in node.values():
                yield from _found_in(child, depth + 1)


def _of_feed(entry: dict[str, Any]) -> list[Found]:
    text = _label(entry.get("content")).strip()
    if _FEED_RATING not in entry or not text:
        return []
    author = line_of(_label(dict_of(entry.get("author")).get("name")))
    at = instant_of(_label(entry.get("updated")))
    return [Found(Body(text, (), None), author, at, key=_label(entry.get("id")))]


def _of_data(row: dict[str, Any]) -> list[Found]:
    """Read a review of the API ("attributes" around it) or of a page's data."""
    told = dict_of(row.get("attributes")) or row
    text = (text_of(told.get("review")) or text_of(told.get("contents"))).strip()
    author = line_of(told.get("userName")) or line_of(told.get("reviewerName"))
    if not text or not author:
        return []
    key = id_text_of(row.get("id"))
    out = [Found(Body(text, (), None), author, instant_of(told.get("date")), key=key)]
    answer = next((answer for name in _ANSWERS if (answer := dict_of(told.get(name)))), {})
    words = (text_of(answer.get("body")) or text_of(answer.get("contents"))).strip()
    if words:
        at = instant_of(answer.get("modified") or answer.get("date"))
        own = id_text_of(answer.get("id")) or (f"{key} answer" if key else "")
        out.append(Found(Body(words, (), None), "", at, key=own, replies_to=key or author, rank="Developer"))
    return out


def _label(value: Any) -> str:
    return text_of(dict_of(value).get("label"))


def _title_in(data: Any) -> str:
    return line_of(_label(dict_of(dict_of(data).get("feed")).get("title")))


def _loaded(packed: Any) -> Any:
    try:
        return json.loads(packed) if isinstance(packed, str) else None
    except (ValueError, RecursionError):
        return None


READER = Reader("App Store", is_app_store, read_reviews)
