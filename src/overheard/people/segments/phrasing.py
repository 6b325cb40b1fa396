"""Which phrases say what a segment needs? Those made of the words that set its people apart."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.words import need_words
from overheard.proportion import Z95

NAMING_SHARE = 0.2
"""Of a segment's people; a word that fewer say may tell them apart, but does not stand for them."""
_TELLING = 1.5
"""z-score of the log-odds by people, from which a word may lead a phrase."""
_AGAINST = -0.5
"""The least a word counts that the others say more."""
_FEWEST_PEOPLE = 2
"""Of a segment; what one person says names nobody but them."""
_ENOUGH_PEOPLE = 3
"""Of a segment, where any phrase has so many; two may merely share an oddity."""
_ACT = 3.0
"""What it is worth that a phrase says what is done or not ("counting the hours"): a thing alone ("euro account") leaves
open what is wrong with it."""
_MANY = 2.0
"""What twice the people are worth: a name is to hold for most of its segment."""
_SHARED = 1.0
"""How much people who say the whole phrase, here and elsewhere, count beside what its words say one by one."""
_MOST_PARSED = 300
"""Sentences of a segment that phrases are looked for in."""
_BETWEEN_HALVES = " · "
_DOING = re.compile(r"\w\wing\b|\b(?:not|no|can't|won't)\b", re.IGNORECASE)
_MOST_WORDS = 4


class SaidPhrase(Protocol):
    """A phrase of a sentence, such as a verb with its object."""

    @property
    def text(self) -> str:
        """As it would stand in a name."""

    @property
    def words(self) -> Sequence[tuple[str, str]]:
        """Its telling words, each as said and in its base form."""

    @property
    def does(self) -> str:
        """The base form of a verb that has an object, or ""."""

    @property
    def happens(self) -> str:
        """The base form of a verb told of its subject, or ""."""


PhrasesOf = Callable[[Sequence[str]], Sequence[Sequence[SaidPhrase]]]
"""Finds the phrases of each text."""


_Sentences = Sequence[frozenset[str]]
"""The content words of each of a person's sentences."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with its content words, folded; `people` are those of a segment who say it or tell the pain it names."""

    text: str
    words: frozenset[str]
    people: frozenset[int]
    is_act: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a segment; `words` are its content words, folded, `people` who of the segment mean it.

    To mean it is to say it (of an act: all its words in one sentence), or to tell the pain it names.
    """

    text: str
    words: frozenset[str]
    people: frozenset[int]
    score: float


def find_candidates(
    segments: Sequence[Sequence[Sequence[Evidence]]],
    pain_names: Mapping[str, str],
    phrases_of: PhrasesOf | None,
    known: Iterable[str],
) -> list[list[Candidate]]:
    """Find phrases for each segment, best first.

    A phrase scores the sum of its words' z-scores, by people against the other segments, over the root of their number;
    the z-score of saying all of them; log2 of the people who say it or tell the pain it names; and more for an act.

    Args:
        segments: the evidence of each person of each segment.
        pain_names: pain_id → name.
        phrases_of: finds phrases in sentences; None leaves the names of pains.
        known: texts whose words say nothing here, such as the brief.
    """
    words = [[words_of(rows) for rows in people] for people in segments]
    sentences = [[[frozenset(need_words(one.text)) for one in rows] for rows in people] for people in segments]
    silent = frozenset(word for text in known for word in need_words(text))
    found = []
    for row, (segment, said, scores) in enumerate(zip(segments, words, z_scores(words), strict=True)):
        counts = Counter(word for person in said for word in person)
        telling = {word: z for word, z in scores.items() if word not in silent}
        leading = {word for word, z in telling.items() if z >= _TELLING and counts[word] >= NAMING_SHARE * len(said)}
        phrases = _named_pains(segment, pain_names)
        if phrases_of is not None:
            phrases += _said_phrases(segment, leading, phrases_of)
        others = [person for other, people in enumerate(sentences) if other != row for person in people]
        found.append(_ranked(_meant(phrases, sentences[row]), telling, leading, sentences[row], others))
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
        found.append(dict(zip(things, (Z95 * effect / (upper - effect)).tolist(), strict=True)))
    return found


def _named_pains(segment: Sequence[Sequence[Evidence]], pain_names: Mapping[str, str]) -> list[_Phrase]:
    tellers: dict[str, set[int]] = defaultdict(set)
    for person, rows in enumerate(segment):
        for one in rows:
            name = pain_names.get(one.pain_id or "", "")
            # A pain that no phrase names is called by a sentence, in quotes.
            for part in name.split(_BETWEEN_HALVES) if not name.startswith("“") else ():
                tellers[part].add(person)
    return [_Phrase(text, frozenset(need_words(text)), frozenset(own), False) for text, own in sorted(tellers.items())]


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
    acts: set[frozenset[str]] = set()
    for (person, _), phrases in zip(chosen, phrases_of([text for _, text in chosen]), strict=True):
        for phrase in phrases:
            if not _is_act(phrase) and any(_is_participle(*word) for word in phrase.words):
                continue  # "paid lads" no longer says whether they were paid
            words = frozenset(word for said, _ in phrase.words for word in need_words(said))
            forms[words][phrase.text] += 1
            people[words].add(person)
            if _is_act(phrase):
                acts.add(words)
    return [
        _Phrase(min(some, key=lambda text: (-some[text], len(text), text)), key, frozenset(people[key]), key in acts)
        for key, some in forms.items()
    ]


def _is_act(phrase: SaidPhrase) -> bool:
    """Say whether a phrase says what is done, or not."""
    return bool(phrase.does) and _DOING.search(phrase.text) is not None


def _is_participle(said: str, base: str) -> bool:
    return said != base and (said.endswith("ed") or not said.startswith(base[:3]))


def _meant(phrases: Sequence[_Phrase], said: Sequence[_Sentences]) -> list[_Phrase]:
    """Join phrases of the same words, and count whoever says all of an act's in one sentence, too."""
    found: dict[frozenset[str], _Phrase] = {}
    for one in phrases:
        if one.words:
            same = found.get(one.words, one)
            people, is_act = one.people | same.people, one.is_act or same.is_act
            # What is done is said in many ways ("ring them", "rang my landlord"); a thing has its name, or is none.
            people |= _saying(one.words, said) if is_act else frozenset()
            text = one.text if one.is_act and not same.is_act else same.text
            found[one.words] = _Phrase(text, one.words, people, is_act)
    return list(found.values())


def _saying(words: frozenset[str], said: Sequence[_Sentences]) -> frozenset[int]:
    return frozenset(row for row, own in enumerate(said) if any(words <= sentence for sentence in own))


def _ranked(
    phrases: Sequence[_Phrase],
    telling: Mapping[str, float],
    leading: set[str],
    said: Sequence[_Sentences],
    others: Sequence[_Sentences],
) -> list[Candidate]:
    fitting = [one for one in phrases if 2 <= len(one.words) <= _MOST_WORDS and not one.words.isdisjoint(leading)]
    shared = [one for one in fitting if len(one.people) >= _FEWEST_PEOPLE]
    # One person's phrase for what many say in other words is better than no phrase.
    kept = (
        [one for one in shared if len(one.people) >= _ENOUGH_PEOPLE]
        or shared
        or [one for one in fitting if one.words <= leading]
    )
    here = np.array([len(one.people) for one in kept], dtype=np.float64)
    there = np.array([len(_saying(one.words, others)) for one in kept], dtype=np.float64)
    effect, _, upper = log2_odds_ratio(here, there, len(said), max(len(others), 1))
    apart = Z95 * effect / (upper - effect)
    found = []
    for one, z in zip(kept, apart.tolist(), strict=True):
        weight = sum(max(telling.get(word, 0.0), _AGAINST) for word in one.words) / math.sqrt(len(one.words))
        score = weight + _SHARED * z + _MANY * math.log2(len(one.people)) + _ACT * one.is_act
        found.append(Candidate(one.text, one.words, one.people, score))
    return sorted(found, key=lambda one: (-one.score, one.text))
