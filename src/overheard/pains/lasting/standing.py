"""What is known of the pains at one moment of a night: the sentences, the pains, and which sentence is whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.pains.space import contrasted
from overheard.records import GroupEvent, LastingPain
from overheard.settings import PainSettings

Rows = NDArray[np.int64]
"""Rows of `Sentences`, ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Pain sentences, one entry each: signal id, text, person, unit row of `vectors` and of `plain`.

    Both are of shape (sentences, dims); in `plain`, where nearness is measured, what all sentences share is taken out.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    people: tuple[str, ...]
    vectors: NDArray[np.float32]
    plain: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, rows: Rows) -> Sentences:
        """Return the sentences of these rows, in their order."""
        at = rows.tolist()
        return Sentences(
            tuple(self.ids[row] for row in at),
            tuple(self.texts[row] for row in at),
            tuple(self.people[row] for row in at),
            self.vectors[rows],
            self.plain[rows],
        )

    def count_people(self, rows: Rows) -> int:
        """Count the different people behind these rows."""
        return len({self.people[row] for row in rows.tolist()})


def sentences_of(
    ids: Sequence[str],
    texts: Sequence[str],
    people: Sequence[str],
    vectors: NDArray[np.float32],
    settings: PainSettings,
) -> Sentences:
    """Put together the sentences of a night; of few, as where they are grouped, nothing is known to be shared."""
    plain = contrasted(vectors) if len(vectors) >= settings.small_corpus else vectors
    return Sentences(tuple(ids), tuple(texts), tuple(people), vectors, plain)


Grouping = Callable[[Sentences, PainSettings], Sequence[Rows]]
"""Groups sentences: the rows of each group, groups disjoint, a sentence in one or none."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The pains, living and ended, by id; the living pain or None of each sentence; and what happened tonight.

    `first_heard` has one entry per sentence. `restated` are living pains that became another thing tonight, so that
    their names may follow. In an event's evidence `{pain_id}` stands for the pain's name.
    """

    sentences: Sentences
    first_heard: tuple[date | None, ...]
    places: tuple[str | None, ...]
    pains: Mapping[str, LastingPain]
    events: tuple[GroupEvent, ...] = ()
    restated: frozenset[str] = frozenset()

    def members(self) -> dict[str, Rows]:
        """Return the rows of each living pain that has any, by pain id in order."""
        rows: dict[str, list[int]] = {}
        for row, pain_id in enumerate(self.places):
            if pain_id is not None:
                rows.setdefault(pain_id, []).append(row)
        return {pain_id: np.array(rows[pain_id], dtype=np.int64) for pain_id in sorted(rows)}

    def pool(self) -> Rows:
        """Return the rows of no pain."""
        return np.array([row for row, place in enumerate(self.places) if place is None], dtype=np.int64)

    def moved(self, rows: Rows, pain_id: str | None) -> Standing:
        """Place these sentences."""
        places = list(self.places)
        for row in rows.tolist():
            places[row] = pain_id
        return replace(self, places=tuple(places))

    def with_pain(self, pain: LastingPain, *events: GroupEvent) -> Standing:
        """Put a pain's new state in place of its old one, and tell what happened."""
        return replace(self, pains={**self.pains, pain.pain_id: pain}, events=(*self.events, *events))


def centre_of(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the unit mean of unit rows, shape (dims,); at least one row."""
    total = vectors.sum(axis=0, dtype=np.float64)
    centre: NDArray[np.float32] = (total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32)
    return centre


def tightness(vectors: NDArray[np.float32]) -> float:
    """Return the mean cosine between different ones of at least two unit rows."""
    total = float((vectors.sum(axis=0, dtype=np.float64) ** 2).sum())
    return (total - len(vectors)) / (len(vectors) * (len(vectors) - 1))


def likeness(
    cosine: NDArray[np.floating[Any]], told: NDArray[np.int64], vectors: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Correct cosines between earlier centroids and that of `vectors` for how few each is the mean of.

    The fewer sentences a centroid is the mean of, the farther it lies from where all of them would have it. So the
    cosine is divided by what two samples of such sizes of one thing would have (Spearman's correction for attenuation,
    1904, with the mean cosine between these sentences for the reliability of one): around 1 for one thing.

    Args:
        cosine: to each earlier centroid, shape (pains,).
        told: of how many each was the mean, shape (pains,).
        vectors: unit rows, at least two.
    """
    one = float(np.clip(tightness(vectors), 0.01, 1))
    both = _reliability(np.maximum(told, 1), one) * _reliability(np.array(len(vectors)), one)
    return np.asarray(cosine / np.sqrt(both), dtype=np.float64)


def _reliability(sizes: NDArray[np.int64], one: float) -> NDArray[np.float64]:
    """Return the reliability of means of so many, given that of one (Spearman and Brown, 1910)."""
    return np.asarray(sizes * one / (1 + (sizes - 1) * one), dtype=np.float64)


def stored(centre: NDArray[np.float32]) -> tuple[float, ...]:
    """Return a centroid as a record keeps it."""
    return tuple(float(value) for value in centre)
