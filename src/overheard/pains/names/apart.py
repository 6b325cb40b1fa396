"""Which of its names each topic takes, so that a reader can tell it from the topics beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.names.options import Option
from overheard.pains.names.said import Key

ALIKE, ALIKE_PENALTY = 0.75, 0.5
"""Cosine to another topic's name from which a name is marked down, and by how much for each further unit."""

MARGIN, CONFUSED = 0.05, 1.0
"""By how much a name must be more like its topic than any other name is, and any other topic's own name more like that
topic than it is; and how much it is marked down for each unit short of it."""

ROUNDS = 3
"""How often names are chosen again beside the others' names."""


def names_apart(
    options: Mapping[int, Sequence[Option]], settled: Sequence[NDArray[np.float64]], topics: int
) -> dict[int, Option]:
    """Choose a name for each topic, largest first, and then again where a reader would take one topic for another.

    Args:
        options: possible names of the topics that still need one; no two topics get one with the same phrase.
        settled: how alike each name that is given already is to each topic, shape (topics,).
        topics: how many there are, those not in `options` included.

    Returns:
        The chosen name of each topic that could have one.
    """
    chosen: dict[int, Option] = {}
    likeness = np.full((topics, topics), -np.inf)
    rivals = np.max(np.stack([*settled, np.full(topics, -np.inf)]), axis=0)
    for turn in range(1 + ROUNDS):
        before = dict(chosen)
        for topic in sorted(options):
            chosen.pop(topic, None)
            likeness[topic] = -np.inf
            taken = frozenset[Key]().union(*(one.keys for one in chosen.values()))
            free = [one for one in options[topic] if not one.keys & taken]
            if not free:
                continue
            marks = _repetition(free, chosen)
            if turn:
                marks = marks + _confusion(free, topic, likeness, np.maximum(rivals, likeness.max(axis=0)))
            values = [round(one.score - mark, 9) for one, mark in zip(free, marks.tolist(), strict=True)]
            best = min(range(len(free)), key=lambda place: (-values[place], free[place].text))
            chosen[topic] = free[best]
            likeness[topic] = free[best].likeness
        if chosen == before:
            break
    return chosen


def _repetition(free: Sequence[Option], chosen: Mapping[int, Option]) -> NDArray[np.float64]:
    if not chosen:
        return np.zeros(len(free))
    cosines = np.stack([one.vector for one in free]) @ np.stack([one.vector for one in chosen.values()]).T
    marks: NDArray[np.float64] = ALIKE_PENALTY * np.maximum(cosines.max(axis=1) - ALIKE, 0.0)
    return marks


def _confusion(
    free: Sequence[Option], topic: int, likeness: NDArray[np.float64], rivals: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far each name is from being the one a reader takes for its topic, and for no other."""
    alike = np.stack([one.likeness for one in free])
    own = MARGIN - (alike[:, topic] - rivals[topic])
    named = np.isfinite(likeness.diagonal())
    others = (MARGIN - (likeness.diagonal()[named] - alike[:, named])).max(axis=1, initial=0.0)
    marks: NDArray[np.float64] = CONFUSED * (np.maximum(own, 0.0) + np.maximum(others, 0.0))
    return marks
