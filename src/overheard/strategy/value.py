"""Do the segments want the same value? Where not, it is one product strategy too few (Dunford)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from overheard.agreement import rank_biased_overlap
from overheard.records import ValueOverlap

ALIKE_FROM = 0.5
"""Overlap from which two segments are taken to want the same."""
OUTCOMES = 10
FEWEST_OUTCOMES = 3
"""Outcomes a segment must name before it is compared."""


def compare_value(outcomes: Mapping[str, Sequence[str]]) -> tuple[ValueOverlap, ...]:
    """Compare what segments want, each pair once.

    Args:
        outcomes: segment_id → what its people want, most people first; segments that name too few are left out.
    """
    ranked = {segment: tuple(wanted[:OUTCOMES]) for segment, wanted in sorted(outcomes.items())}
    told = [segment for segment, wanted in ranked.items() if len(wanted) >= FEWEST_OUTCOMES]
    return tuple(
        ValueOverlap(
            left,
            right,
            rank_biased_overlap(ranked[left], ranked[right]),
            tuple(one for one in ranked[left] if one in ranked[right]),
        )
        for left, right in combinations(told, 2)
    )
