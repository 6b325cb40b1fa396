"""Which topic each text belongs to once groups are known: what lies far out joins the nearest, or honestly none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from overheard.pains.space import Floats, unit_rows

Labels = NDArray[np.int64]

FENCE = 1.5
"""How many interquartile ranges below a topic's lower quartile a member may lie (Tukey, 1977, "outside values")."""

SOFTMAX_TEMPERATURE = 0.05
"""Cosine difference that makes the nearest topic e times as probable as the next."""

ONES_OWN_SHARE = 5
"""Members below which a topic's own quartiles are guesses, and all topics' pooled ones are used."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who said each distinct text: `text` and `person` are paired indices, shape (uses,), a pair per use of a text."""

    text: NDArray[np.int64]
    person: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Floor:
    """What a topic needs to exist: so many uses of its texts, by so many people."""

    signals: int
    people: int


def sums_of(vectors: Floats, labels: Labels) -> Floats:
    """Return the sum of each topic's rows, shape (topics, dims); label -1 counts nowhere."""
    rows = np.flatnonzero(labels >= 0)
    topics = int(labels.max(initial=-1)) + 1
    member = csr_matrix((np.ones(len(rows), dtype=np.float32), (labels[rows], rows)), shape=(topics, len(labels)))
    return np.asarray(member @ vectors, dtype=np.float32)


def centroids_of(vectors: Floats, labels: Labels) -> Floats:
    """Return unit centroids, shape (topics, dims), of the unit rows `vectors`; label -1 counts nowhere."""
    return unit_rows(sums_of(vectors, labels))


def packed_labels(labels: Labels) -> Labels:
    """Renumber labels 0, 1, … by falling size, ties by first row; -1 stays."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted((-size, row, name) for name, row, size in zip(names, first, sizes, strict=True) if name >= 0)
    new = {int(name): place for place, (_, _, name) in enumerate(order)}
    return np.array([new.get(int(label), -1) for label in labels], dtype=np.int64)


def loosened_labels(vectors: Floats, labels: Labels) -> Labels:
    """Take every text out of its topic that lies outside what is ordinary there: -1, shape (texts,)."""
    cosines = vectors @ centroids_of(vectors, labels).T
    inside = cosines[np.arange(len(labels)), labels] >= _reaches(cosines, labels)[labels]
    loose: Labels = np.where(inside, labels, -1)
    return loose


def settled_labels(vectors: Floats, labels: Labels, crowd: Crowd, floor: Floor) -> Labels:
    """Give every text its topic: dissolve topics below `floor`, then send the left-over to the nearest topic in reach.

    Args:
        vectors: unit rows, shape (texts, dims).
        labels: dense groups, shape (texts,), -1 for none.
        crowd: who said each text.
        floor: what a topic needs to exist, counted after the left-over have joined.

    Returns:
        Labels, shape (texts,), largest topic first, -1 where a text is out of reach of every topic.
    """
    dense = packed_labels(labels)
    while dense.max(initial=-1) >= 0:
        full = _joined(vectors, dense)
        weak = np.flatnonzero(~stands(full, crowd, floor))
        if not weak.size:
            return packed_labels(full)
        dense = packed_labels(np.where(np.isin(dense, weak), -1, dense))
    return dense


def membership(vectors: Floats, labels: Labels) -> NDArray[np.float64]:
    """Return how surely each text belongs where it is, shape (texts,): softmax over cosines to topics, 0 if nowhere."""
    centres = centroids_of(vectors, labels)
    if not len(centres):
        return np.zeros(len(vectors))
    odds = vectors @ centres.T / np.float32(SOFTMAX_TEMPERATURE)
    odds -= odds.max(axis=1, keepdims=True)
    np.exp(odds, out=odds)
    own = odds[np.arange(len(labels)), np.maximum(labels, 0)].astype(np.float64) / odds.sum(axis=1, dtype=np.float64)
    return np.where(labels >= 0, own, 0.0)


def _joined(vectors: Floats, dense: Labels) -> Labels:
    centres = centroids_of(vectors, dense)
    cosines = vectors @ centres.T
    nearest = cosines.argmax(axis=1)
    reach = _reaches(cosines, dense)
    inside = cosines[np.arange(len(dense)), nearest] >= reach[nearest]
    joined: Labels = np.where(dense >= 0, dense, np.where(inside, nearest, -1)).astype(np.int64)
    return joined


def _reaches(cosines: Floats, dense: Labels) -> NDArray[np.float64]:
    """Return the lowest cosine to each centroid that is still ordinary among that topic's dense members."""
    rows = np.flatnonzero(dense >= 0)
    own = cosines[rows, dense[rows]]
    return least_cosines([own[dense[rows] == topic] for topic in range(cosines.shape[1])])


def least_cosines(members: Sequence[Floats]) -> NDArray[np.float64]:
    """Return the lowest cosine that is still ordinary in each topic, shape (topics,).

    Args:
        members: of each topic, its members' cosines to its centroid; at least one in all.
    """
    pooled = _fence(np.concatenate(members))
    return np.array([_fence(some) if len(some) >= ONES_OWN_SHARE else pooled for some in members])


def _fence(cosines: Floats) -> float:
    lower, upper = np.quantile(cosines, [0.25, 0.75])
    return float(lower - FENCE * (upper - lower))


def stands(labels: Labels, crowd: Crowd, floor: Floor) -> NDArray[np.bool_]:
    """Say of each topic whether it reaches the floor, shape (topics,); there is at least one."""
    topics = int(labels.max()) + 1
    topic = labels[crowd.text]
    placed = topic >= 0
    uses = np.bincount(topic[placed], minlength=topics)
    # One number for a topic and a person: unique ones of pairs take twice as long.
    persons = int(crowd.person.max(initial=0)) + 1
    people = np.bincount(np.unique(topic[placed] * persons + crowd.person[placed]) // persons, minlength=topics)
    enough: NDArray[np.bool_] = (uses >= floor.signals) & (people >= floor.people)
    return enough
