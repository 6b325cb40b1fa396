"""Where a text tells who somebody is: contact details by pattern, and names seen in the market."""

from __future__ import annotations

import re
from collections.abc import Iterable

from overheard.records import Span

# Each pattern is linear: no nested repetition. High precision first: a blot in a quote costs the reader a word.
_CONTACT = re.compile(
    r"""
    [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}            # e-mail
  | (?<![\w/])@[A-Za-z_]\w{2,30}\b                              # @handle
  | (?<!\w)/?u/[\w-]{3,30}\b                                    # u/name
  | (?<![\w.])\+\d{1,3}[\s.()-]{0,2}(?:\d[\s.()-]{0,2}){6,11}\d # phone, international
  | (?<![\w.-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?![\w-])       # phone, North American
  | (?<![\w.])0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}(?![\w-])        # phone, national
  | \b\d{1,3}(?:\.\d{1,3}){3}\b                                 # IP address
  | \b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b                    # IBAN
  | \b(?:\d{4}[ -]?){3}\d{4}\b                                  # card
    """,
    re.VERBOSE,
)

SHORTEST_NAME = 5
"""Shorter shown names ("Sam", "Max") are also words and first names of others; blotting them would riddle the text."""


def blots_in(text: str, names: Iterable[str] = ()) -> list[Span]:
    """Find what must not be shown of `text`.

    Args:
        text: one quote.
        names: shown names of the market's people; those shorter than `SHORTEST_NAME` are let stand.

    Returns:
        Sorted, non-overlapping spans.
    """
    found = [match.span() for match in _CONTACT.finditer(text)]
    lowered = text.casefold()
    if len(lowered) == len(text):
        for name in names:
            found += _whole_words(lowered, name.casefold()) if len(name) >= SHORTEST_NAME else []
    blots: list[Span] = []
    for start, end in sorted(found):
        if blots and start <= blots[-1][1]:
            blots[-1] = (blots[-1][0], max(end, blots[-1][1]))
        else:
            blots.append((start, end))
    return blots


def _whole_words(text: str, name: str) -> list[Span]:
    spans, at = [], text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() or after.isalnum()):
            spans.append((at, end))
        at = text.find(name, end)
    return spans
