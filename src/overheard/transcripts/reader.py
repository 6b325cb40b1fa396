"""What every reader of this room is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from overheard.errors import UnreadableError
from overheard.jsontext import parse_json
from overheard.records import Reading
from overheard.transcripts.decoding import decode_text


@dataclass(frozen=True)
class Content:
    """A file, and what it says once decoded. Each view is made when first asked for, and kept.

    Attributes:
        place: the file's name; told in errors, and the title where the file tells none.
        body: its bytes.
    """

    place: str
    body: bytes

    @cached_property
    def text(self) -> str:
        """The decoded text with line feeds for line ends; empty where the bytes are no text."""
        return decode_text(self.body)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, numbered as an editor numbers them (index 0 is line 1)."""
        return self.text.split("\n")

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins as a JSON object, or as an array of objects, does."""
        opening = self.text[:1000].split()
        start = "".join(opening)[:2]
        return start in ('{"', "{}", "[{", "[]")

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
        return parse_json(self.text, self.place) if self.is_json else (None, None)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        name: what is read, as its users call it.
        recognises: goes by marks in the content, never by the file's ending; cheap, and never raises.
        read: returns the turns; a Reading without posts where the file is not its own after all, and the next reader
            that recognises it has its turn. Raises UnreadableError to say what is wrong for good.
    """

    name: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], Reading]
