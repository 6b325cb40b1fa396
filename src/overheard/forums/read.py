"""Which reader reads this page? The table of readers, most particular first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from overheard.errors import UnreadableError
from overheard.forums.decoding import decode_body
from overheard.forums.discourse import is_discourse, read_topic
from overheard.forums.structure import is_web_page, read_thread
from overheard.records import Page, Reading


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read a page. `recognises` looks at the decoded text only and is cheap; `read` may raise."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str, Page], Reading]


READERS = (
    Reader("discourse", is_discourse, read_topic),
    Reader("structure", is_web_page, read_thread),
)


def read_page(page: Page) -> Reading:
    """Read the posts of one saved or fetched thread page.

    Args:
        page: the page as fetched; `fetched_at` is what relative dates ("2 days ago") are counted from.

    Returns:
        The posts in the order the page shows them, and what was left out and why.

    Raises:
        UnreadableError: the page is empty, is of a kind no reader knows, or shows no post.
    """
    text = decode_body(page)
    if not text.strip():
        raise UnreadableError(page.url, "the page is empty", "fetch or save it again")
    for reader in READERS:
        if reader.recognises(text):
            return reader.read(text, page)
    raise UnreadableError(page.url, "is neither a web page nor a known payload", "save the thread's own page as HTML")
