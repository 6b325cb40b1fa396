"""What became of the pains, when everything is grouped anew? Who survived, split, was absorbed, scattered, or is new.

The words are MONIC's (Spiliopoulou et al., 2006): transitions are read off the sentences that old and new share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from overheard.pains.lasting.standing import Rows

SURVIVES_AT = 0.3
"""Least Jaccard overlap of shared sentences for a group to be the same pain (MONIC's split threshold)."""

SPLIT_SHARE = 0.3
"""Least share of a pain's sentences that a part of it holds to be told as split off (as MONIC has it); less is an
edge."""

MAJORITY = 0.5
"""Share of a pain that must lie in one group to be absorbed by it, and of a group that must come from one pain to be a
part of that pain."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """What became of old pains, by index of the new groups.

    `survived`: group → pain; `parts`: group → the pain it split off; `absorbed`: pain → group; `scattered`: pains that
    are in no group; `fresh`: groups that are no old pain's.
    """

    survived: Mapping[int, str]
    parts: Mapping[int, str]
    absorbed: Mapping[str, int]
    scattered: frozenset[str]
    fresh: frozenset[int]


def match_groups_to_pains(
    members: Mapping[str, Rows],
    groups: Sequence[Rows],
    cosines: NDArray[np.float64],
    split_share: float = SPLIT_SHARE,
) -> Transitions:
    """Match pains with the groups of a new grouping.

    One to one first (Hungarian, on the mean of the overlap of shared sentences and the cosine of centroids, among pairs
    that overlap enough), then the rest by where their sentences went or came from. A group that is no good share of a
    pain is a new one where its sentences are mostly new; else it is only another cut through several pains.

    Args:
        members: rows of each living pain that were known when everything was last grouped, disjoint. What was heard
            since was placed by nearness alone, says nothing of what a pain is, and may be the beginning of another.
        groups: rows of each new group, disjoint.
        cosines: of centroids, shape (pains, groups).
        split_share: least share of a pain that a group of its sentences holds to be a part of it.
    """
    pain_ids = list(members)
    shared = shared_counts(list(members.values()), groups)
    old, new = shared.sum(axis=1), shared.sum(axis=0)
    either = old[:, None] + new[None] - shared
    overlap = shared / np.maximum(either, 1)
    feasible = overlap >= SURVIVES_AT
    score = np.where(feasible, (overlap + np.maximum(cosines, 0)) / 2, 0.0)
    pairs = zip(*linear_sum_assignment(-score), strict=True)
    survived = {int(group): pain_ids[pain] for pain, group in pairs if feasible[pain, group]}
    parts: dict[int, str] = {}
    fresh: set[int] = set()
    for group in range(len(groups)):
        if group in survived:
            continue
        source = int(shared[:, group].argmax()) if pain_ids else 0
        if new[group] and shared[source, group] >= max(MAJORITY * new[group], split_share * old[source]):
            parts[group] = pain_ids[source]
        elif new[group] < MAJORITY * len(groups[group]):
            fresh.add(group)
    absorbed: dict[str, int] = {}
    scattered: set[str] = set()
    for pain, pain_id in enumerate(pain_ids):
        if pain_id in survived.values():
            continue
        target = int(shared[pain].argmax()) if len(groups) else 0
        if len(groups) and shared[pain, target] >= MAJORITY * len(members[pain_id]) and target in survived:
            absorbed[pain_id] = target
        else:
            scattered.add(pain_id)
    return Transitions(survived, parts, absorbed, frozenset(scattered), frozenset(fresh))


def shared_counts(one: Sequence[Rows], other: Sequence[Rows]) -> NDArray[np.int64]:
    """Count the rows that groups of two groupings share, shape (len(one), len(other)); groups of each are disjoint."""
    most = max((int(rows.max()) for rows in (*one, *other) if len(rows)), default=-1) + 1
    at = np.full(most, -1, dtype=np.int64)
    for index, rows in enumerate(other):
        at[rows] = index
    counts = np.zeros((len(one), len(other)), dtype=np.int64)
    for index, rows in enumerate(one):
        places = at[rows]
        counts[index] = np.bincount(places[places >= 0], minlength=len(other)) if len(other) else 0
    return counts


def confirmed(
    found: Transitions, groups: Sequence[Rows], again: Transitions, groups_again: Sequence[Rows], sample: Rows
) -> Transitions:
    """Keep what is also found when only a sample of the sentences is grouped; what is not is taken for chance.

    A grouping of the same pains with a few other sentences cuts some differently; those cuts must not end pains.

    Args:
        found: from the grouping of all sentences, `groups`.
        groups: rows of each.
        again: from the grouping of a sample, `groups_again`, against the same pains.
        groups_again: rows of each, in the numbering of all sentences.
        sample: the rows of the sample.
    """
    inside = [np.intersect1d(rows, sample, assume_unique=True) for rows in groups]
    shared = shared_counts(inside, groups_again)
    sizes = np.array([len(rows) for rows in inside]), np.array([len(rows) for rows in groups_again])
    overlap = shared / np.maximum(sizes[0][:, None] + sizes[1][None] - shared, 1)

    def same(group: int, others: set[int]) -> bool:
        return any(overlap[group, other] >= MAJORITY for other in others)

    def sides(pain: str) -> set[int]:
        """Return the groups of the sample a pain falls into; which of them goes on as that pain is often a toss-up."""
        parts = {group for group, whole in again.parts.items() if whole == pain}
        return parts | {group for group, same_pain in again.survived.items() if parts and same_pain == pain}

    # Whether a group is told as new or as a part depends on a few sentences; that it stands apart does not.
    home = {**again.absorbed, **{pain: group for group, pain in again.survived.items()}}
    parts = {group: pain for group, pain in found.parts.items() if same(group, sides(pain) | again.fresh)}
    absorbed = {
        pain: group
        for pain, group in found.absorbed.items()
        if pain in home and home[pain] == home.get(found.survived[group])
    }
    fresh = frozenset(group for group in found.fresh if same(group, {*again.fresh, *again.parts}))
    return Transitions(found.survived, parts, absorbed, found.scattered & again.scattered, fresh)
