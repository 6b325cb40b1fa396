"""Payloads as their APIs answer them, turned into pages."""

import json
from datetime import UTC, datetime

from overheard.forums import follow_page, read_page
from overheard.records import Links, Page, Reading

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


def make_page(payload: object, url: str = "answer.json") -> Page:
    """Turn a JSON value, or a payload's text or bytes as they are, into a page."""
    if isinstance(payload, bytes):
        body = payload
    else:
        body = (payload if isinstance(payload, str) else json.dumps(payload)).encode()
    return Page(url, body, "", FETCHED)


def read_payload(payload: object, url: str = "answer.json") -> tuple[Reading, ...]:
    return read_page(make_page(payload, url))


def follow_payload(payload: object, url: str) -> Links:
    return follow_page(make_page(payload, url))


def not_own_words(reading: Reading, number: int = 0) -> list[str]:
    """Return what of a post's text is told to be others' words."""
    post = reading.posts[number]
    return [post.text[slice(*span)] for span in post.not_own]
