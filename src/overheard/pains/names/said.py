"""Which phrases the people of each topic say, and how many of them, there and elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import log_odds
from overheard.pains.names.ing import ing_of
from overheard.pains.names.phrases import DENIED, Phrase
from overheard.pains.wording import folded, stem_of, words_in, words_of

PRIOR = 0.5
"""Imagined people on each side of a comparison, as a multiple of the topic's own people."""

PERSON_SHARE = 0.5
"""Share of a word's uses taken for somebody's name from which it is one."""

DENIED_SHARE = 1 / 3
"""Share of the sayings of an act that deny it, from which it is named only as denied: who cannot log in does not log
in."""

_DENIES = words_in("denials.txt")

SAID_BY_MANY = 0.2
"""Share of a topic's people who use a word, from which it is a word of the topic."""

MOST_WORDS = 6
"""Words of a phrase, little ones included, beyond which it is no name but half a sentence."""

Key = frozenset[str]
"""The stems of a phrase's telling words: phrases with one key are one candidate, however they are said."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may name one topic.

    `text` is its commonest wording; `key` its stems; `users` people of the topic in one of whose sentences all its
    words stand; `least` people of the topic who use its rarest word; `keyness` the z-score of `users` against the other
    topics' people.
    """

    text: str
    key: Key
    users: int
    least: int
    keyness: float


class Wordings:
    """What was said, counted in people."""

    def __init__(
        self,
        texts: Sequence[str],
        people: Sequence[str],
        labels: NDArray[np.int64],
        sampled: Sequence[Sequence[Phrase]],
    ) -> None:
        """Count the words of the sampled phrases in all texts.

        Args:
            texts: every text.
            people: who said it.
            labels: topic of each text, -1 for none, shape (texts,).
            sampled: phrases found in a sample of each topic's texts.
        """
        self._people = people
        self._labels = labels.tolist()
        topics = len(sampled)
        self._bases = _bases_of(sampled)
        done = Counter(phrase.does for phrases in sampled for phrase in phrases)
        happened = Counter(phrase.happens for phrases in sampled for phrase in phrases)
        # Of these `mail sending` would not say who sends what.
        self._acted_on = {verb for verb, times in done.items() if verb and times > happened[verb]}
        self._acts = {_bare(phrase.text): phrase.text for phrases in sampled for phrase in phrases}
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        rows: dict[str, set[int]] = defaultdict(set)
        crowd: list[set[str]] = [set() for _ in range(topics)]
        for row, text in enumerate(texts):
            words = words_of(text)
            for place, written in enumerate(words):
                word = folded(written)
                if place:  # a sentence's first word has a capital whatever it is
                    self._spellings[word][written] += 1
                if self._labels[row] < 0:
                    continue
                if word in _DENIES or word.endswith("n't"):
                    rows[DENIED].add(row)
                elif word in self._bases:
                    rows[self._bases[word]].add(row)
            if self._labels[row] >= 0:
                crowd[self._labels[row]].add(people[row])
        self._rows = dict(rows)
        self.crowd = [len(members) for members in crowd]
        self._users = {base: self._users_in(found) for base, found in self._rows.items()}

    def candidates(self, topic: int, phrases: Sequence[Phrase]) -> list[Candidate]:
        """Return the different phrases of `phrases`, found in texts of `topic`, highest keyness first."""
        wordings: dict[Key, Counter[str]] = defaultdict(Counter)
        for phrase in phrases:
            acted_on = phrase.happens in self._acted_on and DENIED not in self._key_of(phrase)
            if phrase.words and len(phrase.text.split()) <= MOST_WORDS and not acted_on:
                wordings[self._key_of(phrase)][self._spelled(self._as_act(phrase.text))] += 1
        keys = sorted(self._not_denied(wordings), key=sorted)
        if not keys:
            return []
        uses = [self._users_in(set.intersection(*(self._rows.get(base, set()) for base in key))) for key in keys]
        here = np.array([max(found[topic], 1) for found in uses], dtype=np.float64)
        elsewhere = np.array([found.total() - found[topic] for found in uses], dtype=np.float64)
        scores = self._keyness(topic, here, elsewhere)
        found = [
            Candidate(
                text=min(wordings[key], key=lambda text: (-wordings[key][text], len(text), text)),
                key=key,
                users=int(here[place]),
                least=min(self._users.get(base, Counter())[topic] for base in key - {DENIED}),
                keyness=float(scores[place]),
            )
            for place, key in enumerate(keys)
        ]
        return sorted(found, key=lambda one: (-one.keyness, one.text))

    def spread(self, key: Key) -> NDArray[np.float64]:
        """Return how much the words of `key` are each topic's own, 0 to 1, shape (topics,)."""
        spread: NDArray[np.float64] = np.mean([self._spread_of(base) for base in sorted(key - {DENIED})], axis=0)
        return spread

    def _spread_of(self, base: str) -> NDArray[np.float64]:
        users = self._users.get(base, Counter())
        shares = [users[topic] / max(people, 1) for topic, people in enumerate(self.crowd)]
        return np.minimum(np.array(shares) / SAID_BY_MANY, 1.0)

    def _not_denied(self, wordings: Mapping[Key, Counter[str]]) -> list[Key]:
        """Leave out what people do if enough of them say that they cannot or do not."""
        return [
            key
            for key, said in wordings.items()
            if wordings.get(key | {DENIED}, Counter()).total() < DENIED_SHARE * said.total() or DENIED in key
        ]

    def _key_of(self, phrase: Phrase) -> Key:
        """Return the stems under which a phrase is counted."""
        return frozenset(self._bases[said] for said, _ in phrase.words)

    def base_of(self, word: str) -> str:
        """Return the stem under which a folded word is counted."""
        return self._bases.get(word) or stem_of(word)

    def _spelled(self, text: str) -> str:
        """Write each word of a phrase as people usually do inside a sentence: in lower case unless it is a name."""
        return " ".join(self._usual(written) for written in text.split())

    def _as_act(self, text: str) -> str:
        """Return `opening the file` for `open file` where people say both: taggers take commands for nouns."""
        first, _, rest = text.partition(" ")
        return self._acts.get(f"{ing_of(first.lower())} {rest}".strip(), text) if rest and first.isalpha() else text

    def _usual(self, written: str) -> str:
        forms = self._spellings.get(folded(written))
        if not forms:
            return written if written.isupper() and len(written) <= 4 else written.lower()
        lower = sum(count for form, count in forms.items() if form == form.lower())
        if 3 * lower >= forms.total():
            return folded(written)
        return min(forms, key=lambda form: (form == form.lower(), -forms[form], form))

    def _users_in(self, rows: set[int]) -> Counter[int]:
        """Count, by topic, the people who said the texts of `rows`."""
        return Counter(topic for topic, _ in {(self._labels[row], self._people[row]) for row in rows})

    def _keyness(self, topic: int, here: NDArray[np.float64], elsewhere: NDArray[np.float64]) -> NDArray[np.float64]:
        own, all_people = self.crowd[topic], max(sum(self.crowd), 1)
        prior = PRIOR * own * (here + elsewhere) / all_people + 0.01
        return log_odds(here, elsewhere, own, all_people - own, prior, PRIOR * own + 0.02)[1]


def people_named(sampled: Sequence[Sequence[Phrase]]) -> frozenset[str]:
    """Return the folded words that are mostly somebody's name."""
    uses: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for phrases in sampled:
        for phrase in phrases:
            for said, _ in phrase.words:
                uses[said] += 1
                named[said] += said in phrase.people
    return frozenset(word for word, count in named.items() if count and count >= PERSON_SHARE * uses[word])


def _bare(text: str) -> str:
    return " ".join(word for word in text.split() if word not in ("a", "an", "the"))


def _bases_of(sampled: Sequence[Sequence[Phrase]]) -> dict[str, str]:
    """Return the stem of each telling word: of its base form, so that `paid` and `paying` count as one."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for phrases in sampled:
        for phrase in phrases:
            for said, base in phrase.words:
                votes[said][stem_of(base)] += 1
    return {said: min(bases, key=lambda base: (-bases[base], base)) for said, bases in votes.items()}
