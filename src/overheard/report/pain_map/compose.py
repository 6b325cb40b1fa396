"""The pains shown → the map: where each stands, whose it is, and which of them the same people tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from overheard.records import LastingPain
from overheard.report.findings import Market, people_of
from overheard.report.pain_map.drawing import (
    Circle,
    MapView,
    Tie,
    fit_to_sheet,
    labels_of,
    radii_of,
    tie_width,
    tip_place,
)
from overheard.report.pain_map.layout import place_points
from overheard.report.view import PainView, SegmentView

FEWEST = 3
"""Pains below which there is nothing to see."""
SHADES = 6
"""Colours that are told apart by people who see few; segments beyond share the last one's grey."""


def pain_map(market: Market, pains: Sequence[PainView], segments: Sequence[SegmentView]) -> MapView | None:
    """Draw the pains; None where fewer than `FEWEST` have a known place.

    People are not drawn: a dot that stands for one person tells who is near to what. They are counted, in the size of
    a circle and in the lines.
    """
    lasting = {one.pain_id: one for one in market.findings.lasting_pains if one.centroid}
    shown = [pain for pain in pains if pain.pain_id in lasting]
    if len(shown) < FEWEST:
        return None
    known = [lasting[pain.pain_id] for pain in shown]
    vectors = np.array([one.centroid for one in known], dtype=np.float64)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    radii = radii_of([pain.share.count for pain in shown])
    places = fit_to_sheet(place_points(vectors, _is_first(known)), radii)
    labels = labels_of([pain.name for pain in shown], places, radii)
    numbers = _numbers(shown, segments)
    circles = []
    for at, pain in enumerate(shown):
        (x, y), radius, number = places[at].round(1).tolist(), round(float(radii[at]), 1), numbers.get(pain.pain_id, 0)
        label, label_x, label_y, anchor = labels[at]
        segment = segments[number - 1].name if number else ""
        quote = pain.quotes[0] if pain.quotes else None
        circles.append(
            Circle(
                pain.name, pain.share.count, pain.file, segment, number, min(number, SHADES + 1), quote, x, y, radius,
                label, label_x, label_y, anchor, *tip_place(x, y, radius),
            )
        )  # fmt: skip
    named = sorted({circle.number for circle in circles} - {0})
    legend = tuple((number, min(number, SHADES + 1), segments[number - 1].name) for number in named)
    ties, least = _ties(market, circles, shown)
    return MapView(tuple(circles), ties, legend, len(pains) - len(shown), least)


def _is_first(pains: Sequence[LastingPain]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which pains were there on the first night: they hold the picture's place ever after."""
    first = min(one.born for one in pains)
    return np.array([one.born == first for one in pains])


def _numbers(pains: Sequence[PainView], segments: Sequence[SegmentView]) -> Mapping[str, int]:
    """Return, by pain_id, the number of the segment whose people tell a pain most, where they tell it more than others.

    More: the range its share is likely in lies above the share of everybody heard.
    """
    share_of_all = {pain.pain_id: pain.share.point for pain in pains}
    best: dict[str, tuple[float, int]] = {}
    for number, segment in enumerate(segments, start=1):
        for pain in segment.pains:
            if pain.share.low > share_of_all.get(pain.pain_id, 1.0):
                rank = (pain.share.point, -number)
                best[pain.pain_id] = max(best.get(pain.pain_id, rank), rank)
    return {pain_id: -number for pain_id, (_, number) in best.items()}


def _ties(market: Market, circles: Sequence[Circle], pains: Sequence[PainView]) -> tuple[tuple[Tie, ...], int]:
    """Join pains that enough people tell both, those with most in common first, as many lines as there are pains."""
    people = [people_of(market.pain_told[pain.pain_id]) for pain in pains]
    found = []
    for first, second in combinations(range(len(pains)), 2):
        both = len(people[first] & people[second])
        if both >= market.smallest:
            found.append((-both / len(people[first] | people[second]), first, second, both))
    chosen = sorted(found)[: len(pains)]
    most = max((both for *_, both in chosen), default=1)
    ties = tuple(
        Tie(circles[one].x, circles[one].y, circles[other].x, circles[other].y, tie_width(both, most))
        for _, one, other, both in chosen
    )
    return ties, min((both for *_, both in chosen), default=market.smallest)
