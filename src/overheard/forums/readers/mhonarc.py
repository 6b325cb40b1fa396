"""MHonArc's pages: one message each, its head told again in comments.

Reads: message pages, themes and sites of all kinds; follows indexes by thread or date to their messages and next pages.
Seen: documented only (the program's source, pages saved by others).
Traps: the sender stands in rot13; "-" is written "&#45;" in comments; one large site leaves the closing comment out.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import Any

from overheard.forums.address import join_address, split_address
from overheard.forums.elements import select, shown
from overheard.forums.mail.headers import ids_in, name_of_sender, read_mail_date
from overheard.forums.mail.message import Message, quoted_name
from overheard.forums.mail.pages import read_message_body, split_message_page
from overheard.forums.mail.threads import thread_messages
from overheard.forums.outline import parse_html
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Reading, ThreadLink

_BODY = "<!--X-Body-of-Message-->"
_BODY_END = re.compile(r"<!--X-(?:Body-of-Message|MsgBody)-End-->|<div class=\"msgButtons")
_TOLD = re.compile(r"<!--X-([A-Za-z0-9-]{2,30}): {0,3}([^\n]{0,2000}?) {0,3}-->")
_INDEX = re.compile(r"<!-- MHonArc v\d")
_MESSAGE = re.compile(r"(?:^|/)(msg\d{3,9})\.(?:html?|php)$")
_NEXT_INDEX = re.compile(r"(?:^|/)(?:thrd|mail|maillist|threads|index|thread|date)\d{1,5}\.(?:html?|php)$")


def is_mhonarc(content: Content) -> bool:
    """Say whether the content is a message page or an index MHonArc made."""
    return _BODY in content.text or bool(_INDEX.search(content.text[:20_000]))


def read_mhonarc(content: Content) -> tuple[Reading, ...]:
    """Read the message of a page.

    Raises:
        UnreadableError: the page is an index, or its message shows no word.
    """
    head, rest = split_message_page(content, _BODY)
    end = _BODY_END.search(rest)
    body = read_message_body(content, rest[: end.start()] if end else rest)
    told: dict[str, list[str]] = {}
    for found in _TOLD.finditer(head):
        told.setdefault(found[1].lower(), []).append(html.unescape(found[2]))
    root = parse_html(content.text)
    references = ids_in(*(f"<{value}>" for value in told.get("reference", ())))
    key = _first(told, "message-id") or _attribute(root, "input[name=msgid]", "value")
    answered = ids_in(_head_line(root, "in-reply-to"))
    message = Message(
        text=body.text,
        author=_author(told, root),
        subject=_first(told, "subject") or _shown(root, "h1"),
        key=key.strip("<> "),
        parents=references or answered,
        answers=next(iter(answered), "") or (references[-1] if references else ""),
        said_at=read_mail_date(_first(told, "date") or _head_line(root, "date") or _shown(root, "span.date")),
        url=content.url if split_address(content.url).scheme in ("http", "https") else None,
        not_own=body.not_own,
        quotes=quoted_name(body),
    )
    return thread_messages((message,), join_address(content.url, "."))


def _first(told: dict[str, list[str]], name: str) -> str:
    return next(iter(told.get(name, ())), "").strip()


def _author(told: dict[str, list[str]], root: Any) -> str:
    turned = _first(told, "from-r13")
    sender = codecs.decode(turned, "rot13") if turned else _first(told, "from")
    sender = sender or _head_line(root, "from")
    return name_of_sender(sender, is_list=True) if sender else _shown(root, "[itemtype$=Person] [itemprop=name]")


def _head_line(root: Any, name: str) -> str:
    """Return a line of the head as the page lists it ("From: Ann <ann@example.org>")."""
    for item in select(root, "li")[:40] if root is not None else ():
        label, _, value = shown(item).partition(":")
        if label.strip().lower() == name:
            return value.strip()
    return ""


def _shown(root: Any, selector: str) -> str:
    return shown(next(iter(select(root, selector)), None)) if root is not None else ""


def _attribute(root: Any, selector: str, name: str) -> str:
    found = next(iter(select(root, selector)), None) if root is not None else None
    return (found.get(name) or "") if found is not None else ""


def follow_mhonarc(content: Content) -> Links:
    """Return the messages an index lists, and the index's further pages; a message never changes."""
    root = parse_html(content.text) if _BODY not in content.text else None
    if root is None:
        return Links()
    links = [anchor.get("href") or "" for anchor in root.iter("a")]
    threads = {
        join_address(content.url, link): found[1]
        for link in links
        if (found := _MESSAGE.search(split_address(link.split("#")[0]).path))
    }
    more = [join_address(content.url, link.split("#")[0]) for link in links if _NEXT_INDEX.search(link.split("#")[0])]
    return Links(
        tuple(ThreadLink(url.split("#")[0], mark) for url, mark in threads.items()),
        tuple(url for url in dict.fromkeys(more) if url != content.url),
    )


READER = Reader("MHonArc", is_mhonarc, read_mhonarc, follow_mhonarc)
