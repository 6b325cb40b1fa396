"""Where does each post begin and end? From its text outwards to its name, date and buttons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from overheard.forums.outline import Outline
from overheard.forums.structure.evidence import Evidence, posts_around, wrappers
from overheard.forums.structure.kin import Family

_ENOUGH = 0.7
"""Share of wrappers with a name and a date in them, above which a wrapper is a whole post."""


@dataclass(frozen=True, slots=True)
class Block:
    """One post: its range of places, and the index of the element that holds its text.

    Names and dates are looked for outside [text_start, text_end), which is empty where the element holds them too.
    """

    start: int
    end: int
    body: int
    text_start: int
    text_end: int


def blocks_of(page: Outline, evidence: Evidence, family: Family) -> list[Block]:
    """Find the post around each text; a text that holds its own name and date is the whole post."""
    if len(family.mixed) == len(family.bodies):
        return [_whole(page, body) for body in family.bodies]
    blocks = _blocks_around(page, evidence, family.bodies)
    return [_whole(page, block.body) if block.body in family.mixed else block for block in blocks]


def _blocks_around(page: Outline, evidence: Evidence, bodies: tuple[int, ...]) -> list[Block]:
    """Find the post around each text.

    Most engines wrap a post in one element. Where the wrappers hold no name or no date, the post is laid out flat,
    as rows or siblings: then the siblings between two texts are shared out, by what stands before the first text
    and after the last.

    Args:
        page: the page laid out.
        evidence: places of names and dates.
        bodies: indices of the elements that hold the texts, in reading order.
    """
    ranges = posts_around(page, evidence, bodies)
    wrapped = [_block(page, start, end, body) for (start, end), body in zip(ranges, bodies, strict=True)]
    if len(bodies) == 1 or _support(page, evidence, wrapped) >= _ENOUGH:
        return wrapped
    plain = [(page.start[index], page.end[index]) for index in wrappers(page, bodies)]
    flat = _flat(page, evidence, plain, bodies)
    return flat if _support(page, evidence, flat) > _support(page, evidence, wrapped) else wrapped


def _whole(page: Outline, body: int) -> Block:
    return Block(page.start[body], page.end[body], body, page.end[body], page.end[body])


def _block(page: Outline, start: int, end: int, body: int) -> Block:
    return Block(start, end, body, page.start[body], page.end[body])


def _support(page: Outline, evidence: Evidence, blocks: list[Block]) -> float:
    """Return the mean share of names and dates that the blocks hold beside their texts."""
    found = 0
    for block in blocks:
        start, end = block.text_start, block.text_end
        for places in (evidence.dates, evidence.names):
            found += evidence.has(places, block.start, start) or evidence.has(places, end, block.end)
    return found / (2 * len(blocks))


def _flat(page: Outline, evidence: Evidence, ranges: list[tuple[int, int]], bodies: tuple[int, ...]) -> list[Block]:
    gaps = [
        tuple(page.elements[index].tag for index in _tops_between(page, left[1], right[0]))
        for left, right in pairwise(ranges)
    ]
    # The gap most posts have; the one below a post marked otherwise than its answers says little.
    usual = Counter(gaps).most_common(1)[0][0]
    model = gaps.index(usual)
    first = _top_before(page, ranges[model][0], len(usual))
    header = _common_end(list(usual), [page.elements[index].tag for index in first])
    before = bool(header) or not usual
    edge = page.start[first[-header]] if header else ranges[model][0]
    if header and not _holds_evidence(page, evidence, edge, ranges[model][0]):
        before = not _holds_evidence(page, evidence, ranges[model][1], ranges[model + 1][0])
    if not before:
        widest = max(right[0] - left[1] for left, right in pairwise(ranges))
        ends = [start for start, _ in ranges[1:]] + [min(page.end[0], ranges[-1][1] + widest)]
        return [_block(page, start, end, body) for (start, _), end, body in zip(ranges, ends, bodies, strict=True)]
    lows = []
    for number, (start, _) in enumerate(ranges):
        floor = ranges[number - 1][1] if number else edge if model == 0 else 0
        tops = _tops_between(page, floor, start)
        lows.append(
            page.start[tops[-header]] if header and len(tops) >= header else max(floor, edge if not number else floor)
        )
    after = _tops_after(page, ranges[-1][1], len(usual) - header)
    ends = [*lows[1:], page.end[after[-1]] if after else ranges[-1][1]]
    return [
        _block(page, min(low, start), max(end, stop), body)
        for low, (start, stop), end, body in zip(lows, ranges, ends, bodies, strict=True)
    ]


def _tops_after(page: Outline, place: int, count: int) -> list[int]:
    """Return up to `count` siblings after the element that closes before `place`."""
    out: list[int] = []
    following = page.elements_in(place, place + 1)
    index = following[0] if following else -1
    while index >= 0 and len(out) < count:
        out.append(index)
        sibling = page.elements[index].getnext()
        index = page.index_of[sibling] if sibling is not None else -1
    return out


def _is_top(page: Outline, index: int, among: range) -> bool:
    return page.parent[index] not in among


def _tops_between(page: Outline, start: int, end: int) -> list[int]:
    inside = page.elements_in(start, end)
    return [index for index in inside if page.end[index] <= end and _is_top(page, index, inside)]


def _top_before(page: Outline, place: int, count: int) -> list[int]:
    """Return up to `count` siblings before the element that opens at `place`, in reading order."""
    index = page.elements_in(place, place + 1)[0]
    out: list[int] = []
    sibling: Any = page.elements[index].getprevious()
    while sibling is not None and len(out) < count:
        out.append(page.index_of[sibling])
        sibling = sibling.getprevious()
    return out[::-1]


def _common_end(left: list[str], right: list[str]) -> int:
    count = 0
    while count < min(len(left), len(right)) and left[-1 - count] == right[-1 - count]:
        count += 1
    return count


def _holds_evidence(page: Outline, evidence: Evidence, start: int, end: int) -> bool:
    return evidence.has(evidence.names, start, end) or evidence.has(evidence.dates, start, end)
