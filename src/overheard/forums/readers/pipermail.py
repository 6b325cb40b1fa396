"""Pipermail's pages: one message each, as Mailman 2 archives show it, and the indexes that lead to them.

Reads: message pages; follows the table of months (to the monthly texts) and a month's index (to its messages).
Seen: Mailman 2.1 indexes, English; message pages documented only (Mailman's templates, saved pages of others).
Traps: a page does not tell its thread, so the list's address and the subject do; nor which message it answers; the
    date's zone is a name; a table of months is no post; Apache's mod_mbox has a table of months that looks alike.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from overheard.errors import UnreadableError
from overheard.forums.address import join_address, split_address
from overheard.forums.elements import shown
from overheard.forums.mail.headers import ids_in, local_part, name_of_sender, read_mail_date
from overheard.forums.mail.message import Message, quoted_name
from overheard.forums.mail.pages import read_message_body, split_message_page
from overheard.forums.mail.threads import read_alone
from overheard.forums.outline import parse_html
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Reading, ThreadLink

_BEGIN, _END = "<!--beginarticle-->", "<!--endarticle-->"
_VIEW = re.compile(r"""href=["']?[^"'\s>=]{0,200}?(thread|subject|author|date)\.html""", re.IGNORECASE)
_VIEWS = 3
_EMPTY_INDEX = re.compile(r"<td>View by:</td>\s*<td>Downloadable version</td>", re.IGNORECASE)
_MODULE_INDEX = re.compile(r"""href=["']?(\d{6}\.mbox)/(?:thread|date)["'\s>]""", re.IGNORECASE)
_MONTH_TEXT = re.compile(r"\.txt(?:\.gz)?$")
_MESSAGE = re.compile(r"^(?:\d{4}-\w+/|\w*/)?(\d{6})\.html$")
_MONTH_FOLDER = re.compile(r"/(?:\d{4}-[^/]+|\d{4}q\d|Week-of-Mon-\d{8}|\d{8}|\d{4})/[^/]*$")


def is_pipermail(content: Content) -> bool:
    """Say whether the content is a message page or an index of Pipermail, or a table of months of mod_mbox."""
    text = content.text
    return _BEGIN in text or _is_index(text)


def _is_index(text: str) -> bool:
    if "<" not in text[:2000]:
        return False
    views = {found[1].lower() for found in _VIEW.finditer(text)}
    return len(views) >= _VIEWS or bool(_EMPTY_INDEX.search(text) or _MODULE_INDEX.search(text))


def read_pipermail(content: Content) -> tuple[Reading, ...]:
    """Read the message of a page.

    Raises:
        UnreadableError: the page is an index, or its message shows no word.
    """
    mend = "collect it as a board, or save one of the monthly texts it links to"
    head, rest = split_message_page(content, _BEGIN, mend)
    root = parse_html(head)
    body = read_message_body(content, rest.partition(_END)[0])
    if root is None:
        raise UnreadableError(content.url, "the message has no head", "save another message's page")
    link = next((anchor for anchor in root.iter("a") if (anchor.get("href") or "").startswith("mailto:")), None)
    message = Message(
        text=body.text,
        author=_author(root, link),
        subject=shown(next(root.iter("h1"), None)),
        key=_key(root, link),
        said_at=read_mail_date(shown(next(root.iter("i"), None))),
        url=content.url if split_address(content.url).scheme in ("http", "https") else None,
        not_own=body.not_own,
        quotes=quoted_name(body),
    )
    return (read_alone(message, _MONTH_FOLDER.sub("/", content.url)),)


def _author(root: Any, link: Any | None) -> str:
    name = shown(next(root.iter("b"), None))
    return name_of_sender(name, is_list=True) or (local_part(shown(link)) if link is not None else "")


def _key(root: Any, link: Any | None) -> str:
    """Return the message's id, which the link for an answer names as what it is in reply to."""
    made = [element for element in root.iter("link") if (element.get("rel") or "").lower() == "made"]
    for element in [link, *made]:
        query = split_address(element.get("href") or "").query if element is not None else ""
        for name, values in parse_qs(query).items():
            if name.lower() == "in-reply-to" and (ids := ids_in(values[0])):
                return ids[0]
    return ""


def follow_pipermail(content: Content) -> Links:
    """Return the monthly texts of a table of months, with their printed sizes, or the messages of a month's index."""
    root = parse_html(content.text) if _BEGIN not in content.text else None
    if root is None:
        return Links()
    months = [
        ThreadLink(join_address(content.url, found[1]), _row_text(anchor))
        for anchor in root.iter("a")
        if (found := _MODULE_INDEX.match(f'href="{anchor.get("href") or ""}"'))
    ]
    texts = [
        ThreadLink(join_address(content.url, anchor.get("href")), shown(anchor))
        for anchor in root.iter("a")
        if _MONTH_TEXT.search(anchor.get("href") or "")
    ]
    messages = [
        ThreadLink(join_address(content.url, anchor.get("href")), found[1])
        for anchor in root.iter("a")
        if (found := _MESSAGE.match(anchor.get("href") or ""))
    ]
    return Links(tuple({link.url: link for link in months or texts or messages}.values()))


def _row_text(anchor: Any) -> str:
    row = next(anchor.iterancestors("tr"), None)
    return shown(row)[:80]


READER = Reader("Pipermail", is_pipermail, read_pipermail, follow_pipermail)
