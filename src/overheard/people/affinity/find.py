"""Who of a few people is like whom, and which of their sentences show it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from overheard.people.affinity.likeness import likeness_of
from overheard.people.affinity.nearness import FEWEST_WORDS, Nearness, compare_sentences
from overheard.people.affinity.order import order_people, propose_groups
from overheard.people.needs.evidence import Evidence, is_enough, rows_by_person
from overheard.people.needs.words import need_words
from overheard.settings import PeopleSettings

MOST_PEOPLE = 40
"""People compared, in at most 20 groups: a larger grid is no longer taken in, and more people are enough to look for
segments."""
MOST_SENTENCES = 60
"""Of one person, the strongest; a talkative one would else be near everybody."""
MOST_SHOWN = 2
"""Pairs of sentences of two people."""
TRIED = 3
"""The rung from which on somebody did something about it; below, what nobody else comes near is often about nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people. `likeness` is -1 to 1; `both` are pairs of signal ids, each (first's, second's); `pains` are ids.

    `pains` are those both tell, told by fewest others first.
    """

    first: str
    second: str
    likeness: float
    both: tuple[tuple[str, str], ...]
    pains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One person: the group proposed for them ("A" …, "" where alone), and the signal id nobody else comes near."""

    person_id: str
    group: str
    alone: str | None


@dataclass(frozen=True, slots=True)
class Affinity:
    """Who is like whom. `people` stand in an order in which alike ones are neighbours; `pairs` hold every two of them.

    `too_little` counts people who told too little to be compared, `left_out` those beyond the most that are compared.
    """

    people: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    too_little: int
    left_out: int


def find_affinity(
    evidence: Sequence[Evidence], vectors: NDArray[np.float32], signal_ids: Sequence[str], settings: PeopleSettings
) -> Affinity:
    """Compare people in pairs, and find the sentences in which they say the same.

    Args:
        evidence: pain sentences of customers, in any order.
        vectors: unit-length sentence vectors, shape (sentences, dims); `Evidence.row` points into it.
        signal_ids: the signal of each row of `evidence`.
        settings: how much evidence a person needs.

    Returns:
        The people with enough evidence, at most `MOST_PEOPLE`: those heard in most threads and sentences.
    """
    told = rows_by_person(evidence)
    known = [person for person, rows in told.items() if is_enough([evidence[row] for row in rows], settings)]
    # Sorting is stable: people alike in both stand in the order of what they said.
    ranked = sorted(known, key=lambda one: (-len({evidence[row].document_id for row in told[one]}), -len(told[one])))
    chosen = [person for person in known if person in set(ranked[:MOST_PEOPLE])]
    if not chosen:
        return Affinity((), (), len(told), 0)
    rows = [row for person in chosen for row in told[person]]
    own = [evidence[row] for row in rows]
    likeness = likeness_of(chosen, own, _vectors_of(own, vectors))
    order = order_people(likeness)
    people = [chosen[row] for row in order]
    likeness = likeness[np.ix_(order, order)]
    strongest = [row for person in people for row in _strongest(told[person], evidence)]
    ids = [signal_ids[row] for row in strongest]
    said = [evidence[row] for row in strongest]
    owners = np.array([people.index(one.person_id) for one in said], dtype=np.int64)
    near = compare_sentences([one.text for one in said], owners, _vectors_of(said, vectors))
    return Affinity(
        people=_people(people, propose_groups(likeness), near, said, ids),
        pairs=_pairs(people, likeness, own, near, ids),
        too_little=len(told) - len(known),
        left_out=len(known) - len(chosen),
    )


def _vectors_of(evidence: Sequence[Evidence], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    found = np.zeros((len(evidence), max(1, vectors.shape[1])))
    for at, one in enumerate(evidence):
        if one.row is not None:
            found[at] = vectors[one.row]
    return found


def _strongest(rows: Sequence[int], evidence: Sequence[Evidence]) -> list[int]:
    return sorted(sorted(rows, key=lambda row: -evidence[row].rung)[:MOST_SENTENCES])


def _pairs(
    people: Sequence[str], likeness: NDArray[np.float64], own: Sequence[Evidence], near: Nearness, ids: Sequence[str]
) -> tuple[Pair, ...]:
    """Return every two people, the most alike first."""
    pains = {person: {one.pain_id for one in own if one.person_id == person and one.pain_id} for person in people}
    tellers = Counter(pain for told in pains.values() for pain in told)
    found = []
    for first, second in combinations(range(len(people)), 2):
        both = [(ids[mine], ids[theirs]) for mine, theirs in near.pairs(first, second)[:MOST_SHOWN]]
        shared = sorted(pains[people[first]] & pains[people[second]], key=lambda pain: (tellers[pain], pain))
        value = float(likeness[first, second])
        found.append(Pair(people[first], people[second], value, tuple(both), tuple(shared)))
    return tuple(sorted(found, key=lambda pair: -pair.likeness))


def _people(
    people: Sequence[str], groups: Sequence[int], near: Nearness, said: Sequence[Evidence], ids: Sequence[str]
) -> tuple[Compared, ...]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(said):
        if len(need_words(one.text)) >= FEWEST_WORDS:
            rows[one.person_id].append(row)
    sizes = Counter(groups)
    letters = iter(ascii_uppercase)
    letter_of = {group: next(letters) for group in dict.fromkeys(groups) if sizes[group] > 1}
    found = []
    for person, group in zip(people, groups, strict=True):
        far = sorted(rows[person], key=lambda row: (-min(said[row].rung, TRIED), float(near.best[row].max())))
        found.append(Compared(person, letter_of.get(group, ""), ids[far[0]] if far else None))
    return tuple(found)
