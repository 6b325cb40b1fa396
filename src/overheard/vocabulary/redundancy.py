"""Of a word and a phrase that holds it, which tells more?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Score = Callable[[int, int], float]
"""Log-odds z of so many people of the group and so many others."""

LEAST_ALONE = 0.3
"""A word stays beside its phrase when people who say it without the phrase alone give it this share of its z."""

LEAST_EQUAL = 0.7
"""A phrase can take its word's place when it reaches this share of the word's z."""

LEAST_GAIN = 0.5
"""A phrase stays beside its word when it reaches this share of the word's z; a weaker one only repeats the word.

The three were chosen on 18 communities: of the values tried, they make the lists of two halves of the texts most alike.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term to be weighed: its words, its log-odds z, and who says it in the group and elsewhere."""

    parts: tuple[int, ...]
    z: float
    here: frozenset[int]
    elsewhere: frozenset[int]


def keep_telling(ranked: Sequence[Candidate], score: Score, limit: int) -> list[int]:
    """Walk down a ranking and leave out what another term says better.

    A word is dropped for a phrase when hardly anything of it is left outside that phrase ("syndrome" for "imposter
    syndrome"); a phrase is dropped when a word of it, kept already, is the much better mark ("new server").

    Args:
        ranked: terms, best first.
        score: z of counts of people.
        limit: how many terms are wanted.

    Returns:
        Indices into `ranked` of at most `limit` terms, in order.
    """
    kept: list[int] = []
    for index, term in enumerate(ranked):
        if len(kept) == limit:
            break
        repeats = any(
            _is_within(ranked[word].parts, term.parts) and term.z < LEAST_GAIN * ranked[word].z for word in kept
        )
        if not repeats and not any(_replaces(phrase, term, score) for phrase in ranked):
            kept.append(index)
    return kept


def _replaces(phrase: Candidate, word: Candidate, score: Score) -> bool:
    if phrase.z < LEAST_EQUAL * word.z or not _is_within(word.parts, phrase.parts):
        return False
    return score(len(word.here - phrase.here), len(word.elsewhere - phrase.elsewhere)) < LEAST_ALONE * word.z


def _is_within(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    """Tell whether the words of `inner` stand together in the longer `outer`."""
    size = len(inner)
    return size < len(outer) and any(outer[i : i + size] == inner for i in range(len(outer) - size + 1))
