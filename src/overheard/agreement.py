"""How alike are two lists or two mixes? For what is compared from night to night and from segment to segment."""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAST_SHARE = 1e-4
"""An empty cell counts as this much: its logarithm would be without end."""


def rank_biased_overlap(left: Sequence[str], right: Sequence[str], persistence: float = 0.9) -> float:
    """Tell how alike two rankings are, 0-1, the top counting most (RBO, extrapolated; Webber et al., 2010, eq. 32).

    Args:
        left: entries, best first, none twice.
        right: the same.
        persistence: how likely a reader is to go on to the next rank; .9 puts 86 % of the weight on the first ten.

    Returns:
        1 for equal rankings, 0 for rankings without a common entry, 1 for two empty ones.
    """
    short, long = sorted((list(left), list(right)), key=len)
    if not long:
        return 1.0
    if not short:
        return 0.0
    overlap: list[int] = []
    seen: tuple[set[str], set[str]] = (set(), set())
    for depth in range(len(long)):
        for entries, known in zip((short, long), seen, strict=True):
            known.update(entries[depth : depth + 1])
        overlap.append(len(seen[0] & seen[1]))
    at_short, at_long = overlap[len(short) - 1], overlap[-1]
    total = sum(common / depth * persistence**depth for depth, common in enumerate(overlap, 1))
    total += sum(
        at_short * (depth - len(short)) / (len(short) * depth) * persistence**depth
        for depth in range(len(short) + 1, len(long) + 1)
    )
    rest = ((at_long - at_short) / len(long) + at_short / len(short)) * persistence ** len(long)
    return (1 - persistence) / persistence * total + rest


def population_stability_index(expected: Sequence[float], found: Sequence[float]) -> float:
    """Tell how far a mix has moved (PSI): the sum of (found - expected) ln(found / expected).

    Args:
        expected: shares of each group then, 0-1.
        found: shares now, in the same order.

    Returns:
        0 for equal mixes; .1 is commonly called a small, .25 a large move.
    """
    pairs = [(max(then, LEAST_SHARE), max(now, LEAST_SHARE)) for then, now in zip(expected, found, strict=True)]
    return sum((now - then) * math.log(now / then) for then, now in pairs)
