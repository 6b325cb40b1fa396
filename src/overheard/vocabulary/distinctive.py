"""Which words does a group use that the others don't?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import log2_odds_ratio, log_odds
from overheard.records import Term
from overheard.settings import VocabularySettings
from overheard.vocabulary.count import Counts, count_terms
from overheard.vocabulary.redundancy import Candidate, keep_telling
from overheard.vocabulary.wording import choose_wording
from overheard.vocabulary.words import Said, Words, read_words

PRIOR_PEOPLE = 200.0
"""People imagined on each side, talking as everybody does; they pull the odds of rare terms towards each other.

Measured on 18 communities: 50 to 800 tell unread posts apart alike; above 200 the lists of two halves grow less alike.
"""

MOST_EXAMPLES = 8
_POOL = 5
"""How many times the wanted number of terms are looked through for redundancy."""


@dataclass(frozen=True, slots=True)
class _Corpus:
    said: Sequence[Said]
    words: Words
    counts: Counts
    person: NDArray[np.int64]
    people: Mapping[str, int]


def find_terms(
    said: Sequence[Said],
    groups: Mapping[str, Collection[str]],
    settings: VocabularySettings,
    excluded_words: Collection[str] = (),
) -> list[Term]:
    """Find for each group the words and phrases its people use and all other people in `said` don't.

    Terms are counted by person and ranked by the log-odds z with an informative Dirichlet prior (Monroe et al., 2008).

    Args:
        said: what all people said.
        groups: group id → ids of its people; people who said nothing are ignored.
        settings: how many people make a term, and how many terms are wanted.
        excluded_words: words and phrases to leave out, such as people's names.

    Returns:
        At most `settings.most_terms` terms a group, best first, groups in the order of `groups`; only terms whose
        interval lies above 0. Examples are the first use of each of at most eight people.
    """
    corpus = _read_corpus(said, settings, excluded_words)
    return [
        term
        for group_id, members in groups.items()
        for term in _terms_of(corpus, group_id, members, settings, settings.most_terms)
    ]


def rank_terms(
    target: Sequence[Said], reference: Sequence[Said], settings: VocabularySettings, limit: int
) -> list[Term]:
    """Rank the words and phrases the people of `target` use and those of `reference` don't.

    A person who speaks on both sides counts once on each.

    Args:
        target: what the people of interest said.
        reference: what others said.
        settings: how many people make a term.
        limit: how many terms are wanted.

    Returns:
        At most `limit` terms, best first, with group id "target".
    """
    sides = [
        Said(one.utterance_id, f"{side}\x1f{one.person_id}", one.text, one.own)
        for side, texts in (("target", target), ("reference", reference))
        for one in texts
    ]
    members = {one.person_id for one in sides[: len(target)]}
    return list(_terms_of(_read_corpus(sides, settings, ()), "target", members, settings, limit))


def _read_corpus(said: Sequence[Said], settings: VocabularySettings, excluded_words: Collection[str]) -> _Corpus:
    people: dict[str, int] = {}
    person = np.array([people.setdefault(one.person_id, len(people)) for one in said], dtype=np.int64)
    words = read_words(said, excluded_words)
    return _Corpus(said, words, count_terms(words, person, settings.minimum_people), person, people)


def _terms_of(
    corpus: _Corpus, group_id: str, members: Collection[str], settings: VocabularySettings, limit: int
) -> Iterator[Term]:
    among = np.zeros(len(corpus.people), dtype=np.bool_)
    among[[corpus.people[person] for person in members if person in corpus.people]] = True
    here, there = corpus.counts.people(among), corpus.counts.people(~among)
    group, others = int(among.sum()), int((~among).sum())
    if not group or not others:
        return
    z = _score(here, there, group, others)
    effect, low, high = log2_odds_ratio(here, there, group, others)
    fit = np.flatnonzero((here >= settings.minimum_people) & (low > 0))
    ranked = fit[np.lexsort((fit, -here[fit], -z[fit]))][: limit * _POOL].tolist()
    for term in _without_repetition(corpus, ranked, z, among, limit):
        uses = _uses(corpus, term, among)
        yield Term(
            group_id,
            _wording(corpus, uses),
            int(here[term]),
            len(uses),
            int(there[term]),
            float(effect[term]),
            (float(low[term]), float(high[term])),
            float(z[term]),
            _examples(corpus, uses),
        )


def _score(here: NDArray[np.int64], there: NDArray[np.int64], group: int, others: int) -> NDArray[np.float64]:
    # One more person, who says nothing: a term that everybody says must not reach odds without end.
    prior = PRIOR_PEOPLE * (here + there) / (group + others + 1)
    return log_odds(here, there, group, others, prior, PRIOR_PEOPLE)[1]


def _without_repetition(
    corpus: _Corpus, ranked: list[int], z: NDArray[np.float64], among: NDArray[np.bool_], limit: int
) -> list[int]:
    counts = corpus.counts
    bounds = np.searchsorted(counts.pair_term, np.array([[term, term + 1] for term in ranked]).reshape(-1, 2))
    sayers = [counts.pair_person[left:right] for left, right in bounds]
    group, others = int(among.sum()), int((~among).sum())

    def score(here: int, there: int) -> float:
        if not here:
            return 0.0
        return float(_score(np.array([here]), np.array([there]), group, others)[0])

    candidates = [
        Candidate(
            counts.parts[term],
            float(z[term]),
            frozenset(who[among[who]].tolist()),
            frozenset(who[~among[who]].tolist()),
        )
        for term, who in zip(ranked, sayers, strict=True)
    ]
    kept = keep_telling(candidates, score, limit)
    return [ranked[index] for index in kept]


def _uses(corpus: _Corpus, term: int, among: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return (text, start, end) of the group's uses of a term, in the order they were given."""
    counts, words = corpus.counts, corpus.words
    span = slice(counts.first[term], counts.first[term + 1])
    place, last = counts.place[span], counts.place[span] + counts.length[span] - 1
    row = words.row[place]
    own = among[corpus.person[row]]
    found = zip(row[own].tolist(), words.start[place[own]].tolist(), words.end[last[own]].tolist(), strict=True)
    return list(found)


def _wording(corpus: _Corpus, uses: list[tuple[int, int, int]]) -> str:
    by_person = {(corpus.person[row], corpus.said[row].text[start:end]): None for row, start, end in uses}
    return choose_wording(form for _, form in by_person)


def _examples(corpus: _Corpus, uses: list[tuple[int, int, int]]) -> tuple[tuple[str, int, int], ...]:
    first: dict[int, tuple[str, int, int]] = {}
    for row, start, end in uses:
        first.setdefault(int(corpus.person[row]), (corpus.said[row].utterance_id, start, end))
    return tuple(first.values())[:MOST_EXAMPLES]
