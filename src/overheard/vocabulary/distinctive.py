"""Which words does a group use that the others don't?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import log2_odds_ratio, log_odds
from overheard.records import Term
from overheard.settings import VocabularySettings
from overheard.vocabulary.choice import CHOICE, choose_together, rarity_of, weigh_terms
from overheard.vocabulary.corpus import Corpus, read_corpus, uses_of
from overheard.vocabulary.measure import Known, Listing, Measurer
from overheard.vocabulary.redundancy import Candidate, keep_telling
from overheard.vocabulary.wording import choose_wording
from overheard.vocabulary.words import Said

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PRIOR_PEOPLE = 200.0
"""People imagined on each side, talking as everybody does; they pull the odds of rare terms towards each other.

Measured on 18 communities: 50 to 800 tell unread posts apart alike; above 200 the lists of two halves grow less alike.
"""

MOST_EXAMPLES = 8
_POOL = 5
"""How many times the wanted number of terms are looked through for redundancy."""


def find_terms(
    said: Sequence[Said],
    groups: Mapping[str, Collection[str]],
    settings: VocabularySettings,
    known: Known,
    excluded_words: Collection[str] = (),
) -> list[Term]:
    """Find for each group the words and phrases its people use and all other people in `said` don't.

    Terms are counted by person. They are chosen one after the other: the term whose share of the group's people is most
    above that of the others, where who has said a chosen term already counts less, and words rare in general English
    count more. Each comes with its log-odds z with an informative Dirichlet prior (Monroe et al., 2008).

    Args:
        said: what all people said.
        groups: group id → ids of its people; people who said nothing are ignored.
        settings: how many people make a term, and how many terms are wanted.
        known: what is known of words beside the texts.
        excluded_words: words and phrases to leave out, such as people's names.

    Returns:
        At most `settings.most_terms` terms a group, best first, groups in the order of `groups`; only terms whose
        interval lies above 0. Examples are the first use of each of at most eight people.
    """
    corpus = read_corpus(said, settings.minimum_people, excluded_words)
    measurer = Measurer(corpus, known)
    return [
        term
        for group_id, members in groups.items()
        for term in measurer.measure(
            _list_terms(corpus, group_id, members, settings, settings.most_terms, known.common_rank)
        )
    ]


def rank_terms(
    target: Sequence[Said],
    reference: Sequence[Said],
    settings: VocabularySettings,
    limit: int,
    common_rank: Mapping[str, int] = MappingProxyType({}),
) -> list[Term]:
    """Rank the words and phrases the people of `target` use and those of `reference` don't.

    A person who speaks on both sides counts once on each.

    Args:
        target: what the people of interest said.
        reference: what others said.
        settings: how many people make a term.
        limit: how many terms are wanted.
        common_rank: words of general English, 1 the commonest; without it all are equally common.

    Returns:
        At most `limit` terms, best first, with group id "target".
    """
    sides = [
        Said(one.utterance_id, f"{side}\x1f{one.person_id}", one.text, one.own)
        for side, texts in (("target", target), ("reference", reference))
        for one in texts
    ]
    members = {one.person_id for one in sides[: len(target)]}
    corpus = read_corpus(sides, settings.minimum_people, ())
    return list(_list_terms(corpus, "target", members, settings, limit, common_rank).terms)


def _list_terms(
    corpus: Corpus,
    group_id: str,
    members: Collection[str],
    settings: VocabularySettings,
    limit: int,
    common_rank: Mapping[str, int],
) -> Listing:
    among = np.zeros(len(corpus.people), dtype=np.bool_)
    among[[corpus.people[person] for person in members if person in corpus.people]] = True
    here, there = corpus.counts.people(among), corpus.counts.people(~among)
    group, others = int(among.sum()), int((~among).sum())
    tried = np.flatnonzero(here >= settings.minimum_people) if group and others else np.zeros(0, dtype=np.int64)
    z = _score(here, there, group, others)
    effect, low, high = log2_odds_ratio(here, there, group, others)
    fit = tried[low[tried] > 0]
    terms, listed = [], _choose(corpus, fit, z, among, limit, common_rank)
    for place, term in enumerate(listed, 1):
        uses = uses_of(corpus, term, among)
        terms.append(
            Term(
                group_id,
                _wording(corpus, uses, common_rank),
                int(here[term]),
                len(uses),
                int(there[term]),
                float(effect[term]),
                (float(low[term]), float(high[term])),
                float(z[term]),
                _examples(corpus, uses),
                place,
            )
        )
    return Listing(terms, np.array(listed, dtype=np.int64), tried, among, _score, limit)


def _score(here: NDArray[np.int64], there: NDArray[np.int64], group: int, others: int) -> NDArray[np.float64]:
    # One more person, who says nothing: a term that everybody says must not reach odds without end.
    prior = PRIOR_PEOPLE * (here + there) / (group + others + 1)
    return log_odds(here, there, group, others, prior, PRIOR_PEOPLE)[1]


def _choose(
    corpus: Corpus, fit: Ints, z: Floats, among: NDArray[np.bool_], limit: int, common_rank: Mapping[str, int]
) -> list[int]:
    """Choose the terms to list among those that are `fit`, best first."""
    counts = corpus.counts
    here, there = counts.people(among)[fit], counts.people(~among)[fit]
    group, others = int(among.sum()), int((~among).sum())
    if not len(fit):
        return []
    rarity = rarity_of(corpus.words, [counts.parts[term] for term in fit], common_rank)
    order = np.lexsort((fit, -weigh_terms(here, there, group, others, rarity)))[: limit * _POOL]
    sayers = [_sayers(corpus, term) for term in fit[order].tolist()]
    candidates = [
        Candidate(
            counts.parts[term],
            float(z[term]),
            frozenset(who[among[who]].tolist()),
            frozenset(who[~among[who]].tolist()),
        )
        for term, who in zip(fit[order].tolist(), sayers, strict=True)
    ]

    def score(here: int, there: int) -> float:
        if not here:
            return 0.0
        return float(_score(np.array([here]), np.array([there]), group, others)[0])

    kept = keep_telling(candidates, score, limit * CHOICE)
    said = np.zeros((len(corpus.people), len(kept)), dtype=np.bool_)
    for column, index in enumerate(kept):
        said[sayers[index], column] = True
    rows = order[kept]
    chosen = choose_together(said[among], there[rows], others, rarity[rows], limit)
    return [int(term) for term in fit[rows[chosen]]]


def _sayers(corpus: Corpus, term: int) -> Ints:
    counts = corpus.counts
    left, right = np.searchsorted(counts.pair_term, [term, term + 1])
    return counts.pair_person[left:right]


def _wording(corpus: Corpus, uses: list[tuple[int, int, int]], common_rank: Mapping[str, int]) -> str:
    by_person = {(corpus.person[row], corpus.said[row].text[start:end]): None for row, start, end in uses}
    return choose_wording((form for _, form in by_person), common_rank)


def _examples(corpus: Corpus, uses: list[tuple[int, int, int]]) -> tuple[tuple[str, int, int], ...]:
    first: dict[int, tuple[str, int, int]] = {}
    for row, start, end in uses:
        first.setdefault(int(corpus.person[row]), (corpus.said[row].utterance_id, start, end))
    return tuple(first.values())[:MOST_EXAMPLES]
