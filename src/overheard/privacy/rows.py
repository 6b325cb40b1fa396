"""A row of any table without what points to somebody forgotten and without their words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

_LINKS = frozenset({"replies_to", "parent_id", "into", "other_id"})
"""Columns whose row is another's: it stays, and the link goes."""


def purged_row(row: dict[str, Any], doomed: Collection[str], blot: Callable[[str], str]) -> dict[str, Any] | None:
    """Return a row as it may stay, None where it is about somebody forgotten.

    A row goes if one of its columns is a doomed id; an item of a list goes if it is one or holds one. Of all other
    texts the words of the forgotten are blotted out.

    Args:
        row: plain values by column.
        doomed: ids of people, posts and signals.
        blot: covers words in a text, whose length stays.
    """
    if any(isinstance(value, str) and value in doomed and name not in _LINKS for name, value in row.items()):
        return None
    return {name: _purged(value, doomed, blot) for name, value in row.items()}


def _purged(value: Any, doomed: Collection[str], blot: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return None if value in doomed else blot(value)
    if isinstance(value, list):
        return [_purged(item, doomed, blot) for item in value if not _holds(item, doomed)]
    if isinstance(value, dict):
        return {name: _purged(item, doomed, blot) for name, item in value.items()}
    return value


def _holds(item: Any, doomed: Collection[str]) -> bool:
    if isinstance(item, dict):
        return any(_holds(part, doomed) for part in item.values())
    return isinstance(item, str) and item in doomed
