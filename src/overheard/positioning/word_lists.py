"""Which words carry no meaning of their own, and which are marketing that nobody says?"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def plain_words() -> frozenset[str]:
    """Return words of everyday English that name no concept of a trade; a phrase neither begins nor ends in one."""
    return _words("plain.txt")


@cache
def vague_words() -> frozenset[str]:
    """Return words of advertisements that tell a reader nothing, in their base forms."""
    return _words("vague.txt")


@cache
def function_words() -> frozenset[str]:
    """Return words that say nothing by themselves, which a polished sentence may add."""
    return _words("function.txt")


@cache
def number_words() -> frozenset[str]:
    """Return words that count."""
    return _words("numbers.txt")


def _words(name: str) -> frozenset[str]:
    lines = files("overheard.positioning").joinpath("lexicon", name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
