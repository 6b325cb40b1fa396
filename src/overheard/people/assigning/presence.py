"""How present is a pain in what somebody said? Graded, for who did not mention a pain may have it all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, rows_by_person

Floats = NDArray[np.float64]


MOST_PEOPLE = 500
"""Of known segment whose sayings are gathered, evenly drawn: more would only narrow an interval."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """People of known segment and what they said of pains.

    `segments` has shape (people,), rows of `segment_ids`. `means` are the mean vectors of all a person's sentences,
    shape (people, dims); `own` the sums of their sentences in each pain, shape (people, pains, dims); `others` the sums
    of people in no segment, shape (pains, dims). `speakers` are people by pain and segment, shape (pains, segments).
    """

    person_ids: tuple[str, ...]
    segment_ids: tuple[str, ...]
    pain_ids: tuple[str, ...]
    segments: NDArray[np.int64]
    means: Floats
    own: NDArray[np.float32]
    others: Floats
    speakers: NDArray[np.int64]


def gather_sayings(
    evidence: Sequence[Evidence], vectors: NDArray[np.float32], segment_of: Mapping[str, str], pain_ids: Sequence[str]
) -> Sayings:
    """Sum up what people said.

    Args:
        evidence: pain sentences of anybody.
        vectors: unit length, shape (sentences, dims); `Evidence.row` points into it.
        segment_of: person_id → segment_id.
        pain_ids: the pains to look at.
    """
    people = rows_by_person(evidence)
    encoded = {key: [row for row in rows if evidence[row].row is not None] for key, rows in people.items()}
    placed = {key: rows for key, rows in encoded.items() if rows and key in segment_of}
    placed = dict(list(placed.items())[:: max(1, -(-len(placed) // MOST_PEOPLE))])
    segment_ids = sorted(set(segment_of.values()))
    column = {pain_id: at for at, pain_id in enumerate(pain_ids)}
    dims = vectors.shape[1]
    others = np.zeros((len(pain_ids), dims))
    for person_id, rows in people.items():
        if person_id not in placed:
            _add_up(others, [evidence[row] for row in rows], vectors, column)
    own = np.zeros((len(placed), len(pain_ids), dims), dtype=np.float32)
    means = np.zeros((len(placed), dims))
    speakers = np.zeros((len(pain_ids), len(segment_ids)), dtype=np.int64)
    segments = [segment_ids.index(segment_of[person_id]) for person_id in placed]
    for number, rows in enumerate(placed.values()):
        said = [evidence[row] for row in rows]
        _add_up(own[number], said, vectors, column)
        means[number] = vectors[[one.row for one in said if one.row is not None]].mean(axis=0)
        pains = {one.pain_id for one in said}
        speakers[[pain_id in pains for pain_id in pain_ids], segments[number]] += 1
    numbers = np.array(segments, dtype=np.int64)
    return Sayings(tuple(placed), tuple(segment_ids), tuple(pain_ids), numbers, means, own, others, speakers)


def _add_up(
    sums: NDArray[np.generic], said: Sequence[Evidence], vectors: NDArray[np.float32], column: Mapping[str, int]
) -> None:
    for one in said:
        if one.pain_id is not None and one.row is not None and one.pain_id in column:
            sums[column[one.pain_id]] += vectors[one.row]


def presence_of(sayings: Sayings, known: NDArray[np.bool_]) -> Floats:
    """Return how much nearer each person's sentences are to each pain than usual.

    Cosines of all that a person said with a pain's centre, in standard deviations over the known people, less the
    person's mean over pains: who writes much, or of the market in general, is near to every pain. A pain's centre is
    made of what others said.

    Args:
        sayings: what people said.
        known: shape (people,); the others' sentences move no centre and no deviation.

    Returns:
        Shape (people, pains).
    """
    total = sayings.others + sayings.own[known].sum(axis=0, dtype=np.float64)
    near = np.zeros((len(sayings.means), len(sayings.pain_ids)))
    for person, mean in enumerate(sayings.means):
        centres = total - sayings.own[person] if known[person] else total
        lengths = np.linalg.norm(centres, axis=1)
        near[person] = np.where(lengths > 1e-6, centres @ mean / np.maximum(lengths, 1e-6), 0.0)
    near = (near - near[known].mean(axis=0)) / np.maximum(near[known].std(axis=0), 1e-6)
    graded: Floats = near - near.mean(axis=1, keepdims=True)
    return graded
