"""Archives of mailboxes: one zip with .mbox or .eml files in it.

Reads: groups.io's "Download archives", Google Takeout of mail and groups, folders of .eml, zipped.
Seen: groups.io.
Traps: unpacks with limits on size, ratio and members; a group without messages is an empty mailbox.
"""

from __future__ import annotations

from overheard.forums.mail.boxes import holds_mail, packed_mailboxes
from overheard.forums.reader import Content, Reader
from overheard.forums.readers.mailbox import read_boxes
from overheard.records import Reading


def is_mail_archive(content: Content) -> bool:
    """Say whether the content is a zip archive that holds mail."""
    return holds_mail(content.page.body)


def read_mail_archive(content: Content) -> tuple[Reading, ...]:
    """Read the threads of all mailboxes in the archive.

    Raises:
        UnreadableError: the archive is broken, too large, or holds no message with a text.
    """
    return read_boxes(content.url, packed_mailboxes(content.url, content.page.body))


READER = Reader("mail archive", is_mail_archive, read_mail_archive)
