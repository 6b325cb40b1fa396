"""When are two spellings one word, and when does one word hold or derive from the other?"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import takewhile

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_AGENT = re.compile(r"(?:er|or|ist|ant|ee|man)$")
_LONG_STEM = 6
"""Letters two words share from the first: from here on one is derived from the other (develop-er, develop-ment)."""


def words_with_places(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the words of `text[start:end]`, lower case, with their characters in `text`."""
    found = [(one.group().casefold(), one.start(), one.end()) for one in _WORD.finditer(text, start, end)]
    return [(re.sub(r"['’]s$", "", word), first, last) for word, first, last in found]


def stem_of(word: str) -> str:
    """Return a word without its inflection, coarsely: the same for invoice, invoices, invoiced and invoicing."""
    for ending, kept in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + kept
    return word


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of the words of `text`, in order."""
    return tuple(stem_of(word) for word, _, _ in words_with_places(text, 0, len(text)))


def is_derived(one: str, other: str) -> bool:
    """Say whether two words are of one family but name different things: developer and development, payer and pay."""
    if stem_of(one) == stem_of(other):
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    shortest = min(len(stem_of(one)), len(stem_of(other)))
    is_agent, other_is = (bool(_AGENT.search(word.removesuffix("s"))) for word in (one, other))
    return shared >= _LONG_STEM or (is_agent != other_is and shared >= max(3, shortest - 1))


def is_compound(one: str, other: str, known: Collection[str]) -> bool:
    """Say whether the longer word is the shorter and another known word, as `mailbox` is mail and box.

    What is left of an abbreviation is no word: `sync` is not part of a compound in `synchronisation`.

    Args:
        one: a word.
        other: another.
        known: words that customers write, and their stems.
    """
    short, long = sorted((one, other), key=len)
    rests = [long[len(short) :]] if long.startswith(short) else []
    rests += [long[: -len(short)]] if long.endswith(short) else []
    return any(len(rest) >= 3 and (rest in known or stem_of(rest) in known) for rest in rests)
