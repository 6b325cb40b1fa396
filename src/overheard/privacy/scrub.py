"""Where a text tells who somebody is: contact details by pattern, and names seen in the market."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

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

_WORD = re.compile(r"\w+")
_FARTHEST = 3
"""Characters that may stand between two words of a name: "Noor @ Tallybird"."""


class Blotter:
    """Finds what must not be shown of a text: contact details, and the shown names of the market's people."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Args: names: of people; those shorter than `SHORTEST_NAME` are let stand."""
        self._names: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(set(names)):
            words = tuple(_WORD.findall(name.casefold()))
            if words and len(name) >= SHORTEST_NAME:
                self._names[words[0]].append(words)

    def find(self, text: str) -> list[Span]:
        """Return sorted, non-overlapping spans of `text`."""
        found = [match.span() for match in _CONTACT.finditer(text)]
        if self._names:
            found += self._named(text)
        blots: list[Span] = []
        for start, end in sorted(found):
            if blots and start <= blots[-1][1]:
                blots[-1] = (blots[-1][0], max(end, blots[-1][1]))
            else:
                blots.append((start, end))
        return blots

    def _named(self, text: str) -> list[Span]:
        words = [(match[0].casefold(), match[0], *match.span()) for match in _WORD.finditer(text)]
        spans = []
        for at, (folded, written, start, _) in enumerate(words):
            for name in self._names.get(folded, ()):
                taken = words[at : at + len(name)]
                same = tuple(word[0] for word in taken) == name
                near = all(right[2] - left[3] <= _FARTHEST for left, right in pairwise(taken))
                # Somebody calls himself "invoice": a plain word is his name only where it is written like one.
                if same and near and (len(name) > 1 or not folded.isalpha() or written[0].isupper()):
                    spans.append((start, taken[-1][3]))
        return spans
