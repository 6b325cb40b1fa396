"""Where does each post begin and end? From its text outwards to its name, date and buttons."""

from __future__ import annotations

from dataclasses import dataclass
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
    gap = page.elements_in(ranges[0][1], ranges[1][0])
    between = [
        page.elements[index].tag for index in gap if page.end[index] <= ranges[1][0] and _is_top(page, index, gap)
    ]
    first = _top_before(page, ranges[0][0], len(between))
    header = _common_end(between, [page.elements[index].tag for index in first])
    before = bool(header) or not between
    edge = page.start[first[-header]] if header else ranges[0][0]
    if header and not _holds_evidence(page, evidence, edge, ranges[0][0]):
        after_first = _holds_evidence(page, evidence, ranges[0][1], ranges[1][0])
        before = not after_first
    blocks = []
    for number, (start, end) in enumerate(ranges):
        if before:
            tops = _tops_between(page, ranges[number - 1][1] if number else edge, start)
            low = (
                page.start[tops[-header]]
                if header and len(tops) >= header
                else (ranges[number - 1][1] if number else edge)
            )
            blocks.append(_block(page, low, end, bodies[number]))
        else:
            high = (
                ranges[number + 1][0]
                if number + 1 < len(ranges)
                else min(page.end[0], end + (ranges[1][0] - ranges[0][1]))
            )
            blocks.append(_block(page, start, high, bodies[number]))
    if not before:
        return blocks
    ends = [block.start for block in blocks[1:]] + [blocks[-1].end]
    return [
        _block(page, block.start, max(end, block.text_end), block.body) for block, end in zip(blocks, ends, strict=True)
    ]


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
