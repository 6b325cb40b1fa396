"""Which part of a mail archive's web page is the message? Shared by the archives that mark where it begins."""

from __future__ import annotations

from overheard.errors import UnreadableError
from overheard.forums.body import Body
from overheard.forums.mail.message import read_html_body
from overheard.forums.reader import Content

_MEND = "collect it as a board, or save the messages' own pages"


def split_message_page(content: Content, mark: str, mend: str = _MEND) -> tuple[str, str]:
    """Return what stands before and after the mark at which the message begins; `mend` is told of an index.

    Raises:
        UnreadableError: there is no mark: the page is the archive's index.
    """
    head, found, rest = content.text.partition(mark)
    if not found:
        raise UnreadableError(content.url, "is the index of a mail archive and shows no message", mend)
    return head, rest


def read_message_body(content: Content, markup: str) -> Body:
    """Read the message's text.

    Raises:
        UnreadableError: it shows no word.
    """
    body = read_html_body(markup)
    if not body.text:
        raise UnreadableError(content.url, "the message shows no word", "save another message's page")
    return body
