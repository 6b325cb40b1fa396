"""Do the people of a segment refer to each other more than chance would have it?

The E-I index (Krackhardt and Stern, 1988) is (external ties - internal ties) / all ties. By itself it says little: a
large segment keeps more ties inside for being large. So it is compared with the same ties under permuted labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, prod

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import benjamini_hochberg
from overheard.records import Reference, ReferenceLevel, SegmentReference

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

FEWEST_TIES = 20
"""Ties that touch a segment, below which chance alone gives any index."""
FEWEST_TIED = 10
"""People of a segment with ties; among fewer, two talkative ones are the segment."""
FEWEST_ADVISED = 5
"""People who took advice of others of their segment, for its references to be called personal."""
MOST_BY_CHANCE = 0.05
"""Share of false alarms among segments that are told to refer to each other (Benjamini and Hochberg, 1995)."""
PERMUTATIONS = 999
_AT_ONCE = 1_000_000
"""Ties of permutations that are counted together; more would only take more memory."""


def ei_index(internal: Floats | Counts, external: Floats | Counts) -> Floats:
    """Return the E-I index: -1 where all ties are internal, 1 where all are external; 0 of no ties."""
    indices: Floats = (external - internal) / np.maximum(external + internal, 1e-12)
    return indices


def ties_of(references: Sequence[Reference]) -> list[tuple[str, str, str]]:
    """Return (person, person referred to, thread): however often somebody refers to another in a thread, it is once."""
    return list(dict.fromkeys((one.person_id, one.to_person_id, one.document_id) for one in references))


def compare_segments(
    references: Sequence[Reference],
    segment_of: Mapping[str, str],
    sources: Mapping[str, str],
    present: Mapping[str, Collection[str]],
    segments: Sequence[str],
    seed: int,
) -> list[SegmentReference]:
    """Compare the references within each segment, and within all of them together, with chance.

    Labels are permuted among the people of one source who have ties: people of other sources cannot be referred to, so
    exchanging them would take a source for a segment. Ties with people in no segment are left out.

    Args:
        references: of customers, in an order that does not depend on their pseudonyms.
        segment_of: people in a segment now → its id.
        sources: document_id → source.
        present: document_id → people who speak there.
        segments: ids of all segments.
        seed: of the permutations.

    Returns:
        One row for all segments together (segment_id None), then one a segment, in their order.
    """
    graph = _Graph.of(references, segment_of, sources, segments)
    internal, external = graph.count(graph.labels)
    tied = np.bincount(graph.labels, minlength=len(segments))
    advised = _advised(references, segment_of)
    # A tie between two segments is external to both, and one tie.
    rows = [
        _Row(None, len(graph.labels), int(internal.sum()), int(external.sum()) // 2, sum(map(len, advised.values())))
    ]
    for at, segment_id in enumerate(segments):
        told = (int(tied[at]), int(internal[at]), int(external[at]), len(advised.get(segment_id, ())))
        rows.append(_Row(segment_id, *told))
    if not any(row.is_enough for row in rows):
        return [row.judged() for row in rows]
    index, expected, p = graph.compare(seed)
    met = _met(references, segment_of, present, segments)
    q = p.copy()
    enough = np.array([False, *(row.is_enough for row in rows[1:])])
    q[enough] = benjamini_hochberg(p[enough])
    return [row.judged(*map(float, told)) for row, *told in zip(rows, index, expected, met, p, q, strict=True)]


@dataclass(frozen=True, slots=True)
class _Row:
    segment_id: str | None
    people: int
    internal: int
    external: int
    advised: int

    @property
    def is_enough(self) -> bool:
        return self.internal + self.external >= FEWEST_TIES and self.people >= FEWEST_TIED

    def judged(
        self, index: float = 0.0, expected: float = 0.0, met: float = 0.0, p: float = 1.0, q: float = 1.0
    ) -> SegmentReference:
        counts = (self.segment_id, self.people, self.internal, self.external, self.advised)
        if not self.is_enough:
            return SegmentReference(*counts, "too few to tell", None, None, None, None, None)
        level: ReferenceLevel = "shared needs only"
        if q <= MOST_BY_CHANCE:
            level = "personal" if self.advised >= FEWEST_ADVISED else "evident"
        return SegmentReference(*counts, level, index, expected, met, p, q)


def _advised(references: Sequence[Reference], segment_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Return who of each segment took advice of another of it."""
    advised: dict[str, set[str]] = {}
    for one in references:
        own = segment_of.get(one.person_id)
        if one.kind == "advice taken" and own is not None and own == segment_of.get(one.to_person_id):
            advised.setdefault(own, set()).add(one.person_id)
    return advised


def _met(
    references: Sequence[Reference],
    segment_of: Mapping[str, str],
    present: Mapping[str, Collection[str]],
    segments: Sequence[str],
) -> Floats:
    """Return the E-I index there would be if each tie led to all others in its thread alike.

    Returns:
        Shape (1 + segments,), all segments together first.
    """
    there = {
        thread: Counter(segment_of[one] for one in people if one in segment_of) for thread, people in present.items()
    }
    internal, external = dict.fromkeys(segments, 0.0), dict.fromkeys(segments, 0.0)
    for person, other, thread in ties_of(references):
        if person not in segment_of or other not in segment_of:
            continue
        own, around = segment_of[person], there[thread]
        # Nobody else is there where the answer is to somebody who spoke elsewhere.
        others = max(around.total() - 1, 1)
        for segment_id, people in around.items():
            if segment_id == own:
                internal[own] += (people - 1) / others
            else:
                external[own] += people / others
                external[segment_id] += people / others
    # Exact sums: the order of segments comes from pseudonyms.
    inside = np.array([fsum(internal.values()), *internal.values()])
    outside = np.array([fsum(external.values()) / 2, *external.values()])
    return ei_index(inside, outside)


@dataclass(frozen=True)
class _Graph:
    """People with ties and their ties.

    Attributes:
        labels: the row of each person's segment, shape (people,).
        strata: the row of each person's source, shape (people,).
        left, right: rows of the people of each pair with ties, shape (pairs,).
        weights: threads in which they have them, shape (pairs,).
        segments: how many there are.
    """

    labels: Counts
    strata: Counts
    left: Counts
    right: Counts
    weights: Counts
    segments: int

    @classmethod
    def of(
        cls,
        references: Sequence[Reference],
        segment_of: Mapping[str, str],
        sources: Mapping[str, str],
        segments: Sequence[str],
    ) -> _Graph:
        """Build it of the references between people in segments."""
        placed = [one for one in references if one.person_id in segment_of and one.to_person_id in segment_of]
        rows: dict[str, int] = {}
        source_of: dict[int, str] = {}
        for one in placed:
            for person in (one.person_id, one.to_person_id):
                source_of[rows.setdefault(person, len(rows))] = sources[one.document_id]
        pairs: dict[tuple[int, int], int] = {}
        for left, right, _ in sorted((rows[one], rows[other], thread) for one, other, thread in ties_of(placed)):
            pairs[left, right] = pairs.get((left, right), 0) + 1
        names = {segment_id: at for at, segment_id in enumerate(segments)}
        places = {source: at for at, source in enumerate(sorted(set(source_of.values())))}
        return cls(
            labels=np.array([names[segment_of[person]] for person in rows], dtype=np.int64),
            strata=np.array([places[source_of[row]] for row in range(len(rows))], dtype=np.int64),
            left=np.array([left for left, _ in pairs], dtype=np.int64),
            right=np.array([right for _, right in pairs], dtype=np.int64),
            weights=np.array(list(pairs.values()), dtype=np.int64),
            segments=len(segments),
        )

    def count(self, labels: Counts) -> tuple[Counts, Counts]:
        """Return the internal and the external ties of each segment, both of shape (..., segments).

        Args:
            labels: shape (..., people).
        """
        left, right = labels[..., self.left], labels[..., self.right]
        same = left == right
        outside = np.where(same, 0, self.weights)
        internal = self._sum(left, np.where(same, self.weights, 0))
        return internal, self._sum(left, outside) + self._sum(right, outside)

    def _sum(self, ends: Counts, weights: Counts) -> Counts:
        """Sum weights, shape (..., pairs), by the segments at their ends."""
        draws = prod(ends.shape[:-1])
        rows = np.arange(draws)[:, None] * self.segments + ends.reshape(draws, ends.shape[-1])
        sums = np.bincount(rows.ravel(), weights.ravel(), draws * self.segments)
        return sums.astype(np.int64).reshape(*ends.shape[:-1], self.segments)

    def compare(self, seed: int) -> tuple[Floats, Floats, Floats]:
        """Measure the E-I index against permuted labels.

        Returns:
            The index, its mean over permutations, and the share of permutations (with the data as one of them) whose
            index is no larger; each of shape (1 + segments,), all segments together first.
        """
        generator = np.random.default_rng((seed, len(self.labels)))
        members = [np.flatnonzero(self.strata == stratum) for stratum in range(self.strata.max() + 1)]
        observed = self._indices(self.labels)
        total, as_low = np.zeros_like(observed), np.ones_like(observed)
        at_once = max(1, min(PERMUTATIONS, _AT_ONCE // len(self.left)))
        for first in range(0, PERMUTATIONS, at_once):
            labels = np.tile(self.labels, (min(at_once, PERMUTATIONS - first), 1))
            for rows in members:
                labels[:, rows] = generator.permuted(labels[:, rows], axis=1)
            found = self._indices(labels)
            total += found.sum(axis=0)
            as_low += (found <= observed + 1e-12).sum(axis=0)
        return observed, total / PERMUTATIONS, as_low / (PERMUTATIONS + 1)

    def _indices(self, labels: Counts) -> Floats:
        internal, external = self.count(labels)
        inside = np.concatenate([internal.sum(axis=-1, keepdims=True), internal], axis=-1)
        outside = np.concatenate([external.sum(axis=-1, keepdims=True) // 2, external], axis=-1)
        return ei_index(inside, outside)
