"""What does a picked answer mean? Feelings and ratings as survey tools print them."""

from __future__ import annotations

import re

from overheard.records import Feeling

_FEELINGS: tuple[tuple[re.Pattern[str], Feeling], ...] = (
    # The order matters: "not very disappointed" is not very.
    (re.compile(r"\bn/?a\b|no longer|don'?t use|do not use|never used|not applicable|stopped using"), "no longer"),
    (re.compile(r"\bnot\b.{0,20}disappointed|\bun?disappointed|wouldn'?t (?:mind|care)|\bindifferent"), "not"),
    (re.compile(r"\b(?:somewhat|slightly|a (?:bit|little)|mildly|moderately)\b.{0,4}disappointed"), "somewhat"),
    (re.compile(r"\b(?:very|extremely|really|quite|deeply|hugely)\b.{0,4}disappointed|devastated"), "very"),
)
_BARE: dict[str, Feeling] = {
    "very": "very",
    "somewhat": "somewhat",
    "not": "not",
    "not at all": "not",
    "na": "no longer",
}
_LONGEST = 90
"""Characters; a longer answer is text, not a pick."""

_WORDS = (
    (re.compile(r"^not (?:at all|important|satisfied)|^(?:very|extremely|completely) (?:dis|un)"), 1),
    (re.compile(r"^(?:slightly|a little|not very|not so|somewhat dis|dis|un)"), 2),
    (re.compile(r"^(?:moderately|somewhat|neutral|neither|fairly|average)"), 3),
    (re.compile(r"^(?:very|quite|important|satisfied)"), 4),
    (re.compile(r"^(?:extremely|completely|absolutely|essential|critical)"), 5),
)


def read_feeling(text: str) -> Feeling | None:
    """Read an answer to "how would you feel if you could no longer use it"; None where it is none."""
    plain = " ".join(text.lower().replace("’", "'").split())
    if plain in _BARE:
        return _BARE[plain]
    if len(plain) > _LONGEST:
        return None
    return next((feeling for pattern, feeling in _FEELINGS if pattern.search(plain)), None)


def read_rating(text: str) -> int | None:
    """Read a rating of 1 to 5 from "4", "4 - Very important" or "Very important"; None where it is none."""
    plain = " ".join(text.lower().split())
    if found := re.match(r"([1-5])(?:\.0)?(?:$|[\s:/)-](?!\d))", plain):
        return int(found[1])
    if len(plain) > _LONGEST:
        return None
    return next((value for pattern, value in _WORDS if pattern.search(plain)), None)
