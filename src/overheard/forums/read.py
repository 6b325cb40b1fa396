"""Which reader reads this page? The table of readers, most particular first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from overheard.errors import UnreadableError
from overheard.forums.reader import Content, Reader
from overheard.forums.readers import (
    api_error,
    app_store,
    asgaros,
    askbot_api,
    askbot_page,
    discord_html,
    discord_json,
    discourse,
    discourse_page,
    drupal,
    feed,
    flarum,
    flarum_page,
    fluxbb,
    forumotion,
    github,
    github_page,
    gitlab,
    gitter,
    google_play,
    groups_io,
    hacker_news,
    hacker_news_page,
    hyperkitty,
    hypermail,
    invision,
    irc,
    khoros,
    lemmy,
    mail_archive,
    mailbox,
    mattermost,
    mhonarc,
    mybb,
    nodebb,
    page_payload,
    phorum,
    phpbb,
    pipermail,
    recording,
    reddit,
    reddit_page,
    rocket_chat,
    schema_page,
    simple_press,
    slack,
    slack_archive,
    smf,
    stack_exchange,
    stack_exchange_dump,
    stack_exchange_page,
    telegram,
    telegram_html,
    ubb_threads,
    vanilla_api,
    vanilla_page,
    vbulletin,
    whatsapp,
    woltlab,
    wordpress,
    wpforo,
    xenforo,
    yabb,
)
from overheard.forums.selectors import read_selected
from overheard.forums.structure import thread
from overheard.records import Links, Page, Reading
from overheard.settings import SelectorSettings

NO_PAGE = "is neither a web page nor a known payload"
_MEND = 'save the thread\'s own page as HTML; a spreadsheet is a source of kind = "table", a talk one of "transcripts"'
"""What a refusal says where no reader knows the page."""

READERS: tuple[Reader, ...] = (
    # Payloads: what an API answers and what a tool exports.
    recording.READER,
    discourse.READER,
    reddit.READER,
    hacker_news.READER,
    stack_exchange.READER,
    stack_exchange_dump.READER,
    github.READER,
    gitlab.READER,
    lemmy.READER,
    flarum.READER,
    nodebb.READER,
    vanilla_api.READER,
    askbot_api.READER,
    wordpress.READER,
    app_store.READER,
    groups_io.READER,
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
    mail_archive.READER,
    mailbox.READER,
    pipermail.READER,
    mhonarc.READER,
    hypermail.READER,
    hyperkitty.READER,
    feed.READER,
    # Web pages of one engine.
    page_payload.READER,
    flarum_page.READER,
    reddit_page.READER,
    hacker_news_page.READER,
    stack_exchange_page.READER,
    askbot_page.READER,
    github_page.READER,
    discourse_page.READER,
    drupal.READER,
    google_play.READER,
    forumotion.READER,
    vbulletin.READER,
    fluxbb.READER,
    phpbb.READER,
    xenforo.READER,
    invision.READER,
    smf.READER,
    vanilla_page.READER,
    mybb.READER,
    khoros.READER,
    phorum.READER,
    woltlab.READER,
    yabb.READER,
    ubb_threads.READER,
    wpforo.READER,
    asgaros.READER,
    simple_press.READER,
    # Any thread page.
    schema_page.READER,
    thread.READER,
)


def read_page(page: Page, selectors: SelectorSettings | None = None) -> tuple[Reading, ...]:
    """Read the threads of one saved or fetched page or payload; a thread's own page holds one.

    Args:
        page: the page as fetched; `fetched_at` is what relative dates ("2 days ago") are counted from.
        selectors: where the site's theme keeps its posts, as the market says; they go before any reader of web pages.

    Returns:
        One Reading a thread, its posts in the order the page shows them, and what was left out and why.

    Raises:
        UnreadableError: the page is empty, is of a kind no reader knows, or shows no post.
        BadInputError: a selector is no CSS.
    """
    content = _content_of(page)
    if not page.body.strip():
        raise UnreadableError(page.url, "the page is empty", "fetch or save it again")
    if selectors is not None and thread.is_web_page(content):
        return tuple(read_selected(content, selectors))
    for reader in _readers_of(content):
        readings = tuple(reader.read(content))
        if readings:
            return readings
    if content.flaw is not None:
        raise content.flaw
    raise UnreadableError(page.url, NO_PAGE, _MEND)


def follow_page(page: Page) -> Links:
    """Return where a page leads: the threads of a listing, and the further pages of a listing or thread.

    Nothing where the page is of a kind nobody can follow; never raises on what a page holds.
    """
    content = _content_of(page)
    for reader in _readers_of(content):
        links = reader.follow(content) if reader.follow else Links()
        if links.threads or links.more:
            return links
    return Links()


def engine_of(page: Page) -> str:
    """Return the name of the reader that recognises a page first; "unknown" where none does."""
    return next((reader.name for reader in _readers_of(_content_of(page))), "unknown")


def _content_of(page: Page) -> Content:
    """Return what a page holds, under an address that can be taken apart ("http://[" cannot)."""
    try:
        urlsplit(page.url)
    except ValueError:
        page = replace(page, url=page.url.replace("[", "%5B").replace("]", "%5D"))
    return Content(page)


def _readers_of(content: Content) -> Iterator[Reader]:
    return (reader for reader in READERS if reader.recognises(content))
