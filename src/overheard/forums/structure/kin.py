"""Which other elements are posts too? A question above its answers, comments below them, marked otherwise."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from overheard.forums.marks import SURE_PROMISE, body_promise
from overheard.forums.outline import Outline
from overheard.forums.structure.evidence import Evidence, posts_around, sides_of

_MOST_OF_KIN = 0.7
"""Share of a second family that must have names and dates; the rest (a form to answer with) is left out."""


@dataclass(frozen=True, slots=True)
class Family:
    """Elements of the same kind. `bodies` are their indices in reading order, none inside another.

    `mixed` are those of them that hold the post's name and date as well as its text.
    """

    mark: str
    bodies: tuple[int, ...]
    score: float
    mixed: frozenset[int] = frozenset()


def with_kin(page: Outline, evidence: Evidence, family: Family, other: Family) -> Family:
    """Add another family's members where they are posts too: near the first, sure of their marks, named and dated."""
    sure = body_promise(other.mark) >= SURE_PROMISE
    if other.score <= 0 or not (sure or _may_open(page, family, other)):
        return family
    new = [index for index in other.bodies if not _overlaps(page, index, family.bodies)]
    if len(new) < len(other.bodies) or not _in_one_place(page, family.bodies, new):
        return family
    joined = tuple(sorted({*family.bodies, *new}))
    ranges = dict(zip(joined, posts_around(page, evidence, joined), strict=True))
    kin, mixed = set(), set()
    for index in new:
        start, end = page.start[index], page.end[index]
        low, high = ranges[index]
        if all(
            evidence.has(places, low, start) or evidence.has(places, end, high)
            for places in (evidence.names, evidence.dates)
        ):
            kin.add(index)
        elif evidence.has_both(start, end):
            mixed.add(index)
    if len(kin) + len(mixed) < _MOST_OF_KIN * len(new):
        return family
    whole = replace(family, bodies=tuple(sorted({*family.bodies, *kin, *mixed})), mixed=family.mixed | mixed)
    # What takes the name and date away from a post that had them is its head, not another post.
    return whole if _supported(page, evidence, whole, family) >= _supported(page, evidence, family, family) else family


def _may_open(page: Outline, family: Family, other: Family) -> bool:
    """Say whether a family may be the post that opened the thread: one text above the others."""
    return (
        len(other.bodies) == 1
        and body_promise(other.mark) > 1
        and page.end[other.bodies[0]] <= page.start[family.bodies[0]]
    )


def _supported(page: Outline, evidence: Evidence, family: Family, among: Family) -> int:
    dated, named = sides_of(page, evidence, family.bodies)
    counted = set(among.bodies) - family.mixed
    return sum(dated[number] + named[number] for number, index in enumerate(family.bodies) if index in counted)


def _overlaps(page: Outline, index: int, others: tuple[int, ...]) -> bool:
    """Say whether an element holds, or is in, one of `others`, which are in reading order and apart."""
    at = bisect_left(others, index)
    after = at < len(others) and page.start[others[at]] < page.end[index]
    return after or (at > 0 and page.start[index] < page.end[others[at - 1]])


def _in_one_place(page: Outline, left: tuple[int, ...], right: list[int]) -> bool:
    """Say whether the members stand in one part of the page, smaller than all of it."""
    low = min(page.start[left[0]], page.start[right[0]])
    high = max(page.end[left[-1]], page.end[right[-1]])
    index = left[0]
    while page.parent[index] >= 0 and not (page.start[index] <= low and page.end[index] >= high):
        index = page.parent[index]
    return page.elements[index].tag not in ("body", "html")
