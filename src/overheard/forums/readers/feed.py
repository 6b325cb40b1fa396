"""Feeds: the posts of a thread, the first posts of threads, or a blog's entries and comments, as programs fetch them.

Reads: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed; topics of bbPress, Discourse, phpBB, NodeBB, WordPress
    comments, Stack Exchange questions, Reddit, public-inbox; follows further pages and the threads a feed lists.
Seen: bbPress 1.0 topic feeds, a blog's RSS 2.0; the others documented only.
Traps: newest first; one feed is one thread or many; summaries are cut off by their sites; names stand in titles ("By:
    Ann"), in addresses or before them; boards add "posted by" and "read more" below the text; broken XML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from overheard.errors import UnreadableError
from overheard.forums.feeds.bodies import read_entry
from overheard.forums.feeds.entries import Entry, Feed, is_json_feed, is_xml_feed, read_json_feed, read_xml_feed
from overheard.forums.feeds.threads import group_entries, subject_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_HANDLE = re.compile(r"(?:@|/?u/)([\w.-]{1,60})(?:\s.*)?")


def is_feed(content: Content) -> bool:
    """Say whether the content is a feed."""
    return is_json_feed(content.data) if content.is_json else is_xml_feed(content.text)


def read_feed(content: Content) -> tuple[Reading, ...]:
    """Read a feed's entries: one reading where they are posts of one thread, else one for each thread.

    Raises:
        UnreadableError: the feed holds no entry with a text.
    """
    feed = _feed(content)
    groups = group_entries(feed) if feed is not None else []
    if feed is None or not groups:
        raise UnreadableError(content.url, "the feed holds no entry", "fetch it again, or another feed of the site")
    shared = Counter(entry.link for entry in feed.entries)
    readings = tuple(_reading(feed, key, entries, shared, len(groups) == 1) for key, entries in groups)
    if not any(reading.posts for reading in readings):
        raise UnreadableError(content.url, "no entry of the feed has a text", "save the threads' own pages")
    if feed.left_out:
        told = (0, f"{feed.left_out} entries beyond the first {len(feed.entries)} were not read")
        return (replace(readings[0], problems=(*readings[0].problems, told)), *readings[1:])
    return readings


def _feed(content: Content) -> Feed | None:
    return read_json_feed(content.data, content.url) if content.is_json else read_xml_feed(content.text, content.url)


def _reading(feed: Feed, key: str, entries: list[Entry], shared: Counter[str], is_whole: bool) -> Reading:
    entries = _oldest_first(entries)
    names = {entry.key: _name(entry, feed, shared) for entry in entries if entry.key}
    posts: list[Post] = []
    problems: list[tuple[int, str]] = []
    for entry in entries:
        body, answered = read_entry(entry)
        text, not_own = body.text, body.not_own
        if not text and len(entries) == 1:
            # A feed of headlines: the title is all its author says.
            text, not_own = entry.title, ()
        if not text:
            problems.append((0, f"entry {entry.key or entry.link or len(posts) + 1} has no text"))
            continue
        native_key, url = _name(entry, feed, shared)
        told = names.get(entry.answers)
        quoted = body.quoted.author if body.quoted is not None else ""
        replies_to = (told[0] or told[1] if told else entry.answers) or answered or quoted or None
        handle = _HANDLE.fullmatch(entry.author)
        author = handle[1] if handle else entry.author
        posts.append(Post(text, author, len(posts), entry.said_at, url, not_own, replies_to=replies_to, key=native_key))
    title = next((subject for entry in entries if (subject := subject_of(entry.title))), "")
    return Reading(title or (subject_of(feed.title) if is_whole else ""), tuple(posts), tuple(problems), key)


def _name(entry: Entry, feed: Feed, shared: Counter[str]) -> tuple[str, str | None]:
    """Return an entry's own id, where its address does not tell it from the others, and its address."""
    is_its_own = bool(entry.link) and shared[entry.link] == 1 and entry.link != feed.link
    return ("" if is_its_own else entry.key), entry.link or None


def _oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    dates: list[datetime] = [entry.said_at for entry in entries if entry.said_at is not None]
    ordered = list(reversed(entries)) if len(dates) > 1 and dates[0] > dates[-1] else list(entries)
    if len(dates) == len(entries):
        ordered.sort(key=lambda entry: entry.said_at or dates[0])
    return ordered


def follow_feed(content: Content) -> Links:
    """Return a feed's further pages, and the threads it lists where it lists several."""
    feed = _feed(content)
    if feed is None:
        return Links()
    groups = group_entries(feed)
    threads: dict[str, ThreadLink] = {}
    for _, entries in groups if len(groups) > 1 else ():
        newest = _oldest_first(entries)[-1]
        url = newest.link.split("#")[0]
        if url:
            threads.setdefault(url, ThreadLink(url, newest.mark or newest.key))
    return Links(tuple(threads.values()), tuple(url for url in feed.more if url != content.url))


READER = Reader("feed", is_feed, read_feed, follow_feed)
