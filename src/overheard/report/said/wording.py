"""Which sentences say much the same, by the words that carry them?"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from overheard.report.findings import Told, people_of
from overheard.report.said.telling import is_readable, sentence_of, specificity

ALIKE = 0.5
"""Cosine of two sentences' weighted words from which on they say much the same."""
_ROUNDED = 1e-5
"""More than rounding can take from a cosine."""

LONGEST_READ = 4_000
"""Characters of a sentence that are looked at; longer ones are pasted data."""

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?")
_EMPTY = frozenset(
    word
    for line in files("overheard.report.said").joinpath("empty_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_NONE = frozenset({""})


@cache
def stem_of(written: str) -> str:
    """Return what a word is counted as, "" for an empty one: "invoices", "invoiced" and "invoicing" are one."""
    word = written.casefold().replace("’", "'")
    plain = word.partition("'")[0]
    if len(word) <= 2 or plain in _EMPTY:
        return ""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 3 and not plain.endswith(("ss", "us", "is")):
            plain = plain[: -len(ending)]
            break
    if len(plain) > 3 and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return plain.removesuffix("e") if len(plain) > 3 else plain


def stems_of(text: str) -> frozenset[str]:
    """Return what a text is about: its words but the empty ones, each as it is counted."""
    return frozenset(map(stem_of, _WORD.findall(text[:LONGEST_READ]))) - _NONE


class Wording:
    """How rare each word is among the people who speak, and which sentences are alike for it."""

    def __init__(self, told: Iterable[Told]) -> None:
        """Args: told: all sentences of the market, of any kind."""
        said: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, frozenset[str]] = {}
        self._titles: dict[str, frozenset[str]] = {}
        self._readable: dict[str, bool] = {}
        self._specificity: dict[str, float] = {}
        people: set[str] = set()
        for one in told:
            people.add(one.signal.person_id)
            self._stems[one.signal.signal_id] = stems_of(sentence_of(one))
            for stem in self._stems[one.signal.signal_id]:
                said[stem].add(one.signal.person_id)
        self._people = len(people)
        self._said: Mapping[str, int] = {stem: len(who) for stem, who in said.items()}

    def is_readable(self, one: Told) -> bool:
        """Tell whether a sentence can be read at a glance; asked once for all groups."""
        key = one.signal.signal_id
        if key not in self._readable:
            self._readable[key] = is_readable(sentence_of(one))
        return self._readable[key]

    def specificity(self, one: Told) -> float:
        """Return how concrete a sentence is, to four digits; asked once for all groups."""
        key = one.signal.signal_id
        if key not in self._specificity:
            self._specificity[key] = round(specificity(one), 4)
        return self._specificity[key]

    def stems(self, one: Told) -> frozenset[str]:
        """Return what a sentence is about."""
        return self._stems[one.signal.signal_id]

    def stems_of_title(self, one: Told) -> frozenset[str]:
        """Return what the thread is about that a sentence stands in."""
        title = one.document.title
        if title not in self._titles:
            self._titles[title] = stems_of(title)
        return self._titles[title]

    def weight(self, stem: str) -> float:
        """Return how much a word tells: the log of how few of the people say it."""
        return math.log((1 + self._people) / (1 + self._said.get(stem, 0)))

    def groups(self, told: Sequence[Told]) -> list[list[Told]]:
        """Group sentences that are alike: each joins the first of an earlier group it is like, in the given order.

        Returns:
            Groups, most people first, then in the given order; each begins with the sentence it was begun by.
        """
        groups: list[list[Told]] = []
        leaders: list[dict[str, float]] = []
        telling: dict[str, list[int]] = defaultdict(list)
        for one in told:
            vector = self._vector(self.stems(one))
            near = {group for stem in vector for group in telling.get(stem, ())}
            likeness = ((group, sum(share * leaders[group].get(stem, 0.0) for stem, share in vector.items()))
                        for group in near)  # fmt: skip
            score, best = min(((-round(like, 6), group) for group, like in likeness), default=(0.0, 0))
            if -score >= ALIKE:
                groups[best].append(one)
                continue
            for stem in _telling_part(vector):
                telling[stem].append(len(groups))
            groups.append([one])
            leaders.append(vector)
        return sorted(groups, key=lambda group: -len(people_of(group)))

    def _vector(self, stems: frozenset[str]) -> dict[str, float]:
        weights = {stem: self.weight(stem) for stem in sorted(stems)}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {stem: weight / length for stem, weight in weights.items()} if length else {}


def _telling_part(vector: Mapping[str, float]) -> list[str]:
    """Return the heaviest words of a vector of length 1, so many that what is like it must hold one of them.

    The others together are shorter than `ALIKE`, and so is their product with any vector of length 1 (Bayardo, Ma and
    Srikant, 2007).
    """
    heavy: list[str] = []
    rest = 1.0
    for stem in sorted(vector, key=lambda stem: (-vector[stem], stem)):
        if rest < (ALIKE - _ROUNDED) ** 2:
            break
        heavy.append(stem)
        rest -= vector[stem] ** 2
    return heavy
