"""Who of the customers says a word or phrase, and where first?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from overheard.positioning.phrases import Phrase
from overheard.positioning.wording import stem_of, words_with_places
from overheard.records import Span, Utterance

WIDEST_GAP = 3
"""Words that may stand between a verb and its object: `send them another invoice`."""

_BEFORE_VERBS = frozenset({
    "to", "i", "we", "you", "they", "he", "she", "can", "could", "will", "would", "should", "must", "might", "may",
    "ll", "don't", "can't", "won't", "didn't"
})  # fmt: skip
_AFTER_VERBS = frozenset({
    "the", "a", "an", "my", "me", "them", "him", "her", "us", "you", "your", "their", "his", "our", "these", "those",
    "everyone", "everybody"
})  # fmt: skip
"""What a word follows or is followed by where it is no noun: `quote the wrong number`, `to invoice them`."""

Place = tuple[str, int, int]
"""utterance_id, start, end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term to look for: stems that stand side by side, after one of `verbs` where there are any.

    `is_thing`: one noun; where the word stands as a verb it is another.
    """

    verbs: frozenset[str]
    stems: tuple[str, ...]
    is_thing: bool = False


def wanted_of(phrase: Phrase, verb_forms: Mapping[str, frozenset[str]]) -> Wanted:
    """Return what to look for.

    Args:
        phrase: a thing or an action.
        verb_forms: base form → stems of the forms it is written in.
    """
    stems = tuple(stem_of(word) for word in phrase.key)
    if phrase.kind == "thing":
        return Wanted(frozenset(), stems, is_thing=len(stems) == 1)
    return Wanted(verb_forms.get(phrase.key[0], frozenset()) | {stems[0]}, stems[1:])


def find_sayers(
    wanted: Iterable[Wanted], utterances: Sequence[Utterance], own: Mapping[str, Sequence[Span]]
) -> tuple[dict[Wanted, dict[str, Place]], frozenset[str]]:
    """Find who says what, in one walk through all words.

    Args:
        wanted: terms to look for.
        utterances: what customers said; of each person the first use of a term is kept.
        own: spans of each utterance's own words, by utterance_id.

    Returns:
        For each term person_id → where they say it first; and all words that were written, with their stems.
    """
    found: dict[Wanted, dict[str, Place]] = {one: {} for one in wanted}
    starting: dict[str, list[Wanted]] = defaultdict(list)
    for one in found:
        starting[one.stems[0]].append(one)
    written: dict[str, str] = {}
    for utterance in utterances:
        words = [
            word for start, end in own.get(utterance.utterance_id, ())
            for word in words_with_places(utterance.text, start, end)
        ]  # fmt: skip
        stems = [written.get(word) or written.setdefault(word, stem_of(word)) for word, _, _ in words]
        for place, stem in enumerate(stems):
            for one in starting.get(stem, ()):
                first = _start_of(one, stems, place)
                if first is not None and not (one.is_thing and _is_verb(words, place)):
                    where = (utterance.utterance_id, words[first][1], words[place + len(one.stems) - 1][2])
                    found[one].setdefault(utterance.person_id, where)
    return found, frozenset(written) | frozenset(written.values())


def _is_verb(words: Sequence[tuple[str, int, int]], place: int) -> bool:
    before = words[place - 1][0] if place else ""
    after = words[place + 1][0] if place + 1 < len(words) else ""
    return before in _BEFORE_VERBS or after in _AFTER_VERBS


def _start_of(one: Wanted, stems: Sequence[str], place: int) -> int | None:
    """Return the word at which the term begins whose nouns begin at `place`; None where it does not stand there."""
    if tuple(stems[place : place + len(one.stems)]) != one.stems:
        return None
    if not one.verbs:
        return place
    before = range(place - 1, max(-1, place - 2 - WIDEST_GAP), -1)
    return next((index for index in before if stems[index] in one.verbs), None)
