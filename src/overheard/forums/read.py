"""Which reader reads this page? The table of readers, most particular first."""

from __future__ import annotations

from collections.abc import Iterator

from overheard.errors import UnreadableError
from overheard.forums.reader import Content, Reader
from overheard.forums.readers import discourse
from overheard.forums.structure import thread
from overheard.records import Page, Reading

READERS: tuple[Reader, ...] = (
    # Payloads: what an API answers and what a tool exports.
    discourse.READER,
    # Mail and feeds.
    # Web pages of one engine.
    # Any thread page.
    thread.READER,
)


def read_page(page: Page) -> tuple[Reading, ...]:
    """Read the threads of one saved or fetched page or payload; a thread's own page holds one.

    Args:
        page: the page as fetched; `fetched_at` is what relative dates ("2 days ago") are counted from.

    Returns:
        One Reading a thread, its posts in the order the page shows them, and what was left out and why.

    Raises:
        UnreadableError: the page is empty, is of a kind no reader knows, or shows no post.
    """
    content = Content(page)
    if not content.text.strip():
        raise UnreadableError(page.url, "the page is empty", "fetch or save it again")
    for reader in _readers_of(content):
        readings = tuple(reader.read(content))
        if readings:
            return readings
    if content.flaw is not None:
        raise content.flaw
    raise UnreadableError(page.url, "is neither a web page nor a known payload", "save the thread's own page as HTML")


def _readers_of(content: Content) -> Iterator[Reader]:
    return (reader for reader in READERS if reader.recognises(content))
