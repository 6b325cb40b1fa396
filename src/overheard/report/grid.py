"""A grid of people against people as geometry, drawn by templates/affinity.html."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overheard.report.affinity_view import AffinityView

CELL = 30.0
MARGIN = 26.0
"""Pixels left and above, for the people's numbers."""
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair of people, in pixels; `is_mutual` is drawn as a dot, so that it is seen without colour."""

    x: float
    y: float
    shade: int
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A group whose people stand next to each other: a square round its cells, in pixels."""

    x: float
    size: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The drawing; `labels` are (number, place in pixels of its middle)."""

    size: float
    cells: tuple[Cell, ...]
    frames: tuple[Frame, ...]
    labels: tuple[tuple[int, float], ...]


def grid_of(view: AffinityView) -> Grid:
    """Draw every two people twice, on both sides of the diagonal."""
    cells = []
    for pair in view.pairs:
        for row, column in ((pair.first, pair.second), (pair.second, pair.first)):
            cells.append(Cell(_place(column), _place(row), pair.shade, pair.is_mutual))
    frames = [
        Frame(_place(group.numbers[0]) - GAP, len(group.numbers) * CELL + GAP)
        for group in view.groups
        if len(group.numbers) > 1 and _is_row(group.numbers)
    ]
    labels = tuple((one.number, _place(one.number) + (CELL - GAP) / 2) for one in view.people)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.y, cell.x)))
    return Grid(MARGIN + len(view.people) * CELL + GAP, ordered, tuple(frames), labels)


def _place(number: int) -> float:
    return MARGIN + (number - 1) * CELL


def _is_row(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[-1] + 1))
