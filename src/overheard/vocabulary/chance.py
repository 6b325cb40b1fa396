"""How surely does a group say a term more than others, whoever happened to be heard?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import dealt_p
from overheard.vocabulary.circumstances import STRATA

Ints = NDArray[np.int64]


def chance_of(
    terms: Ints, pairs: tuple[Ints, Ints], stratum: Ints, among: NDArray[np.bool_], everybody: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return how likely as many of a group would say each term if groups were dealt among people who talk as much.

    Args:
        terms: what to test, ascending, each once.
        pairs: term and person, each pair once.
        stratum: of each person, shape (people,), below `STRATA`.
        among: who is in the group, shape (people,).
        everybody: who is compared at all, the group among them, shape (people,).

    Returns:
        One-sided p, shape (terms,); 1 where the group does not say it more than the others.
    """
    term, person = pairs
    which = np.minimum(np.searchsorted(terms, term), len(terms) - 1)
    asked = (terms[which] == term) & everybody[person] if len(terms) else np.zeros(len(term), dtype=np.bool_)
    cells = which[asked] * STRATA + stratum[person[asked]]
    says = np.bincount(cells, minlength=len(terms) * STRATA).reshape(-1, STRATA)
    seen = np.bincount(which[asked][among[person[asked]]], minlength=len(terms))
    group, people = (np.bincount(stratum[who], minlength=STRATA) for who in (among, everybody))
    # Rare terms are said by few in few ways: the same question is answered once.
    known: dict[tuple[int, ...], float] = {}
    p = np.ones(len(terms))
    for at in np.flatnonzero(seen * people.sum() > says.sum(axis=1) * group.sum()).tolist():
        key = (int(seen[at]), *says[at].tolist())
        if key not in known:
            known[key] = dealt_p(key[0], key[1:], group.tolist(), people.tolist())
        p[at] = known[key]
    return p
