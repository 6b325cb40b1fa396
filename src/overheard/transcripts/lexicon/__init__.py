"""Lists of words and patterns, one a line: columns between tabs, a line that begins with # says what they are."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list of this folder, by its name without the ending."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
