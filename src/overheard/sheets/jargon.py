"""Which words of a thread or interview belong to the trade rather than to everybody?

A candidate is a word or a pair of words that the market says far more often than general English does, and that this
document says more often than the market's other documents do.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from overheard.keyness import log_dice, log_odds
from overheard.records import Span, Utterance
from overheard.sheets.wording import Commonness, Use, read_uses

LEAST_TIMES = 4.0
"""How many times as often as general English the market must say a word."""
LEAST_Z = 1.96
LEAST_LOG_DICE = 9.0
"""Neighbours below it merely met; 14 is a pair never seen apart."""
PRIOR_WORDS = 500.0
"""Words imagined in each document, spoken as the whole market speaks."""
MOST_EXAMPLES = 2

# Frequency falls with rank as 1 / (rank + 2.7) (Mandelbrot, 1953); over 40,000 ranks these sum to 9.7.
_SHIFT, _SUM = 2.7, 9.7
# A pair is said far less often than the rarer of its words.
_PAIR_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word or pair that may be jargon. `text` is as most often written in the document.

    `times` is how many times as often as general English the market says it, by rank in a list of common words and so
    a rough figure; `z` compares the document with the market's others. `examples` are (utterance_id, start, end), of
    different people where there are some.
    """

    text: str
    uses: int
    times: float
    z: float
    examples: tuple[tuple[str, int, int], ...]


def find_jargon(
    utterances: Sequence[Utterance],
    own: Mapping[str, Sequence[Span]],
    commonness: Commonness,
    wanted: Collection[str],
    least_people: int,
    most: int,
) -> dict[str, tuple[Candidate, ...]]:
    """Find each document's candidates.

    Args:
        utterances: what all customers said.
        own: spans of each utterance's own words, by utterance_id.
        commonness: of words in general English.
        wanted: ids of the documents to find candidates for; all others are what they are compared with.
        least_people: fewer people of the market who say a word make a habit, not a vocabulary.
        most: candidates a document gets.

    Returns:
        Candidates by document_id, best first; documents without any are not in it.
    """
    counts = _count(utterances, own, commonness, wanted, least_people)
    by_document: dict[str, list[Utterance]] = defaultdict(list)
    for one in utterances:
        if one.document_id in wanted:
            by_document[one.document_id].append(one)
    found = {}
    for document_id, said in sorted(by_document.items()):
        said.sort(key=lambda one: (one.position, one.utterance_id))
        best = _best_terms(document_id, counts, most)
        uses = [(one, use) for one in said for use in read_uses(one.text, own.get(one.utterance_id, ()), commonness)]
        if best:
            found[document_id] = tuple(_candidate(term, times, z, uses) for term, times, z in best)
    return found


@dataclass(frozen=True, slots=True)
class _Counts:
    """Uses of each term in each wanted document and in the whole market, and of words at all.

    `times` holds the terms that may be jargon at all, with how many times as often the market says them.
    """

    of_document: Mapping[str, Counter[str]]
    words_of: Mapping[str, int]
    market: Counter[str]
    words: int
    times: Mapping[str, float]


def _count(
    utterances: Iterable[Utterance],
    own: Mapping[str, Sequence[Span]],
    commonness: Commonness,
    wanted: Collection[str],
    least_people: int,
) -> _Counts:
    of_document: dict[str, Counter[str]] = defaultdict(Counter)
    market: Counter[str] = Counter()
    speakers: dict[str, tuple[str, ...]] = {}
    for one in utterances:
        terms = [use.term for use in read_uses(one.text, own.get(one.utterance_id, ()), commonness)]
        market.update(terms)
        if one.document_id in wanted:
            of_document[one.document_id].update(terms)
        for term in set(terms):
            known = speakers.get(term, ())
            if len(known) < least_people and one.person_id not in known:
                speakers[term] = (*known, one.person_id)
    words_of = {document_id: _count_words(counts) for document_id, counts in of_document.items()}
    words = _count_words(market)
    times = {
        term: ratio
        for term, people in speakers.items()
        if len(people) >= least_people
        and commonness.can_be_jargon(term)
        and _belongs_together(term, market)
        and (ratio := market[term] / words / _general_share(term, commonness)) >= LEAST_TIMES
    }
    return _Counts(of_document, words_of, market, words, times)


def _count_words(counts: Counter[str]) -> int:
    return sum(count for term, count in counts.items() if " " not in term)


def _belongs_together(term: str, market: Counter[str]) -> bool:
    first, _, second = term.partition(" ")
    if not second:
        return True
    together, apart = np.array([market[term]]), np.array([market[first] + market[second]])
    return float(log_dice(together, apart)[0]) >= LEAST_LOG_DICE


def _general_share(term: str, commonness: Commonness) -> float:
    """Return a term's share of all words of general English, 0-1, from the rank of its rarest word."""
    parts = term.split(" ")
    rank = max(commonness.rank_of(part) for part in parts)
    return (_PAIR_SHARE if len(parts) > 1 else 1.0) / (_SUM * (rank + _SHIFT))


def _best_terms(document_id: str, counts: _Counts, most: int) -> list[tuple[str, float, float]]:
    """Return (term, times, z), best first; of terms that hold each other only the better one."""
    here = counts.of_document[document_id]
    terms = sorted(term for term in here if term in counts.times)
    if not terms:
        return []
    a = np.array([here[term] for term in terms], dtype=np.float64)
    all_uses = np.array([counts.market[term] for term in terms], dtype=np.float64)
    size = float(counts.words_of[document_id])
    # One more word elsewhere: a market of one document still has something to be compared with.
    prior = PRIOR_WORDS * all_uses / (counts.words + 1)
    z = log_odds(a, all_uses - a, size, counts.words - size + 1, prior, PRIOR_WORDS)[1]
    score = {term: value * math.log2(counts.times[term]) for term, value in zip(terms, z.tolist(), strict=True)}
    z_of = dict(zip(terms, z.tolist(), strict=True))
    chosen: list[str] = []
    for term in sorted((one for one in terms if z_of[one] >= LEAST_Z), key=lambda one: (-score[one], one)):
        parts = set(term.split(" "))
        if not any(parts & set(other.split(" ")) for other in chosen):
            chosen.append(term)
        if len(chosen) == most:
            break
    return [(term, round(counts.times[term], 1), round(z_of[term], 4)) for term in chosen]


def _candidate(term: str, times: float, z: float, uses: Sequence[tuple[Utterance, Use]]) -> Candidate:
    own = [(one, use) for one, use in uses if use.term == term]
    written = Counter(" ".join(one.text[use.start : use.end].split()) for one, use in own)
    text = min(written, key=lambda form: (-written[form], form))
    first: dict[str, tuple[str, int, int]] = {}
    for one, use in own:
        first.setdefault(one.person_id, (one.utterance_id, use.start, use.end))
    return Candidate(text, len(own), times, z, tuple(first.values())[:MOST_EXAMPLES])
