"""Which thread does an entry belong to? By its address, else by its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlunsplit

from overheard.forums.address import split_address, thread_of
from overheard.forums.feeds.entries import Entry, Feed
from overheard.forums.mail.threads import bare_subject, clean_subject

_POST_KEYS = frozenset({"goto", "showcomment", "replytocom", "commentid", "comment", "lastpost", "do", "action"})
_ANSWER_PATHS = (
    # Discourse: a post's number below its topic's. Stack Exchange: an answer's below its question's title.
    re.compile(r"(.*/t/[^/]*[^/\d][^/]*/\d+)/\d+"),
    re.compile(r"(.*/questions/\d+)/.*"),
    # Reddit: a comment's id below its thread's title.
    re.compile(r"(.*/comments/\w+/[^/]+)/\w+"),
)
_COMMENT_PAGE = re.compile(r"/comment-page-\d{1,6}$")
_POST_ALONE = re.compile(r"/(?:post|posts|p|comment|comments)/\w+/?$")
_TITLES = (
    re.compile(r'^.{1,100} (?:on|zu|sur|en|su) ["“„«](.+)["”“»]$'),
    re.compile(r"^(?:Answer|Comment) by .{1,100}? (?:for|on) (.+)$"),
    re.compile(
        r"^(?:Reply to|Reply To:|Antwort auf:?|Antwort zu:?|Comment on|Kommentar zu) "
        r"(.+?)(?: (?:by|von|on) [^\"]{1,60})?$"
    ),
)
_BY = re.compile(r"^(?:By|Von|Par|Por|Di|Door|Av|Af):\s.{0,200}$")
_ABOUT = re.compile(r"^(?:Comments on|Kommentare zu|Commentaires sur|Comentarios en|Commenti a)\s?:\s?")


def subject_of(title: str) -> str:
    """Return what a thread is called, from the title of one of its posts; empty where the title tells only a name."""
    if _BY.match(title):
        return ""
    for pattern in _TITLES:
        if found := pattern.match(title):
            return found[1].strip()
    # phpBB puts the forum's name before.
    return clean_subject(_ABOUT.sub("", title.rpartition(" • ")[2]))


def thread_address(link: str) -> str:
    """Return an address that all posts of a thread share; empty where a link tells only the post."""
    parts = split_address(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = {name.lower() for name, _ in pairs}
    if "p" in names and not names & {"t", "f"} and parts.fragment.startswith("p"):
        return ""
    if _POST_ALONE.search(parts.path):
        return ""
    kept = [
        (name, value) for name, value in pairs if name.lower() not in _POST_KEYS and not (name == "p" and "t" in names)
    ]
    path = _COMMENT_PAGE.sub("", parts.path.rstrip("/"))
    for pattern in _ANSWER_PATHS:
        if found := pattern.fullmatch(path):
            path = found[1]
            break
    return thread_of(urlunsplit((parts.scheme, parts.netloc, path, urlencode(kept), "")))


def group_entries(feed: Feed) -> list[tuple[str, list[Entry]]]:
    """Sort a feed's entries into threads, each with its key; all are one where all are answers to one subject."""
    groups: dict[str, list[Entry]] = {}
    for entry in feed.entries:
        address = thread_address(entry.link) if entry.link else ""
        subject = bare_subject(subject_of(entry.title))
        key = address or (f"{feed.link} {subject}" if subject else entry.key or entry.link)
        groups.setdefault(key, []).append(entry)
    if len(groups) > 1 and _is_one_thread(feed.entries):
        return [(thread_of(feed.link) if feed.link else next(iter(groups)), list(feed.entries))]
    return list(groups.items())


def _is_one_thread(entries: Sequence[Entry]) -> bool:
    return len({bare_subject(subject_of(entry.title)) or entry.key for entry in entries}) == 1
