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
    """How far the people who tell a pain went: a stacked bar with its legend. Each counts once, by their strongest."""

    total: int
    parts: tuple[Part, ...]

    @property
    def is_telling(self) -> bool:
        """Whether it tells anything: one part of several rungs says no more than how many they are."""
        return len(self.parts) > 1 or self.parts[0].words in RUNGS

    @property
    def words(self) -> str:
        """The bar in words."""
        told = ", ".join(f"{part.words} {number(part.count)}" for part in self.parts)
        return f"{counted(self.total, 'person', 'people')}, by the strongest each tells: {told}"


@dataclass(frozen=True, slots=True)
class Whisker:
    """A share with its interval on a line from nobody to everybody, in pixels."""

    x: float
    low: float
    width: float


def ladder_of(strongest: Sequence[int], smallest: int) -> Ladder:
    """Stack people by the strongest sentence of each, so that one who writes much fills no more of it than others.

    Fewer than `smallest` people on a rung stand with those on the next one below ("what was tried or what was paid"),
    or above where there are none below. A part is drawn as its highest rung.

    Args:
        strongest: highest rung of each person, 0-4; others count as the nearest rung.
        smallest: people a group needs to be shown.
    """
    counts = [0] * len(RUNGS)
    for strength in strongest:
        counts[min(max(strength, 0), len(RUNGS) - 1)] += 1
    groups: list[list[int]] = [[]]
    for rung in reversed([rung for rung, count in enumerate(counts) if count]):
        if sum(counts[one] for one in groups[-1]) >= smallest:
            groups.append([])
        groups[-1].insert(0, rung)
    if len(groups) > 1 and sum(counts[one] for one in groups[-1]) < smallest:
        few = groups.pop()
        groups[-1] = few + groups[-1]
    room = WIDTH - GAP * (len(groups) - 1) - SLIVER * len(groups)
    parts, x = [], 0.0
    for rungs in reversed(groups):
        count = sum(counts[rung] for rung in rungs)
        width = SLIVER + room * count / len(strongest)
        words = " or ".join(RUNGS[rung] for rung in rungs)
        parts.append(Part(rungs[-1], count, words, round(x, 2), round(width, 2)))
        x += width + GAP
    return Ladder(len(strongest), tuple(parts))


def whisker_of(share: Share) -> Whisker:
    """Place a share and its interval on the line."""
    width = max(2.0, WIDTH * (share.high - share.low))
    return Whisker(round(WIDTH * share.point, 2), round(WIDTH * share.low, 2), round(width, 2))
