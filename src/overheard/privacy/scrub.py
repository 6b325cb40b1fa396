"""Where a text tells who somebody is: contact details by pattern, and names seen in the market."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from overheard.records import Span

# Each pattern is linear: no nested repetition without a bound. High precision first: a blot in a quote costs the reader
# a word.
_AT = re.compile(
    r"""
    [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}            # e-mail
  | (?<![\w/])@[A-Za-z_](?:\w{2,30}\b|[\w.-]{1,30}\w\b)     # @handle
    """,
    re.VERBOSE,
)
_WRITTEN_AT = re.compile(
    r"[\w.+-]{1,64} ?(?:\(at\)|\[at\]) ?[\w-]{1,63}(?:(?:\.| ?(?:\(dot\)|\[dot\]) ?)[\w-]{1,63}){1,4}"
)
_ADDRESS = re.compile(
    r"""
    (?<![\w.-])(?:https?://)?(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/(?:(?:u|users?|members?|profiles?|in|people|authors?)/|@)
    [\w.%+-]{2,40}                                             # of somebody's profile
  | (?<![\w.-])(?:https?://)?(?:(?:www|m|mobile)\.)?(?:twitter|x|instagram|facebook|tiktok|t)\.(?:com|me)/[\w.-]{2,40}
    """,
    re.VERBOSE,
)
_CONTACT = re.compile(
    r"""
    (?<![\w/])/?u/[\w-]{3,30}\b                              # u/name
  | (?<![\w.])(?:\+|00(?=[1-9]))\d{1,3}[\s./()-]{0,2}(?:\d[\s./()-]{0,2}){6,11}\d # phone, international
  | (?<![\w.-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?![\w-])       # phone, North American
  | (?<![\w.])0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,4}(?![\w-])       # phone, national
  | (?<![\w.])0\d(?:[ .]\d{2}){4}(?![\w-])                    # phone, in pairs
  | \(0\d{1,4}\)[\s-]?\d{3,4}[\s-]?\d{3,4}(?![\w-])            # phone, area in brackets
  | (?<![\w.-])(?:[6-9]\d{4}[ -]\d{5}|1[3-9]\d[ -]\d{4}[ -]\d{4})(?![\w-])      # mobiles of India and China
  | \b(?:tel|phone|fax|mobile|cell|whatsapp)\b[\s.:]{1,3}\d[\d\s().-]{4,16}\d   # said to be a number
  | \b\d{1,3}(?:\.\d{1,3}){3}\b                                 # IP address
  | (?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])      # IPv6, whole
  | (?<![\w:])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5}(?![\w:])               # IPv6, shortened
  | [?&](?:user|username|member|author|email)=[\w.%+@-]{2,60}
  | \b\d{1,5}[A-Za-z]?,?\ (?:[A-Z][\w'’.-]{1,20}\ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court
    |Crescent|Terrace|Boulevard|Blvd|Square|Gardens)\b          # 12 Elm Street
  | \b[A-ZÄÖÜ][\wäöüß-]{1,25}(?:straße|strasse|str\.|weg|platz|gasse|allee)\ \d{1,4}[a-z]?\b
  | \b\d{1,4}(?:\ bis|\ ter)?,?\ (?:rue|avenue|boulevard|chemin|quai)\ (?:(?:de|du|des|la|le)\ |de\ l['’]){0,2}
    [A-ZÉ]\w{1,25}
  | \bP\.?\ ?O\.?\ Box\ \d{1,6}\b
  | \b[A-Z][a-z]{2,20},\ [A-Z]{2}\ \d{5}(?:-\d{4})?\b           # town, state and code
  | \b[A-Z]{1,2}\d[A-Z\d]?\ \d[A-Z]{2}\b                      # British postcode
  | \b\d{3}-\d{2}-\d{4}\b                                     # social security number
    """,
    re.VERBOSE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_SIGN_OF_CONTACT = re.compile(r"[\d/:=]")
"""No other contact, account or card is without all of these; most sentences are."""
_BY_SIGN = (("@", _AT), ("(at)", _WRITTEN_AT), ("[at]", _WRITTEN_AT), ("/", _ADDRESS))
"""What is looked for only where a text has the sign of it at all."""
_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}+(?![\w-])")

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
        found: list[Span] = []
        for sign, pattern in _BY_SIGN:
            if sign in text:
                found += [match.span() for match in pattern.finditer(text)]
        if _SIGN_OF_CONTACT.search(text):
            found += [match.span() for match in _CONTACT.finditer(text)]
            found += [match.span() for match in _IBAN.finditer(text) if _is_iban(match[0])]
            found += [match.span() for match in _CARD.finditer(text) if _is_card(match[0])]
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
        if self._names.keys().isdisjoint(map(str.casefold, _WORD.findall(text))):
            return []
        words = [(match[0].casefold(), match[0], *match.span()) for match in _WORD.finditer(text)]
        spans = []
        for at, (folded, written, start, _) in enumerate(words):
            for name in self._names.get(folded, ()):
                taken = words[at : at + len(name)]
                same = tuple(word[0] for word in taken) == name
                near = all(right[2] - left[3] <= _FARTHEST for left, right in pairwise(taken))
                # Somebody calls himself "invoice": a plain word is his name only where it is written like one.
                if same and near and (len(name) > 1 or not folded.isalpha() or not written[0].islower()):
                    spans.append((start, taken[-1][3]))
        return spans


def _is_iban(written: str) -> bool:
    """Tell whether an account number's check digits are right (ISO 7064, mod 97-10)."""
    number = "".join(written.split())
    return int("".join(str(int(letter, 36)) for letter in number[4:] + number[:4])) % 97 == 1


def _is_card(written: str) -> bool:
    """Tell whether a card number's check digit is right (Luhn); an order's number is so one time in ten."""
    digits = [int(digit) for digit in written if digit.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1
