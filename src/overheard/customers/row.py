"""A row of a customers' file as this room is given it, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

NameOf = Callable[[str], str]
"""Turns a person's name or number in the file into a person_id; the key that does it stays outside."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it ends at and its cells by column."""

    line: int
    values: Mapping[str, str]

    def cell(self, column: str | None) -> str:
        """Return what stands in a column, "" where there is no such column."""
        return self.values.get(column, "").strip() if column else ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was left out: its line and why, with the mend."""

    line: int
    why: str
