"""Hypermail's pages: one message each, its head told again in comments.

Reads: message pages of hypermail 1.x to 3 and of archives that grew from it; follows indexes to their messages.
Seen: documented only (pages saved by others).
Traps: addresses are written "ann_at_example.org", in ids as well; a page told only by comments may be cut by a theme.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

from overheard.forums.address import join_address, split_address
from overheard.forums.mail.headers import local_part, name_of_sender, read_mail_date
from overheard.forums.mail.message import Message, quoted_name
from overheard.forums.mail.pages import read_message_body, split_message_page
from overheard.forums.mail.threads import read_alone
from overheard.forums.outline import parse_html
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Reading, ThreadLink

_BODY, _BODY_END = '<!-- body="start" -->', '<!-- body="end" -->'
_TOLD = re.compile(r'<!-- (isosent|sent|name|email|subject|id|inreplyto)="([^\n]{0,2000}?)" -->')
_INDEX = re.compile(r"""<meta name=["']?generator["']? content=["']?hypermail""", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:^|/)(\d{4,7})\.(?:html?|php)$")
_ID_AT = re.compile(r"_at_(?=[^_]{1,200}$)")


def is_hypermail(content: Content) -> bool:
    """Say whether the content is a message page or an index hypermail made."""
    return _BODY in content.text or bool(_INDEX.search(content.text[:10_000]))


def read_hypermail(content: Content) -> tuple[Reading, ...]:
    """Read the message of a page.

    Raises:
        UnreadableError: the page is an index, or its message shows no word.
    """
    head, rest = split_message_page(content, _BODY)
    body = read_message_body(content, rest.partition(_BODY_END)[0])
    told = {found[1]: html.unescape(found[2]).strip() for found in _TOLD.finditer(head)}
    answers = _id(told.get("inreplyto", ""))
    message = Message(
        text=body.text,
        author=name_of_sender(told.get("name", ""), is_list=True) or local_part(told.get("email", "")),
        subject=told.get("subject", ""),
        key=_id(told.get("id", "")),
        answers=answers,
        said_at=_instant(told.get("isosent", "")) or read_mail_date(told.get("sent", "")),
        url=content.url if split_address(content.url).scheme in ("http", "https") else None,
        not_own=body.not_own,
        quotes=quoted_name(body),
    )
    return (read_alone(message, join_address(content.url, "..")),)


def _id(text: str) -> str:
    return _ID_AT.sub("@", text.strip("<> "))


def _instant(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def follow_hypermail(content: Content) -> Links:
    """Return the messages an index lists; a message never changes."""
    root = parse_html(content.text) if _BODY not in content.text else None
    if root is None:
        return Links()
    links = [(anchor.get("href") or "").split("#")[0] for anchor in root.iter("a")]
    threads = {join_address(content.url, link): found[1] for link in links if (found := _MESSAGE.search(link))}
    return Links(tuple(ThreadLink(url, mark) for url, mark in threads.items()))


READER = Reader("hypermail", is_hypermail, read_hypermail, follow_hypermail)
