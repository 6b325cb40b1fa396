"""What every reader of this room is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.decoding import decode_body
from overheard.forums.outline import parse_html
from overheard.jsontext import parse_json
from overheard.records import Links, Page, Reading

_ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True)
class Content:
    """A page as fetched or saved, and what it says once decoded. Each view is made when first asked for, and kept."""

    page: Page

    @property
    def url(self) -> str:
        """Where the page came from: an address, or a file's name."""
        return self.page.url

    @property
    def fetched_at(self) -> datetime:
        """UTC; what relative dates are counted from."""
        return self.page.fetched_at

    @cached_property
    def text(self) -> str:
        """The decoded text; empty for an archive, whose reader takes the bytes."""
        return "" if self.page.body.startswith(_ARCHIVE) else decode_body(self.page)

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins as a JSON object or array does."""
        return self.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")

    @cached_property
    def data(self) -> Any:
        """The JSON value; None where the text is no JSON."""
        return self._parsed[0]

    @property
    def flaw(self) -> UnreadableError | None:
        """Why the text, begun as JSON, is none; None where nothing is wrong."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Any, UnreadableError | None]:
        return parse_json(self.text, self.url) if self.is_json else (None, None)

    def parse_root(self) -> Any:
        """Return the root element of a tree of its own, free to be changed; None where the text holds no element."""
        return parse_html(self.text)


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read a page: one engine, API or export.

    Attributes:
        name: what is read, as its users call it.
        recognises: goes by marks in the content, never by a site's name; cheap, and never raises.
        read: returns one Reading for each thread in the page; none where the page is not its own after all, and the
            next reader that recognises it has its turn. Raises UnreadableError to say what is wrong for good.
        follow: returns where the page leads: threads of a listing, further pages. None where nobody can follow it.
    """

    name: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], Sequence[Reading]]
    follow: Callable[[Content], Links] | None = None
