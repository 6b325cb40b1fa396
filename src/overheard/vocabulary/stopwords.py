"""Which words are no vocabulary of their own? Four lists, each with its reason at its head."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def function_words() -> frozenset[str]:
    """Return the words that hold sentences together; no phrase begins or ends in one."""
    return frozenset(_words("function.txt"))


@cache
def general_words() -> frozenset[str]:
    """Return the words of every trade; they are terms only beside another word."""
    return frozenset(_words("general.txt"))


@cache
def prefixes() -> frozenset[str]:
    """Return what stands before a hyphen without being a word."""
    return frozenset(_words("prefixes.txt"))


@cache
def boilerplate() -> frozenset[str]:
    """Return the phrases of every forum, lower case; the places they stand in are not counted."""
    return frozenset(" ".join(line.split()) for line in _lines("boilerplate.txt"))


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


def _lines(name: str) -> list[str]:
    text = files("overheard.vocabulary.lexicon").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
