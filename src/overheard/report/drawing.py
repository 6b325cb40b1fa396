"""References between segments as a drawing: the page's segment in the middle, the others around it below."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MIDDLE = (180.0, 112.0)
_REACH = (142.0, 106.0)
"""Pixels from the middle to the others, across and down."""
_SMALLEST, _LARGEST = 11.0, 27.0
"""Radius of a segment, by people."""
_THINNEST, _THICKEST = 1.5, 8.0
_BEND = 60.0
"""Pixels."""
_FEW_AROUND = 4
"""Segments around, from which on they also stand above the middle's height."""


@dataclass(frozen=True, slots=True)
class Node:
    """A segment: where, how large, its number on the page, and the references within it ("" where not shown)."""

    number: int
    x: float
    y: float
    radius: float
    label_y: float
    is_own: bool
    within: str


@dataclass(frozen=True, slots=True)
class Arc:
    """References between two segments; `count` is "" on those that do not touch the page's own.

    It bends towards (`bend_x`, `bend_y`), so that the others' pass by the middle; `x` and `y` are the count's place.
    """

    x1: float
    y1: float
    bend_x: float
    bend_y: float
    x2: float
    y2: float
    width: float
    is_own: bool
    count: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, arcs to be drawn below nodes."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


def draw_references(
    people: Sequence[int], within: Sequence[int | None], between: Mapping[tuple[int, int], int | None], own: int
) -> Drawing:
    """Place segments and what is between them.

    Args:
        people: of each segment shown, in the report's order.
        within: references within each; None where not to be shown.
        between: references between two, by their rows, the smaller first; None where not to be shown.
        own: row of the page's segment.
    """
    places = _places(len(people), own)
    most = max([count for count in between.values() if count], default=1)
    arcs = []
    for (first, second), count in sorted(between.items()):
        if not count:
            continue
        (x1, y1), (x2, y2) = places[first], places[second]
        is_own = own in (first, second)
        width = round(_THINNEST + (_THICKEST - _THINNEST) * count / most, 1)
        # Nearer to the other end: in the middle of a fan the numbers would crowd.
        share = 0.5 if not is_own else 0.58 if first == own else 0.42
        x, y = round(x1 + share * (x2 - x1), 1), round(y1 + share * (y2 - y1), 1)
        bend_x, bend_y = (x, y) if is_own else _outwards(x, y)
        arcs.append(Arc(x1, y1, bend_x, bend_y, x2, y2, width, is_own, f"{count:,}" if is_own else "", x, y))
    nodes = []
    for row, count in enumerate(people):
        radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(count / max(people)), 1)
        told = "" if within[row] is None else f"{within[row]:,}"
        x, y = places[row]
        # The lines of the lower ones come from above.
        label_y = round(y + radius + 15 if y > _MIDDLE[1] + _LARGEST else y - radius - 6, 1)
        nodes.append(Node(row + 1, x, y, radius, label_y, row == own, told))
    return Drawing(tuple(nodes), tuple(sorted(arcs, key=lambda arc: arc.is_own)))


def _outwards(x: float, y: float) -> tuple[float, float]:
    """Push a point away from the middle, straight down where it lies in it."""
    across, down = x - _MIDDLE[0], y - _MIDDLE[1]
    distance = math.hypot(across, down)
    if distance < 1:
        across, down, distance = 0.0, 1.0, 1.0
    return round(x + _BEND * across / distance, 1), round(y + _BEND * down / distance, 1)


def _places(segments: int, own: int) -> list[tuple[float, float]]:
    """Return where each segment stands: the own in the middle, the others from left to right below."""
    around = segments - 1
    spread = 180.0 if around < _FEW_AROUND else 240.0
    places = []
    for row in range(segments):
        at = row - (row > own)
        angle = math.radians(90.0 + spread / 2 - spread * at / (around - 1)) if around > 1 else 0.0
        x, y = _MIDDLE[0] + _REACH[0] * math.cos(angle), _MIDDLE[1] + _REACH[1] * math.sin(angle)
        places.append(_MIDDLE if row == own else (round(x, 1), round(y, 1)))
    return places
