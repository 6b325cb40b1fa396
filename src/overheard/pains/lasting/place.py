"""Which pain is a new sentence about? The nearest one, if it lies within that pain's reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting.standing import Rows, Sentences, centre_of
from overheard.pains.settle import SOFTMAX_TEMPERATURE, least_cosines

ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far each pain reaches: `centres` are unit rows (pains, dims), `least` the lowest cosine of a member."""

    pain_ids: tuple[str, ...]
    centres: NDArray[np.float32]
    least: NDArray[np.float64]


def reach_of(sentences: Sentences, members: dict[str, Rows]) -> Reach:
    """Measure how far pains reach: Tukey's lower fence of their members' cosines to their centroid.

    Args:
        sentences: of the night.
        members: rows of each pain, none empty.
    """
    centres = np.array([centre_of(sentences.plain[rows]) for rows in members.values()], dtype=np.float32)
    cosines = [sentences.plain[rows] @ centre for rows, centre in zip(members.values(), centres, strict=True)]
    least = least_cosines(cosines) if cosines else np.empty(0)
    return Reach(tuple(members), centres.reshape(len(cosines), sentences.plain.shape[1]), least)


def nearest_pains(vectors: NDArray[np.float32], reach: Reach) -> list[str | None]:
    """Return for each unit row the nearest pain, or None where it is out of that pain's reach."""
    if not reach.pain_ids:
        return [None] * len(vectors)
    places: list[str | None] = []
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        cosines = vectors[start : start + ROWS_AT_ONCE] @ reach.centres.T
        nearest = cosines.argmax(axis=1)
        inside = cosines.max(axis=1) >= reach.least[nearest]
        found = zip(nearest.tolist(), inside.tolist(), strict=True)
        places += [reach.pain_ids[pain] if is_inside else None for pain, is_inside in found]
    return places


def belonging(vectors: NDArray[np.float32], places: Sequence[str | None], reach: Reach) -> list[float]:
    """Return how surely each unit row belongs where it is: softmax over cosines to all pains, 0 where unplaced."""
    at = {pain_id: index for index, pain_id in enumerate(reach.pain_ids)}
    sure: list[float] = []
    for start in range(0, len(vectors) if at else 0, ROWS_AT_ONCE):
        odds = (vectors[start : start + ROWS_AT_ONCE] @ reach.centres.T).astype(np.float64) / SOFTMAX_TEMPERATURE
        odds = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares = odds / odds.sum(axis=1, keepdims=True)
        own = [at[place] if place is not None else -1 for place in places[start : start + ROWS_AT_ONCE]]
        sure += [float(row[index]) if index >= 0 else 0.0 for row, index in zip(shares, own, strict=True)]
    return sure or [0.0] * len(vectors)
