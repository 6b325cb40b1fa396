"""Does a sentence stand alone? Who reads it as an option to pick knows neither its thread nor its author."""

from __future__ import annotations

import re

from overheard.people.needs.words import need_words

CLEAR = 3.0
"""Points a sentence needs to be offered. Of 2, 3 and 4 this found most memberships of people left out."""

_SHORTEST, _LONGEST = 30, 160
"""Characters of a sentence to pick from: shorter ones say nothing on their own, longer ones are not read."""
_LEANING = re.compile(
    r"(?:it|its|it's|that|that's|this|these|those|he|she|they|them|his|her|and|but|so|or|then|there"
    r"|also|because|which|yes|no|not|well|ugh|ah|oh|same|sadly|though|still|anyway|instead|else|mine|only"
    r"|doesn't|don't|didn't|isn't|wouldn't|can't|maybe|though|except|by the time|the \w+ ones"
    r"|(?:i|we) \w+ (?:it|them|this|that|him|her))\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on one before it."""
_OWN = re.compile(r"(?:\S+ ){0,4}(?:I|my|me|we|our|us)\b", re.IGNORECASE)
"""Somebody speaks of themselves, and does so at once."""
_HARSH = re.compile(r"[\[\]{}<>|]|https?:|www\.|\b(?:not my|for once|no longer|not a problem)\b")
"""What makes a stranger stumble: marks of code and links, and who says that they have not got the pain."""


def is_clear(text: str) -> bool:
    """Say whether a stranger understands a sentence: whole points for what they stumble over."""
    text = " ".join(text.split())
    points = 2.0 * (_SHORTEST <= len(text) <= _LONGEST) + (text[:1].isupper() and text[-1:] in ".!?")
    points += 1.5 * bool(_OWN.match(text)) - 2.0 * bool(_LEANING.match(text)) - 2.0 * bool(_HARSH.search(text))
    return points + 0.25 * min(len(set(need_words(text))), 6) >= CLEAR
