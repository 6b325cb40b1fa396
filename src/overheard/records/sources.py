"""What a source shows: pages, posts as read off them, links to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Span = tuple[int, int]
"""Half-open character offsets into one utterance's text."""
Aside = Literal["", "advert", "small talk"]
"""What is said beside the matter: a sponsor's copy read aloud, greetings and the weather."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as fetched or saved. `fetched_at` is UTC; `status` is the HTTP status, 200 for a saved file.

    `etag` and `last_modified` are what the server named this version by, to be asked by later; empty where it did not.
    """

    url: str
    body: bytes
    content_type: str
    fetched_at: datetime
    status: int = 200
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing somebody said, as its source shows it: what a reader returns, before names become pseudonyms.

    `author` is the shown name (empty where none is shown); `position` counts from 0 within the document; `not_own`
    holds sorted, non-overlapping spans of others' words in `text`; `replies_to` is the url, or failing that the author,
    of what this answers; `rank` is the title a forum shows under a name ("Moderator", "Staff"), empty where none;
    `key` is what the source itself calls the post (a message id), the same on every page that shows it, empty where
    `url` tells it; `aside` says that the words are not about the matter.
    """

    text: str
    author: str
    position: int
    said_at: datetime | None = None
    url: str | None = None
    not_own: tuple[Span, ...] = ()
    replies_to: str | None = None
    rank: str = ""
    key: str = ""
    aside: Aside = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found of one thread or talk. `problems` are (1-based line, 0 where none; what was left out).

    `key` tells the thread from the others of its source where a page holds several, or where it is not the page's own:
    its address, or what the source calls it; empty where the page's address tells it.
    """

    title: str
    posts: tuple[Post, ...]
    problems: tuple[tuple[int, str], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A thread as a listing shows it. `mark` changes when the thread has something new; empty where nothing tells."""

    url: str
    mark: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads: `threads` of a listing, `more` pages of the same listing or thread; absolute addresses.

    `is_whole`: `more` names every further page there is, so pages known from earlier that it lacks are no more.
    """

    threads: tuple[ThreadLink, ...] = ()
    more: tuple[str, ...] = ()
    is_whole: bool = False
