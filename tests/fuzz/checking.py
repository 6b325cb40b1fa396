"""Read one document and check what came back: whatever the bytes, posts must be such that they can be kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from overheard.errors import OverheardError
from overheard.forums import address_of, engine_of, follow_page, payload_address, read_page, thread_of
from overheard.records import Links, Page, Reading
from overheard.transcripts import read_transcript

Kind = Literal["page", "links", "transcript"]
"""Read the posts of a page, find where a page leads and what it is, or read a transcript."""
FETCHED = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)


def read_and_check(kind: Kind, body: bytes, url: str, content_type: str) -> str:
    """Read a document, or the links of one.

    Returns:
        "read" or "refused".

    Raises:
        Exception: whatever a reader lets through that is no OverheardError; AssertionError for a post nobody can keep.
    """
    page = Page(url, body, content_type, FETCHED)
    try:
        if kind == "links":
            return _find_links(page)
        readings = read_page(page) if kind == "page" else (read_transcript(url or "talk.txt", body),)
    except OverheardError as error:
        assert "\n" not in str(error), f"a message of several lines: {str(error)!r:.200}"
        return "refused"
    assert any(reading.posts for reading in readings), "a reading without posts instead of a refusal"
    for reading in readings:
        _check_reading(reading)
    return "read"


def _find_links(page: Page) -> str:
    links = follow_page(page)
    _check_links(links)
    assert engine_of(page)
    payload_address(page)
    thread_of(address_of(page.body) or "")
    return "read" if links.threads or links.more else "refused"


def _check_links(links: Links) -> None:
    for address in (*(thread.url for thread in links.threads), *links.more):
        assert address.startswith(("http://", "https://")) or "://" not in address, f"follows {address!r:.100}"
        address.encode()


def _check_reading(reading: Reading) -> None:
    reading.title.encode()
    reading.key.encode()
    for line, problem in reading.problems:
        assert isinstance(line, int) and line >= 0
        problem.encode()
    for post in reading.posts:
        assert post.text.strip(), "a post without words"
        assert type(post.position) is int and 0 <= post.position < 2**63
        # Lone surrogates cannot be written to any table or file.
        for text in (post.text, post.author, post.url, post.replies_to, post.rank, post.key):
            assert text is None or isinstance(text, str)
            (text or "").encode()
        if post.said_at is not None:
            assert post.said_at.utcoffset() == timedelta(0), f"{post.said_at!r} is not UTC"
            post.said_at.timestamp()
        end = 0
        for start, stop in post.not_own:
            assert end <= start < stop <= len(post.text), f"spans {post.not_own} of {len(post.text)} characters"
            end = stop
