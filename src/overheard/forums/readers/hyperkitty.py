"""HyperKitty, the archive of Mailman 3: threads as pages and as its API's payloads.

Reads: thread pages (with the replies in them, as crawlers and browsers without scripts get them), the replies a page
    loads later (JSON with HTML in it), single message pages, the API's emails; follows lists of threads.
Seen: documented only (templates and API of 1.0 to 1.3, by their source).
Traps: a day is printed only where it changes, without its year but for the first message; times are the site's, UTC
    unless it is set otherwise, while the full date in the hint is the sender's, without its zone; lines count in the
    body; the API's lists of emails hold no text, each email's own payload does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from overheard.errors import UnreadableError
from overheard.forums.address import join_address, split_address
from overheard.forums.body import Body, read_body
from overheard.forums.dates import find_date, resolve
from overheard.forums.elements import select, shown
from overheard.forums.mail.headers import ids_in, name_of_sender
from overheard.forums.mail.message import Message, quoted_name, read_plain_body
from overheard.forums.mail.own import cut_own
from overheard.forums.mail.threads import clean_subject, thread_messages
from overheard.forums.outline import drop_unseen, parse_html
from overheard.forums.payload import dict_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_MARKS = re.compile(r'class="email-header"|class="email-header |id="thread-content"|class="thread-title"')
_OWN = re.compile(r"hyperkitty|email-author|message_id_hash", re.IGNORECASE)
_LATER = re.compile(r'update_thread_replies\("([^"\s<>]{1,500})"')
_INDENT = re.compile(r"margin-left:\s*(\d{1,4})em")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?\s*(?:([ap])\.?m)?|(noon|midnight)", re.IGNORECASE)
_HALF_A_DAY = timedelta(hours=13)
_THREAD_URL = re.compile(r"/thread/[A-Z0-9]{20,40}/?$")


def is_hyperkitty(content: Content) -> bool:
    """Say whether the content is a page or a payload of HyperKitty."""
    if content.is_json:
        payload = dict_of(content.data)
        return "replies_html" in payload or bool(_emails(content.data))
    return bool(_MARKS.search(content.text)) and bool(_OWN.search(content.text))


def _emails(data: Any) -> list[dict[str, Any]]:
    """Return the rows of a payload that are emails or threads of the archive."""
    rows = rows_of(data) or rows_of(dict_of(data).get("results")) or [dict_of(data)]
    return [row for row in rows if "mailinglist" in row and ("message_id_hash" in row or "starting_email" in row)]


def read_hyperkitty(content: Content) -> tuple[Reading, ...]:
    """Read the emails of a thread, or of a payload.

    Raises:
        UnreadableError: a list that shows no email's text.
    """
    if content.is_json and "replies_html" not in dict_of(content.data):
        return _read_emails(content)
    source = text_of(dict_of(content.data).get("replies_html")) if content.is_json else content.text
    root = parse_html(source)
    if root is None:
        return ()
    drop_unseen(root)
    posts = _posts(root, content)
    if not posts:
        mend = "save a thread's own page with ?noscript at its end, or collect the list as a board"
        raise UnreadableError(content.url, "the page shows no email", mend)
    titles = [shown(element) for element in select(root, ".thread-header h3, .message-header h1, h3, h1")[:1]]
    key = content.url.partition("/replies")[0] + "/" if content.is_json else ""
    return (Reading(clean_subject(next(iter(titles), "")), tuple(posts), (), key),)


def _posts(root: Any, content: Content) -> list[Post]:
    posts: list[Post] = []
    above: list[tuple[int, str]] = []
    day: datetime | None = None
    emails = select(root, "div.email")
    known = set(emails)
    for email in emails:
        if any(holder in known for holder in email.iterancestors()):
            continue
        bodies = select(email, ".email-body")
        if not bodies:
            continue
        day = _day(email, content.fetched_at, day)
        body = _body(bodies[0])
        url = _permalink(email, content.url)
        key = _message_id(email)
        level = _level(email)
        above = [(depth, name) for depth, name in above if depth < level] if level is not None else []
        answered = above[-1][1] if above else posts[0].key or posts[0].url if posts and level == 0 else None
        above.append((level if level is not None else -1, key or url or ""))
        if body.text:
            author = name_of_sender(shown(next(iter(select(email, ".email-author .name")), None)), is_list=True)
            said_at = _said_at(email, day, content.fetched_at)
            answered = answered or quoted_name(body) or None
            posts.append(Post(body.text, author, len(posts), said_at, url, body.not_own, answered, key=key))
    return posts


def _body(element: Any) -> Body:
    for switch in select(element, ".quoted-switch, .pgp, .text-muted"):
        if switch is not element and switch.getparent() is not None:
            switch.drop_tree()
    for quoted in select(element, ".quoted-text"):
        quoted.set("class", "quote")
    # The lines are the mail's own: the page's style keeps them.
    element.tag = "pre"
    body = read_body(element)
    return Body(*cut_own(body.text, body.not_own), body.quoted)


def _day(email: Any, fetched_at: datetime, before: datetime | None) -> datetime | None:
    """Return the day printed above an email, or the one of the email before it where none is."""
    printed = shown(next(iter(select(email, ".email-date .date")), None))
    found = find_date(printed, fetched_at) if re.search(r"\d{4}", printed) else None
    if found is not None:
        return resolve(found, "unknown", timedelta())
    return None if printed else before


def _said_at(email: Any, day: datetime | None, fetched_at: datetime) -> datetime | None:
    """Put the day and the time together; the sender's own full date tells the day where none is printed."""
    time = next(iter(select(email, ".email-date .time [title]")), None)
    clock = _clock_in(shown(time))
    if time is None or clock is None:
        return None
    hour, minute = clock
    label, colon, hint = (time.get("title") or "").partition(": ")
    senders = _senders_date(hint if colon else label, fetched_at)
    if senders is None:
        return day.replace(hour=hour, minute=minute) if day is not None else None
    # Within half a day of the sender's clock there is one moment at which the site's clock shows this time.
    same_day = senders.replace(hour=hour, minute=minute)
    apart = same_day - senders
    if apart > _HALF_A_DAY:
        return same_day - timedelta(days=1)
    return same_day + timedelta(days=1) if apart < -_HALF_A_DAY else same_day


def _senders_date(text: str, fetched_at: datetime) -> datetime | None:
    """Read a full date with its time, in the zone it is printed in; None where a part is missing."""
    found = find_date(text, fetched_at) if re.search(r"\d{4}", text) else None
    if found is None or not found.readings:
        return None
    day = resolve(replace(found, clock=None, offset=None), "unknown", timedelta())
    clock = found.clock[:2] if found.clock else _clock_in(text[found.end :])
    return day.replace(hour=clock[0], minute=clock[1]) if day is not None and clock is not None else None


def _clock_in(text: str) -> tuple[int, int] | None:
    found = _CLOCK.search(text)
    if found is None:
        return None
    if found[4]:
        return (12, 0) if found[4].lower() == "noon" else (0, 0)
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _permalink(email: Any, page_url: str) -> str | None:
    link = next(iter(select(email, ".messagelink a[href]")), None)
    return join_address(page_url, link.get("href")) if link is not None else None


def _message_id(email: Any) -> str:
    for link in select(email, "a.reply-mailto[href]"):
        for name, values in parse_qs(split_address(link.get("href")).query).items():
            if name.lower() == "in-reply-to":
                return next(iter(ids_in(values[0])), values[0].strip("<> "))
    return ""


def _level(email: Any) -> int | None:
    """Return how deep an answer is drawn; None for what is no answer."""
    holder = email.getparent()
    if holder is None or not {"odd", "even"} & set((holder.get("class") or "").split()):
        return None
    found = _INDENT.search(holder.get("style") or "")
    return int(found[1]) if found else 0


def _read_emails(content: Content) -> tuple[Reading, ...]:
    rows = [row for row in _emails(content.data) if text_of(row.get("content"))]
    if not rows:
        mend = "fetch each email's own payload (/email/ID/), which holds its text"
        raise UnreadableError(content.url, "the payload lists threads or emails without their texts", mend)
    return thread_messages([_email(row) for row in rows])


def _email(row: dict[str, Any]) -> Message:
    body = read_plain_body(text_of(row["content"]).replace("\r\n", "\n"))
    sender = dict_of(row.get("sender"))
    name = line_of(row.get("sender_name")) or line_of(sender.get("name")) or line_of(sender.get("address"))
    at = instant_of(row.get("date"))
    return Message(
        text=body.text,
        author=name_of_sender(name.replace("(a)", "@"), is_list=True),
        subject=line_of(row.get("subject")),
        key=line_of(row.get("message_id")).strip("<>") or line_of(row.get("message_id_hash")),
        answers=line_of(row.get("parent")),
        thread=line_of(row.get("thread")),
        said_at=at.astimezone(UTC) if at else None,
        not_own=body.not_own,
        quotes=quoted_name(body),
    )


def follow_hyperkitty(content: Content) -> Links:
    """Return the threads a list shows with their last activity, its next page, and what a thread's page loads later."""
    if content.is_json:
        return _follow_payload(content)
    root = parse_html(content.text)
    if root is None:
        return Links()
    threads: dict[str, str] = {}
    for row in select(root, "div.thread, tr.thread"):
        anchor = next((link for link in select(row, "a[href]") if _THREAD_URL.search(link.get("href"))), None)
        if anchor is not None:
            date = next(iter(select(row, ".thread-date")), None)
            dated = (date.get("title") or "") if date is not None else ""
            stats = " ".join(shown(item) for item in select(row, ".list-stats li")[-1:])
            threads.setdefault(join_address(content.url, anchor.get("href")), f"{dated} {stats}".strip())
    more = [
        join_address(content.url, link.get("href"))
        for link in select(root, ".pagination a[rel=next][href], a.next[href]")
    ]
    if later := _LATER.search(content.text):
        more.append(join_address(content.url, later[1].replace("&amp;", "&")))
    return Links(tuple(ThreadLink(url, mark) for url, mark in threads.items()), tuple(dict.fromkeys(more)))


def _follow_payload(content: Content) -> Links:
    payload = dict_of(content.data)
    if "replies_html" in payload:
        offset = payload.get("next_offset")
        if payload.get("more_pending") is not True or not isinstance(offset, int):
            return Links()
        base = re.sub(r"[?&]offset=\d+", "", content.url)
        return Links(more=(f"{base}{'&' if '?' in base else '?'}offset={offset}",))
    more = [line_of(payload.get("next"))]
    threads = []
    for row in _emails(content.data):
        if "starting_email" in row and line_of(row.get("emails")):
            mark = f"{line_of(row.get('date_active'))} {row.get('replies_count', '')}".strip()
            threads.append(ThreadLink(join_address(content.url, line_of(row.get("emails"))), mark))
        elif "message_id_hash" in row and "content" not in row:
            more.append(line_of(row.get("url")))
    return Links(tuple(threads), tuple(join_address(content.url, url) for url in more if url))


READER = Reader("HyperKitty", is_hyperkitty, read_hyperkitty, follow_hyperkitty)
