"""Small charts as geometry, drawn by templates/charts.html: no script, no picture, legible without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overheard.report.figures import Share, counted, number

WIDTH = 240.0
GAP = 1.5
"""Pixels between the parts of a bar, so that neighbours are told apart without their colours."""
SLIVER = 3.0
"""Least width of a part that is there at all."""

RUNGS = ("a mention only", "what is wrong", "what it costs", "what was tried", "what was paid")
"""What sentences of rung 0-4 say."""

RUNG_LABELS = ("mentions it", "says what is wrong", "says what it costs", "says what was tried", "says what was paid")
"""What one quote of rung 0-4 does."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar: pixels from the left, width in pixels."""

    rung: int
    count: int
    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """How strong a pain's sentences are: a stacked bar with its legend."""

    total: int
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """The bar in words."""
        told = ", ".join(f"{part.words} {number(part.count)}" for part in self.parts)
        return f"{counted(self.total, 'sentence')}: {told}"


@dataclass(frozen=True, slots=True)
class Whisker:
    """A share with its interval on a line from nobody to everybody, in pixels."""

    x: float
    low: float
    width: float


def ladder_of(strengths: Sequence[int]) -> Ladder:
    """Stack sentences by rung.

    Args:
        strengths: rung of each sentence, 0-4; others count as the nearest rung.
    """
    counts = [0] * len(RUNGS)
    for strength in strengths:
        counts[min(max(strength, 0), len(RUNGS) - 1)] += 1
    there = [(rung, count) for rung, count in enumerate(counts) if count]
    room = WIDTH - GAP * (len(there) - 1) - SLIVER * len(there)
    parts, x = [], 0.0
    for rung, count in there:
        width = SLIVER + room * count / len(strengths)
        parts.append(Part(rung, count, RUNGS[rung], round(x, 2), round(width, 2)))
        x += width + GAP
    return Ladder(len(strengths), tuple(parts))


def whisker_of(share: Share) -> Whisker:
    """Place a share and its interval on the line."""
    width = max(2.0, WIDTH * (share.high - share.low))
    return Whisker(round(WIDTH * share.point, 2), round(WIDTH * share.low, 2), round(width, 2))
