"""What do the lexica hold? Words by kind, and tables of patterns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_words(name: str) -> dict[str, frozenset[str]]:
    """Return the entries of lexicon/`name`.txt by kind, in lower case; "_" stands for a space, # begins a remark."""
    text = (files("overheard.signals.own_words") / "lexicon" / f"{name}.txt").read_text("utf-8")
    kinds: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, _, entries = line.partition(" ")
            kinds.setdefault(kind, set()).update(entry.replace("_", " ").casefold() for entry in entries.split())
    return {kind: frozenset(entries) for kind, entries in kinds.items()}


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of lexicon/`name`.txt, whose columns are separated by tabs; "# " begins a remark."""
    text = (files("overheard.signals.own_words") / "lexicon" / f"{name}.txt").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("# "))
