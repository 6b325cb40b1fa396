"""Mailboxes and single messages: what mail programs, list archives and news servers write out.

Reads: mbox (mboxo, mboxrd, "From - ", without dates), Pipermail's and HyperKitty's monthly text and exports, Takeout,
    public-inbox, .eml, NNTP articles and rnews batches, each packed by gzip or not; digests (multipart/digest).
Seen: Pipermail 2.1 text, HyperKitty 1.x export, groups.io mailboxes, NNTP articles of a Mailman gateway.
Traps: Pipermail drops the content headers and writes "ann at example.org"; the date in the "From " line is local time
    of nobody knows where; encodings are declared wrong; delivery reports and absence replies are not posts.
"""

from __future__ import annotations

from collections.abc import Iterable

from overheard.errors import UnreadableError
from overheard.forums.mail.boxes import begin_unpacked, is_mail, split_mailbox, unpack
from overheard.forums.mail.message import read_messages
from overheard.forums.mail.threads import thread_messages
from overheard.forums.reader import Content, Reader
from overheard.records import Reading


def is_mailbox(content: Content) -> bool:
    """Say whether the content begins as a mailbox or a message does."""
    return is_mail(begin_unpacked(content.page.body))


def read_mailbox(content: Content) -> tuple[Reading, ...]:
    """Read the threads of a mailbox.

    Raises:
        UnreadableError: it unpacks to too much, or no message in it has a text.
    """
    return read_boxes(content.url, [unpack(content.url, content.page.body)])


def read_boxes(place: str, boxes: Iterable[bytes]) -> tuple[Reading, ...]:
    """Read the threads of unpacked mailboxes, which may share threads.

    Raises:
        UnreadableError: no message has a text.
    """
    messages = [
        message for box in boxes for raw in split_mailbox(box) for message in read_messages(raw.body, raw.from_line)
    ]
    readings = thread_messages(messages)
    if not any(reading.posts for reading in readings):
        raise UnreadableError(place, "the mailbox holds no message with a text", "export it again")
    return readings


READER = Reader("mailbox", is_mailbox, read_mailbox)
