"""The plain filter `read`: one file in, what was said in it out. Apart from the other filters: it needs no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overheard.errors import BadInputError, UnreadableError
from overheard.forums import NO_PAGE, address_of, read_page
from overheard.records import Page, Reading
from overheard.transcripts import read_transcript


def read_file(path: Path, url: str | None) -> tuple[Reading, ...]:
    """Read a forum page, a forum payload or a transcript.

    Returns:
        One reading a thread or talk.

    Raises:
        BadInputError: there is no such file, or nothing in it can be read.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadInputError(str(path), error.strerror or "cannot be read", "check its name") from None
    fetched_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    address = url or address_of(body) or path.name
    if body.startswith(b"%PDF"):
        return (read_transcript(str(path), body),)
    try:
        return read_page(Page(address, body, "", fetched_at))
    except UnreadableError as error:
        as_page = error
    try:
        return (read_transcript(str(path), body),)
    except UnreadableError as error:
        # Whoever knows what it is refuses it best.
        refusal = error if as_page.what == NO_PAGE else as_page
        raise UnreadableError(str(path), refusal.what, refusal.mend) from None


def posts_of(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """Return the posts as rows."""
    for post in (post for reading in readings for post in reading.posts):
        yield {
            "text": post.text,
            "not_own": [list(span) for span in post.not_own],
            "author": post.author,
            "said_at": post.said_at.isoformat() if post.said_at else None,
            "url": post.url,
            "position": post.position,
            "replies_to": post.replies_to,
            "rank": post.rank,
            "aside": post.aside,
        }
