"""How much, how surely, by how many and since when does a group say its terms?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import (
    benjamini_hochberg,
    conservative_log_ratio,
    deviation_of_proportions,
    effective_people,
)
from overheard.records import Term, TermKind
from overheard.vocabulary.chance import chance_of
from overheard.vocabulary.circumstances import read_circumstances
from overheard.vocabulary.corpus import Corpus, uses_of
from overheard.vocabulary.held_out import Score, hold_out
from overheard.vocabulary.kinds import Tagger, Use, find_kinds
from overheard.vocabulary.over_time import Clock
from overheard.vocabulary.words import spell_words

PER_WORDS = 10_000
"""Rates are per so many words."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the texts.

    `common_rank` ranks the words of general English, 1 the commonest; `products` are names of what people use, lower
    case; `tagger` tells the class of words.
    """

    common_rank: Mapping[str, int]
    products: Collection[str]
    tagger: Tagger


@dataclass(frozen=True, slots=True)
class Listing:
    """The terms of one group: `listed` with their numbers, best first; `tried`, ascending, all that could have been.

    `among` says who is in the group, shape (people,); `score` is what they are ranked by; `most` terms are wanted.
    """

    terms: Sequence[Term]
    listed: Ints
    tried: Ints
    among: Bools
    score: Score
    most: int


class Measurer:
    """Measures the terms of group after group of one corpus."""

    def __init__(self, corpus: Corpus, known: Known) -> None:
        """Args: corpus: what was said. known: what is known beside it."""
        self._corpus, self._known = corpus, known
        self._around = read_circumstances(corpus)

    def measure(self, listing: Listing) -> list[Term]:
        """Return the terms of a group with everything that is measured of them, in their order."""
        corpus, around, among = self._corpus, self._around, listing.among
        if not listing.terms:
            return []
        pairs = (corpus.counts.pair_term, corpus.counts.pair_person)
        q = benjamini_hochberg(chance_of(listing.tried, pairs, around.stratum, among, np.ones_like(among)))
        held = hold_out(corpus, around, among, listing.listed, listing.tried, listing.score, listing.most)
        apart, elsewhere = (self._apart(listing.listed, who) for who in (among, ~among))
        lrc = self._lrc(listing)
        clock = Clock(corpus, around, among, len(listing.terms))
        uses = [uses_of(corpus, int(number), among) for number in listing.listed]
        kinds = self._kinds(listing.terms, uses)
        measured = []
        for at, term in enumerate(listing.terms):
            rows = np.array([row for row, _, _ in uses[at]], dtype=np.int64)
            when = clock.over_time(rows)
            measured.append(
                replace(
                    self._spread(term, rows, int(listing.listed[at]), among),
                    lrc=float(lrc[at]),
                    q=float(q[np.searchsorted(listing.tried, listing.listed[at])]),
                    kind=kinds[at],
                    common_rank=self._common_rank(term.text),
                    first_said=when.first,
                    last_said=when.last,
                    trend=when.trend,
                    trend_interval=when.interval,
                    people_apart=int(apart[at]),
                    elsewhere_apart=int(elsewhere[at]),
                    chosen=float(held.chosen[at]),
                    unseen_here=float(held.here[at]),
                    unseen_elsewhere=float(held.elsewhere[at]),
                    unseen_q=float(held.q[at]),
                )
            )
        return measured

    def _spread(self, term: Term, rows: Ints, number: int, among: Bools) -> Term:
        talk = self._around.talk
        by_person = np.bincount(self._corpus.person[rows], minlength=len(talk))[None]
        first = self._corpus.counts.first
        elsewhere = int(first[number + 1] - first[number]) - len(rows)
        speaking = among & (talk > 0)
        return replace(
            term,
            rate=float(PER_WORDS * len(rows) / talk[among].sum()),
            rate_elsewhere=float(PER_WORDS * elsewhere / max(talk[~among].sum(), 1)),
            dispersion=float(deviation_of_proportions(by_person[:, speaking], talk[speaking])[0]),
            effective_people=float(effective_people(by_person)[0]),
            threads=len(np.unique(self._around.document[rows])),
        )

    def _apart(self, listed: Ints, who: Bools) -> Ints:
        around = self._around
        people = np.bincount(around.apart_term[who[around.apart_person]], minlength=len(self._corpus.counts.parts))
        return people[listed].astype(np.int64)

    def _lrc(self, listing: Listing) -> NDArray[np.float64]:
        here = np.array([term.people for term in listing.terms])
        elsewhere = np.array([term.people_elsewhere for term in listing.terms])
        group, others = int(listing.among.sum()), int((~listing.among).sum())
        return conservative_log_ratio(here, elsewhere, group, others, len(listing.tried))

    def _kinds(self, terms: Sequence[Term], uses: Sequence[Sequence[tuple[int, int, int]]]) -> list[TermKind]:
        said, person = self._corpus.said, self._corpus.person
        told: list[tuple[str, list[Use], bool]] = []
        for term, own in zip(terms, uses, strict=True):
            first: dict[int, Use] = {}
            for row, start, end in own:
                first.setdefault(int(person[row]), (said[row].text, start, end))
            told.append((term.text, list(first.values()), self._common_rank(term.text) is not None))
        return find_kinds(told, self._known.products, self._known.tagger)

    def _common_rank(self, text: str) -> int | None:
        ranks = [self._known.common_rank.get(word) for word in spell_words(text)]
        known = [rank for rank in ranks if rank is not None]
        return max(known) if known and len(known) == len(ranks) else None
