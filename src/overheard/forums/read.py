"""Which reader reads this page? The table of readers, most particular first."""

from __future__ import annotations

from collections.abc import Iterator

from overheard.errors import UnreadableError
from overheard.forums.reader import Content, Reader
from overheard.forums.readers import (
    api_error,
    askbot_api,
    discord_html,
    discord_json,
    discourse,
    flarum,
    github,
    gitter,
    hacker_news,
    irc,
    lemmy,
    mattermost,
    nodebb,
    recording,
    reddit,
    rocket_chat,
    slack,
    slack_archive,
    stack_exchange,
    stack_exchange_dump,
    telegram,
    telegram_html,
    vanilla_api,
    whatsapp,
)
from overheard.forums.structure import thread
from overheard.records import Links, Page, Reading

READERS: tuple[Reader, ...] = (
    # Payloads: what an API answers and what a tool exports.
    recording.READER,
    discourse.READER,
    reddit.READER,
    hacker_news.READER,
    stack_exchange.READER,
    stack_exchange_dump.READER,
    github.READER,
    lemmy.READER,
    flarum.READER,
    nodebb.READER,
    vanilla_api.READER,
    askbot_api.READER,
    slack.READER,
    slack_archive.READER,
    discord_json.READER,
    discord_html.READER,
    mattermost.READER,
    rocket_chat.READER,
    telegram.READER,
    telegram_html.READER,
    gitter.READER,
    irc.READER,
    whatsapp.READER,
    api_error.READER,
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


def follow_page(page: Page) -> Links:
    """Return where a page leads: the threads of a listing, and the further pages of a listing or thread.

    Nothing where the page is of a kind nobody can follow; never raises on what a page holds.
    """
    content = Content(page)
    for reader in _readers_of(content):
        links = reader.follow(content) if reader.follow else Links()
        if links.threads or links.more:
            return links
    return Links()


def engine_of(page: Page) -> str:
    """Return the name of the reader that recognises a page first; "unknown" where none does."""
    return next((reader.name for reader in _readers_of(Content(page))), "unknown")


def _readers_of(content: Content) -> Iterator[Reader]:
    return (reader for reader in READERS if reader.recognises(content))
