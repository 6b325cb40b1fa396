"""Which phrases say what a segment needs? Those made of the words that set its people apart."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.words import need_words

NAMING_SHARE = 0.2
"""Of a segment's people; a word that fewer say may tell them apart, but does not stand for them."""
_TELLING = 1.5
"""z-score of the log-odds by people, from which a word may lead a phrase."""
_AGAINST = -0.5
"""The least a word counts that the others say more."""
_FEWEST_PEOPLE = 2
"""Of a segment; what one person says names nobody but them."""
_MOST_PARSED = 300
"""Sentences of a segment that phrases are looked for in."""
_BETWEEN_HALVES = " · "
_MOST_WORDS = 4
_Z95 = 1.959963984540054


class SaidPhrase(Protocol):
    """A phrase of a sentence, such as a verb with its object."""

    @property
    def text(self) -> str:
        """As it would stand in a name."""

    @property
    def words(self) -> Sequence[tuple[str, str]]:
        """Its telling words, each as said and in its base form."""


PhrasesOf = Callable[[Sequence[str]], Sequence[Sequence[SaidPhrase]]]
"""Finds the phrases of each text."""


_Phrase = tuple[str, frozenset[str], set[int]]
"""A phrase, its content words, folded, and which of a segment's people say it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a segment; `words` are its content words, folded."""

    text: str
    words: frozenset[str]
    score: float


def find_candidates(
    segments: Sequence[Sequence[Sequence[Evidence]]],
    pain_names: Mapping[str, str],
    phrases_of: PhrasesOf | None,
    known: Iterable[str],
) -> list[list[Candidate]]:
    """Find phrases for each segment, best first.

    A phrase scores the sum of its words' z-scores, by people against the other segments, over the root of their number,
    and log2 of the people who say it or tell the pain it names.

    Args:
        segments: the evidence of each person of each segment.
        pain_names: pain_id → name.
        phrases_of: finds phrases in sentences; None leaves the names of pains.
        known: texts whose words say nothing here, such as the brief.
    """
    words = [[words_of(rows) for rows in people] for people in segments]
    silent = frozenset(word for text in known for word in need_words(text))
    found = []
    for segment, said, scores in zip(segments, words, z_scores(words), strict=True):
        counts = Counter(word for person in said for word in person)
        telling = {word: z for word, z in scores.items() if word not in silent}
        leading = {word for word, z in telling.items() if z >= _TELLING and counts[word] >= NAMING_SHARE * len(said)}
        phrases = _named_pains(segment, pain_names)
        if phrases_of is not None:
            phrases += _said_phrases(segment, leading, phrases_of)
        found.append(_ranked(phrases, telling, leading))
    return found


def words_of(rows: Sequence[Evidence]) -> frozenset[str]:
    """Return all content words of one person, folded."""
    return frozenset(word for one in rows for text in (one.text, one.context) for word in need_words(text))


def z_scores(sayings: Sequence[Sequence[frozenset[str]]]) -> list[dict[str, float]]:
    """Score what more of a segment's people say than of the others, by z of the log-odds ratio, counted by person.

    Args:
        sayings: for each segment, for each person, what they say.

    Returns:
        For each segment thing → z, of what two of its people say or more.
    """
    counts = [Counter(thing for person in people for thing in person) for people in sayings]
    sizes = [len(people) for people in sayings]
    everywhere: Counter[str] = sum(counts, Counter())
    total = sum(sizes)
    found = []
    for own, size in zip(counts, sizes, strict=True):
        things = sorted(thing for thing, people in own.items() if people >= _FEWEST_PEOPLE)
        here = np.array([own[thing] for thing in things], dtype=np.float64)
        there = np.array([everywhere[thing] for thing in things], dtype=np.float64) - here
        effect, _, upper = log2_odds_ratio(here, there, size, total - size)
        found.append(dict(zip(things, (_Z95 * effect / (upper - effect)).tolist(), strict=True)))
    return found


def _named_pains(segment: Sequence[Sequence[Evidence]], pain_names: Mapping[str, str]) -> list[_Phrase]:
    tellers: dict[str, set[int]] = defaultdict(set)
    for person, rows in enumerate(segment):
        for one in rows:
            name = pain_names.get(one.pain_id or "", "")
            # A pain that no phrase names is called by a sentence, in quotes.
            for part in name.split(_BETWEEN_HALVES) if not name.startswith("“") else ():
                tellers[part].add(person)
    return [(text, frozenset(need_words(text)), people) for text, people in sorted(tellers.items())]


def _said_phrases(segment: Sequence[Sequence[Evidence]], leading: set[str], phrases_of: PhrasesOf) -> list[_Phrase]:
    ranked = [
        (rank, person, one.text)
        for person, rows in enumerate(segment)
        for rank, one in enumerate([one for one in rows if not leading.isdisjoint(need_words(one.text))])
    ]
    # Everybody's first before anybody's second.
    chosen = [(person, text) for _, person, text in sorted(ranked)[:_MOST_PARSED]]
    forms: dict[frozenset[str], Counter[str]] = defaultdict(Counter)
    people: dict[frozenset[str], set[int]] = defaultdict(set)
    for (person, _), phrases in zip(chosen, phrases_of([text for _, text in chosen]), strict=True):
        for phrase in phrases:
            words = frozenset(word for said, _ in phrase.words for word in need_words(said))
            forms[words][phrase.text] += 1
            people[words].add(person)
    return [
        (min(some, key=lambda text: (-some[text], len(text), text)), key, people[key]) for key, some in forms.items()
    ]


def _ranked(phrases: Sequence[_Phrase], telling: Mapping[str, float], leading: set[str]) -> list[Candidate]:
    fitting = [one for one in phrases if 2 <= len(one[1]) <= _MOST_WORDS and not one[1].isdisjoint(leading)]
    shared = [one for one in fitting if len(one[2]) >= _FEWEST_PEOPLE]
    found: dict[frozenset[str], Candidate] = {}
    # One person's phrase for what many say in other words is better than no phrase.
    for text, words, people in shared or [one for one in fitting if one[1] <= leading]:
        weight = sum(max(telling.get(word, 0.0), _AGAINST) for word in words) / math.sqrt(len(words))
        candidate = Candidate(text, words, weight + math.log2(len(people)))
        if words not in found or candidate.score > found[words].score:
            found[words] = candidate
    return sorted(found.values(), key=lambda one: (-one.score, one.text))
