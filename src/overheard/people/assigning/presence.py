"""How near is a sentence to what somebody said? Graded, for who did not say it may well have meant it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.quoting import is_clear
from overheard.people.needs.evidence import Evidence, rows_by_person

Floats = NDArray[np.float64]

MOST_PEOPLE = 500
"""Of known segment whose sayings are gathered, evenly drawn: more would only narrow an interval."""
MOST_OFFERED = 1000
"""Sentences of a segment that questions are chosen from, evenly drawn."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence that may be shown to pick from: who said it, as a row of the people, in which pain.

    `key` tells it by its content, so that an answer that comes in weeks later is read by what was shown.
    """

    person: int
    pain_id: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Sayings:
    """People of known segment and what they said.

    `segments` has shape (people,), rows of `segment_ids`. `near` holds the cosine of each person's mean sentence with
    each offer, shape (people, offers); the sayer's own mean goes without the sentence. `speakers` counts people by
    (pain, row of the segment).
    """

    person_ids: tuple[str, ...]
    segment_ids: tuple[str, ...]
    segments: NDArray[np.int64]
    offers: tuple[Offer, ...]
    near: Floats
    speakers: Mapping[tuple[str, int], int]


def gather_sayings(
    evidence: Sequence[Evidence],
    vectors: NDArray[np.float32],
    segment_of: Mapping[str, str],
    keys: Sequence[str],
    may_show: Sequence[bool],
) -> Sayings:
    """Sum up what people of known segment said, and find the sentences that can be offered.

    Args:
        evidence: pain sentences of anybody.
        vectors: unit length, shape (sentences, dims); `Evidence.row` points into it.
        segment_of: person_id → segment_id.
        keys: of each row of the evidence: what tells its text from others.
        may_show: of each row of the evidence: whether it tells nobody's name or address.
    """
    encoded = {
        key: own
        for key, rows in rows_by_person(evidence).items()
        if key in segment_of and (own := [row for row in rows if evidence[row].row is not None])
    }
    placed = dict(list(encoded.items())[:: max(1, -(-len(encoded) // MOST_PEOPLE))])
    segment_ids = sorted(set(segment_of.values()))
    segments = np.array([segment_ids.index(segment_of[key]) for key in placed], dtype=np.int64)
    said = [vectors[_rows_of(evidence, rows)] for rows in placed.values()]
    means = np.array([own.mean(axis=0, dtype=np.float64) for own in said]).reshape(len(said), vectors.shape[1])
    speakers: dict[tuple[str, int], int] = defaultdict(int)
    offered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for person, rows in enumerate(placed.values()):
        for pain_id in {evidence[row].pain_id for row in rows} - {None}:
            speakers[pain_id or "", int(segments[person])] += 1
        fit = [row for row in rows if evidence[row].pain_id and may_show[row] and is_clear(evidence[row].text)]
        offered[int(segments[person])] += [(person, row) for row in fit]
    chosen = [pair for _, own in sorted(offered.items()) for pair in own[:: max(1, -(-len(own) // MOST_OFFERED))]]
    offers = [Offer(person, evidence[row].pain_id or "", evidence[row].text, keys[row]) for person, row in chosen]
    near = means @ vectors[_rows_of(evidence, [row for _, row in chosen])].astype(np.float64).T
    for column, (person, _) in enumerate(chosen):
        count = len(said[person])
        near[person, column] = (count * near[person, column] - 1.0) / max(count - 1, 1)
    return Sayings(tuple(placed), tuple(segment_ids), segments, tuple(offers), near, dict(speakers))


def _rows_of(evidence: Sequence[Evidence], rows: Sequence[int]) -> NDArray[np.int64]:
    """Return the rows of the vectors of encoded evidence."""
    return np.array([row for at in rows if (row := evidence[at].row) is not None], dtype=np.int64)


def presence_of(sayings: Sayings, known: NDArray[np.bool_]) -> Floats:
    """Return how much nearer each person is to each offer than usual.

    Cosines in standard deviations over the known people, less the person's mean over offers: who writes much, or of
    the market in general, is near to every sentence.

    Args:
        sayings: what people said.
        known: shape (people,); the others move no mean and no deviation.

    Returns:
        Shape (people, offers).
    """
    near = sayings.near
    graded: Floats = (near - near[known].mean(axis=0)) / np.maximum(near[known].std(axis=0), 1e-6)
    if graded.shape[1]:
        graded -= graded.mean(axis=1, keepdims=True)
    return graded
