"""Places on a plane → a drawing in pixels: circles that do not cover each other, labels where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.report.quotes import Quote

WIDTH, HEIGHT = 960.0, 720.0
MARGIN = 34.0
SMALLEST, LARGEST = 7.0, 22.0
"""Radius of a circle, by people."""
GAP = 3.0
PUSHES = 200
LETTER, LINE = 5.9, 13.0
"""Mean width of a letter and height of a line, in pixels; a little too wide rather than too narrow."""
LONGEST_LABEL = 26
ALWAYS = 12
TIP = (270.0, 210.0)
"""Width and most height of what shows when a circle is pointed at."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A pain: `number` is its segment's in the legend, 0 of none; `shade` is that, folded into the colours there are.

    `label` is "" where there is no room; `anchor` is SVG's text-anchor. The tip's place is its left upper corner;
    `is_above`: it ends above the circle instead of beginning below.
    """

    name: str
    people: int
    file: str
    segment: str
    number: int
    shade: int
    quote: Quote | None
    x: float
    y: float
    radius: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    tip_x: float
    tip_y: float
    is_above: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two pains that `people` tell both."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class MapView:
    """The map: circles by people, most first; `segments` are the numbered ones of the legend, (number, shade, name).

    `left_out` are pains whose place is not known; `ties_from` is the least number of people a line stands for.
    """

    circles: tuple[Circle, ...]
    ties: tuple[Tie, ...]
    segments: tuple[tuple[int, int, str], ...]
    left_out: int
    ties_from: int
    width: float = WIDTH
    height: float = HEIGHT
    tip_width: float = TIP[0]
    tip_height: float = TIP[1]

    def segment_of(self, file: str) -> str:
        """Return the segment that tells most the pain of a page, "" where none stands out."""
        return next((one.segment for one in self.circles if one.file == file), "")


def radii_of(people: Sequence[int]) -> NDArray[np.float64]:
    """Return radii whose squares follow the people, in pixels, within what can be seen and clicked."""
    counts = np.sqrt(np.asarray(people, dtype=np.float64))
    radii: NDArray[np.float64] = np.clip(LARGEST * counts / max(counts.max(), 1.0), SMALLEST, LARGEST)
    return radii


def fit_to_sheet(points: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return centres in pixels, shape (n, 2): scaled to the sheet, then pushed apart where circles would overlap.

    Across and down are scaled apart: a sheet is wider than high.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    span = np.where(high - low > 1e-9, high - low, 1.0)
    # Upwards on paper is downwards in pixels.
    share = np.where(high - low > 1e-9, (points - low) / span, 0.5) * [1, -1] + [0, 1]
    places: NDArray[np.float64] = MARGIN + share * room
    least = radii[:, None] + radii[None, :] + GAP
    np.fill_diagonal(least, 0.0)
    # Two at one place part along a direction of their own.
    turn = np.arange(len(places)) * 2.399963
    for _ in range(PUSHES):
        between = places[:, None, :] - places[None, :, :]
        apart = np.sqrt((between**2).sum(axis=2))
        same = apart < 1e-6
        between[same] = np.stack([np.cos(turn), np.sin(turn)], axis=1)[np.nonzero(same)[0]]
        excess = np.clip(least - apart, 0.0, None)
        if not excess.any():
            break
        shift = excess / 2 / np.where(same, 1.0, apart)
        places = places + (between * shift[:, :, None]).sum(axis=1) / 2
        places = np.clip(places, MARGIN, [WIDTH - MARGIN, HEIGHT - MARGIN])
    return places


def labels_of(
    names: Sequence[str], places: NDArray[np.float64], radii: NDArray[np.float64]
) -> list[tuple[str, float, float, str]]:
    """Return (label, x, y of its base line, text-anchor) of each; those named first take their room first.

    The first `ALWAYS` have a label even where it runs over another circle, others only where there is room.
    """
    circles = [
        (x - radius, y - radius, x + radius, y + radius)
        for (x, y), radius in zip(places.tolist(), radii.tolist(), strict=True)
    ]
    written: list[Box] = []
    labels = []
    for at, name in enumerate(names):
        text = _shortened(name)
        (x, y), radius = places[at].tolist(), float(radii[at])
        free: list[tuple[float, int, float, float, str, Box]] = []
        slant = 0.7 * radius + 3
        for label_x, label_y, anchor in (
            (x + radius + 4, y + 4, "start"),
            (x - radius - 4, y + 4, "end"),
            (x, y + radius + 13, "middle"),
            (x, y - radius - 5, "middle"),
            (x + slant, y - slant, "start"),
            (x + slant, y + slant + 8, "start"),
            (x - slant, y - slant, "end"),
            (x - slant, y + slant + 8, "end"),
        ):
            box = _box(label_x, label_y, anchor, len(text))
            if _is_on_sheet(box) and not any(_overlap(box, one) for one in written):
                covered = sum(_overlap(box, one) for row, one in enumerate(circles) if row != at)
                free.append((covered, len(free), label_x, label_y, anchor, box))
        covered, _, label_x, label_y, anchor, box = min(free, default=(math.inf, 0, 0.0, 0.0, "middle", circles[at]))
        if covered and not (at < ALWAYS and free):
            labels.append(("", 0.0, 0.0, "middle"))
            continue
        written.append(box)
        labels.append((text, round(label_x, 1), round(label_y, 1), anchor))
    return labels


def tip_place(x: float, y: float, radius: float) -> tuple[float, float, bool]:
    """Return the left upper corner of a tip and whether it stands above its circle."""
    width, height = TIP
    left = min(max(x - width / 2, 4.0), WIDTH - width - 4.0)
    is_above = y > HEIGHT / 2
    return round(left, 1), round(y - radius - 6 - height if is_above else y + radius + 6, 1), is_above


def tie_width(people: int, most: int) -> float:
    """Return the pixels of a line."""
    return round(1.0 + 4.0 * math.sqrt(people / most), 1)


def _shortened(name: str) -> str:
    """Return a name that fits beside a circle, cut between words where one ends late enough."""
    if len(name) <= LONGEST_LABEL:
        return name
    cut = name[: LONGEST_LABEL - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > LONGEST_LABEL // 2 else cut).rstrip(" ·") + "…"


def _box(x: float, y: float, anchor: str, letters: int) -> Box:
    width = letters * LETTER
    left = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
    return left, y - LINE + 3, left + width, y + 3


def _is_on_sheet(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


def _overlap(one: Box, other: Box) -> float:
    """Return the square pixels two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
