"""Which terms tell the group's people from others together, and in which order are they read?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.vocabulary.words import Words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PAGE = 20
"""So many terms are chosen together and put in order: nobody takes in more at a time."""

CHOICE = 3
"""Each page is chosen from so many pages of the ranking: further down stand words of few people, which do not hold."""

_POWER = 2 / 3
"""Shares of people are compared after raising to it: 1 favours what everybody says, 0 what nobody else says."""

_SAID_AGAIN = 0.85
"""What a person still counts for each listed term he has said already: ten words of the same people say little more.

Both were chosen on 30 communities; from 0.6 to 0.75 and from 0.8 to 0.9 the lists hardly differed.
"""


def rarity_of(words: Words, parts: Sequence[tuple[int, ...]], common_rank: Mapping[str, int]) -> Floats:
    """Tell how rare each term is in general English, by the rarest of its words.

    It is the same whoever is asked, so it steadies what is counted among few people.

    Args:
        words: the texts' words.
        parts: the counted words of each term.
        common_rank: words of general English, 1 the commonest; the commonest variant of a word counts.

    Returns:
        0-1, 1 for a word that is not among them, shape (terms,).
    """
    last = len(common_rank) + 1
    rank = np.full(len(words.spelled) + 1, last, dtype=np.int64)
    known = np.array([common_rank.get(word, last) for word in words.spelled], dtype=np.int64)
    np.minimum.at(rank, words.base, known)
    rarest = np.array([max(rank[part] for part in term) for term in parts], dtype=np.float64)
    return np.asarray(np.log1p(rarest) / np.log1p(last), dtype=np.float64)


def weigh_terms(here: Ints | Floats, there: Ints, group: int, others: int, rarity: Floats) -> Floats:
    """Compare the share of the group that says a term with that of the others; rare words weigh more.

    Args:
        here: people of the group who say each term, shape (terms,).
        there: others who do.
        group: people of the group, > 0.
        others: all others.
        rarity: of each in general English, 0-1.
    """
    # Half a person more elsewhere: what nobody else happened to say is not unsayable.
    shares = (here / group) ** _POWER - ((there + 0.5) / (others + 1)) ** _POWER
    return np.asarray(shares * np.sqrt(rarity), dtype=np.float64)


def choose_together(said: NDArray[np.bool_], there: Ints, others: int, rarity: Floats, limit: int) -> list[int]:
    """Choose terms one after the other, each for the people the chosen ones do not tell yet, and order each page.

    A page is in the order of the difference of shares times rarity: the widest said first, which is what comes back in
    another sample of the same people.

    Args:
        said: which of the group's people says which term, shape (people, terms); terms by weight, the heaviest first.
        there: others who say each, shape (terms,).
        others: how many others there are.
        rarity: of each in general English, 0-1, shape (terms,).
        limit: how many are wanted.

    Returns:
        Columns of `said`, best first.
    """
    group = len(said)
    says = said.astype(np.float64)
    counted = np.ones(group)
    here = says.sum(axis=0)
    order = (here / group - there / max(others, 1)) * rarity
    left = np.ones(len(here), dtype=np.bool_)
    chosen: list[int] = []
    for wanted in range(min(limit, len(here))):
        # Rounded: the order of the people must not decide between equals.
        weight = np.round(weigh_terms(np.maximum(here, 0), there, group, others, rarity), 9)
        reach = (wanted // PAGE + 1) * PAGE * CHOICE
        best = int(np.argmax(np.where(left, weight, -np.inf)[:reach]))
        chosen.append(best)
        left[best] = False
        again = said[:, best]
        here -= (1 - _SAID_AGAIN) * counted[again] @ says[again]
        counted[again] *= _SAID_AGAIN
    pages = (chosen[start : start + PAGE] for start in range(0, len(chosen), PAGE))
    return [term for page in pages for term in sorted(page, key=lambda term: (-order[term], term))]
