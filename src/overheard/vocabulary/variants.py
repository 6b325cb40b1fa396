"""Which spellings are one word? Plural and singular, British and American, accented and plain, where both occur."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

LEAST_SHARE = 0.1
"""A base is believed when it is written at least this often beside its variant; a slip of the keyboard is not."""

_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "feet": "foot", "teeth": "tooth", "grey": "gray"}
_SPELLINGS = (
    (re.compile(r"(?<=..[a-z])is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=...)ys(?=(?:e|ed|es|er|ers|ing)$)"), "yz"),
    # "four" and "hour" are no variants of "for" and "hor": at least four letters stand around the u.
    (re.compile(r"(?<=[a-z]{3}o)u(?=r)"), ""),
    (re.compile(r"(?<=[a-z]{4}l)l(?=(?:ed|er|ers|ing)$)"), ""),
    (re.compile(r"(?<=[a-z]{3}t)re$"), "er"),
    (re.compile(r"(?<=[a-z]og)ue$"), ""),
    (re.compile(r"(?<=[a-z]{3}en)ce$"), "se"),
    (re.compile(r"(?<=program)me$"), ""),
)


def join_variants(uses: Mapping[str, int], apart: Collection[str]) -> dict[str, str]:
    """Find the base of each word that is a variant of another one.

    A rule is followed only where its result is itself written at least `LEAST_SHARE` as often as the variant, so that
    "news" does not become "new" nor "analysis" "analysi".

    Args:
        uses: how often each word is written, lower case.
        apart: words that are never a base, such as function words ("others" is no plural of "other").

    Returns:
        variant → base, for variants only; a base is never a variant itself.
    """
    step: dict[str, str] = {}
    for word, count in uses.items():
        bases = [base for base in _bases(word) if base not in apart and uses.get(base, 0) >= LEAST_SHARE * count]
        if bases and word not in apart:
            step[word] = max(bases, key=lambda base: (uses[base], base))
    return {word: _root(word, step) for word in step}


def _root(word: str, step: Mapping[str, str]) -> str:
    seen = {word}
    while (following := step.get(word)) is not None and following not in seen:
        word = following
        seen.add(word)
    return word


def _bases(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    if len(word) >= 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
        if len(word) >= 5 and word.endswith("ies"):
            yield word[:-3] + "y"
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            yield word[:-2]
        if len(word) >= 5 and word.endswith("ves"):
            yield word[:-3] + "f"
            yield word[:-3] + "fe"
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    if plain != word:
        yield plain
    for pattern, american in _SPELLINGS:
        if pattern.search(word):
            yield pattern.sub(american, word)
