"""Does a term that half of the people chose hold among the other half, where they were not grouped by it?

The best of thousands of terms look better than they are, and a group made from what people say says it by construction.
So terms are chosen on one half of all people and looked at in the other, both ways, in `SPLITS` ways to cut, and there
only in sentences that had no part in making the groups. What remains: the people of the other half came into the group
by other sentences of theirs, and who complains of a thing talks of it elsewhere as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import benjamini_hochberg, log2_odds_ratio
from overheard.vocabulary.chance import chance_of
from overheard.vocabulary.circumstances import SPLITS, Circumstances
from overheard.vocabulary.corpus import Corpus

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Score = Callable[[Ints, Ints, int, int], Floats]
"""z of terms from people of the group and others who say them, and how many people there are of each."""

LEAST_CHOOSING = 2
"""People of a half who must say a term for the half to choose it: one is one voice."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """By term asked about: share of halves that chose it, shares of unseen people who say it, q. All 0-1."""

    chosen: Floats
    here: Floats
    elsewhere: Floats
    q: Floats


def hold_out(
    corpus: Corpus, around: Circumstances, among: Bools, listed: Ints, tried: Ints, score: Score, most: int
) -> HeldOut:
    """Choose on halves and look at the others.

    The p of a term is twice the median over all halves, 1 where a half did not choose it (Meinshausen, Meier and
    Bühlmann, 2009); q is over the listed terms.

    Args:
        corpus: what was said.
        around: how much each talks, who falls into which half.
        among: who is in the group, shape (people,).
        listed: terms asked about, shape (listed,), in any order.
        tried: terms that could have been chosen, ascending, `listed` among them.
        score: what terms are ranked by.
        most: terms a half chooses at most.
    """
    p, here, there, rounds = [], np.zeros(len(listed)), np.zeros(len(listed)), np.zeros(len(listed))
    pairs = _only(tried, corpus.counts.pair_term, corpus.counts.pair_person)
    order = np.argsort(listed)
    terms = listed[order]
    apart = _only(terms, around.apart_term, around.apart_person)
    for choosing, testing in _halves(around):
        if not _is_enough(among, choosing, testing):
            continue
        chosen = np.isin(terms, tried[_choose(pairs, len(tried), among, choosing, score, most)])
        p.append(np.ones(len(listed)))
        told = terms[apart[0]], apart[1]
        p[-1][chosen] = chance_of(terms[chosen], told, around.stratum, among & testing, testing)
        here += np.where(chosen, _share(apart, len(terms), among & testing), 0)
        there += np.where(chosen, _share(apart, len(terms), ~among & testing), 0)
        rounds += chosen
    if not p:
        return HeldOut(rounds, here, there, np.ones(len(listed)))
    back = np.argsort(order)
    q = benjamini_hochberg(np.minimum(2 * np.median(p, axis=0), 1.0))
    looked = np.maximum(rounds, 1)
    return HeldOut((rounds / len(p))[back], (here / looked)[back], (there / looked)[back], q[back])


def _halves(around: Circumstances) -> Iterator[tuple[Bools, Bools]]:
    for split in range(SPLITS):
        one = (around.half >> split & 1).astype(np.bool_)
        yield one, ~one
        yield ~one, one


def _is_enough(among: Bools, choosing: Bools, testing: Bools) -> bool:
    counts = ((among & choosing).sum(), (~among & choosing).sum(), (among & testing).sum(), (~among & testing).sum())
    return bool(min(counts) >= LEAST_CHOOSING)


def _only(terms: Ints, term: Ints, person: Ints) -> tuple[Ints, Ints]:
    """Keep the pairs of `terms`, ascending; terms are numbered by their place in it."""
    kept = np.isin(term, terms)
    return np.searchsorted(terms, term[kept]).astype(np.int64), person[kept]


def _choose(pairs: tuple[Ints, Ints], tried: int, among: Bools, choosing: Bools, score: Score, most: int) -> Ints:
    here, there = (_people(pairs, tried, side & choosing) for side in (among, ~among))
    group, others = int((among & choosing).sum()), int((~among & choosing).sum())
    fit = np.flatnonzero((here >= LEAST_CHOOSING) & (log2_odds_ratio(here, there, group, others)[1] > 0))
    z = score(here[fit], there[fit], group, others)
    return fit[np.lexsort((fit, -z))][:most]


def _people(pairs: tuple[Ints, Ints], terms: int, who: Bools) -> Ints:
    return np.bincount(pairs[0][who[pairs[1]]], minlength=terms).astype(np.int64)


def _share(pairs: tuple[Ints, Ints], terms: int, who: Bools) -> Floats:
    return np.asarray(_people(pairs, terms, who) / who.sum(), dtype=np.float64)
