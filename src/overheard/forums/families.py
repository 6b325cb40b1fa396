"""Which repeated elements are the texts of the posts? The family whose members each have a name and a date beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from math import log

from overheard.forums.marks import body_promise, marks_of
from overheard.forums.names import Name
from overheard.forums.outline import Outline
from overheard.forums.quotes import is_quote
from overheard.forums.stamps import Stamp

_BODY_TAGS = frozenset(
    "div td article section blockquote p li span tr dd main form font pre table ul ol center body noscript tbody".split()
)
_MOST_FAMILIES = 60
"""Looked at closely; chosen by how much they say."""
_LINK_WORD = 0.25
"""What a word in a link counts beside a word of plain text."""
_SURE_NAME = 2
_LEAST_SCORE = 1.2
_SURE_PROMISE = 1.5
_FEW = 4
"""Dates or names in one post, its own and those it links to; more is a list of posts."""
_MIXED = 0.4
"""What a family is worth that holds names and dates itself, beside one that has them at its side."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Places of what tells posts from other text, in reading order."""

    dates: list[int]
    names: list[int]
    furniture: list[int]

    def has(self, places: list[int], start: int, end: int) -> bool:
        """Say whether one of `places` lies in the half-open range."""
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end

    def count(self, places: list[int], start: int, end: int) -> int:
        """Count the `places` in the half-open range."""
        return bisect_left(places, end) - bisect_left(places, start)


@dataclass(frozen=True, slots=True)
class Family:
    """Elements of the same kind. `bodies` are their indices in reading order, none inside another.

    Where `mixed`, the members hold the names and dates of the posts as well as their texts.
    """

    mark: str
    bodies: tuple[int, ...]
    score: float
    mixed: bool = False


def evidence_of(page: Outline, stamps: list[Stamp], names: list[Name], furniture: list[int]) -> Evidence:
    """Gather what speaks for posts: dates (not those in prose), names, and buttons and signatures."""
    quotes = _quote_ranges(page)
    dates = sorted({stamp.at for stamp in stamps if not stamp.slot.startswith(("prose", "edit")) and not _within(stamp.at, quotes)})
    people = sorted({name.at for name in names if name.weight >= _SURE_NAME and not _within(name.at, quotes)})
    return Evidence(dates, people, furniture)


def _quote_ranges(page: Outline) -> list[tuple[int, int]]:
    """Return the ranges of quotes: names and dates in them are of other posts."""
    out: list[tuple[int, int]] = []
    most = 0.6 * page.words_before[-1]
    for index, element in enumerate(page.elements):
        if out and page.start[index] < out[-1][1]:
            continue
        if is_quote(element) and page.words(page.start[index], page.end[index]) <= most:
            out.append((page.start[index], page.end[index]))
    return out


def _within(place: int, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (place, 1 << 60)) - 1
    return at >= 0 and place < ranges[at][1]


def find_bodies(page: Outline, evidence: Evidence) -> Family | None:
    """Choose the elements that are the texts of the posts; None where no family of elements is convincing.

    Takes the best family, drops members that have neither name nor date where the others do (a box of links built
    like a post), and adds kin: a first post or comments marked otherwise, each with a name and a date of its own.
    """
    scored = []
    seen: set[tuple[int, ...]] = set()
    for mark, members in _widest(page):
        if members in seen and body_promise(mark) <= 1:
            continue
        seen.add(members)
        scored.append(_scored(page, evidence, mark, members))
    scored.sort(key=lambda family: (-round(family.score, 6), family.bodies))
    if not scored or scored[0].score < _LEAST_SCORE:
        return None
    best = _without_strangers(page, evidence, scored[0])
    if best.mixed:
        return best
    for family in scored[1:]:
        best = _with_kin(page, evidence, best, family)
    return best


def _without_strangers(page: Outline, evidence: Evidence, family: Family) -> Family:
    if family.mixed:
        return family
    dated, named = _sides(page, evidence, family.bodies)
    both = sum(d and n for d, n in zip(dated, named, strict=True))
    if both < 0.5 * len(family.bodies):
        return family
    kept = [index for index, d, n in zip(family.bodies, dated, named, strict=True) if d or n]
    return replace(family, bodies=tuple(kept))


def _with_kin(page: Outline, evidence: Evidence, family: Family, other: Family) -> Family:
    """Add another family's members where they are posts too: beside the first, sure of their marks, named and dated."""
    if other.score <= 0 or other.mixed or body_promise(other.mark) < _SURE_PROMISE:
        return family
    new = [index for index in other.bodies if not _overlaps(page, index, family.bodies)]
    if not new or len(new) < len(other.bodies) or not _in_one_place(page, family.bodies, new):
        return family
    joined = tuple(sorted({*family.bodies, *new}))
    places = [joined.index(index) for index in new]
    ranges = posts_around(page, evidence, joined)
    for number in places:
        low, high = ranges[number]
        start, end = page.start[joined[number]], page.end[joined[number]]
        named = evidence.has(evidence.names, low, start) or evidence.has(evidence.names, end, high)
        dated = evidence.has(evidence.dates, low, start) or evidence.has(evidence.dates, end, high)
        if not (named and dated):
            return family
    return replace(family, bodies=joined)


def _overlaps(page: Outline, index: int, others: tuple[int, ...]) -> bool:
    return any(page.start[index] < page.end[other] and page.start[other] < page.end[index] for other in others)


def _in_one_place(page: Outline, left: tuple[int, ...], right: list[int]) -> bool:
    """Say whether the members stand in one part of the page, smaller than all of it."""
    low = min(page.start[left[0]], page.start[right[0]])
    high = max(page.end[left[-1]], page.end[right[-1]])
    index = left[0]
    while page.parent[index] >= 0 and not (page.start[index] <= low and page.end[index] >= high):
        index = page.parent[index]
    return page.elements[index].tag not in ("body", "html")


def _widest(page: Outline) -> list[tuple[str, tuple[int, ...]]]:
    """Return the families that say most, with their members."""
    families: dict[str, list[int]] = defaultdict(list)
    last_end: dict[str, int] = defaultdict(lambda: -1)
    nested: dict[str, int] = defaultdict(int)
    for index, element in enumerate(page.elements):
        if element.tag not in _BODY_TAGS:
            continue
        if page.words(page.start[index], page.end[index]) + page.link_words(page.start[index], page.end[index]) == 0:
            continue
        for mark in marks_of(page, index):
            if page.start[index] < last_end[mark]:
                nested[mark] += 1
            else:
                families[mark].append(index)
                last_end[mark] = page.end[index]
    sized = []
    for mark, members in families.items():
        if nested[mark] > 0.3 * len(members):
            continue
        size = sum(min(4.0, log(1 + _weighed_words(page, index))) for index in members) * body_promise(mark)
        sized.append((-size, mark, tuple(members)))
    sized.sort()
    sure = [entry for entry in sized[_MOST_FAMILIES:] if body_promise(entry[1]) >= _SURE_PROMISE][:_MOST_FAMILIES]
    return [(mark, members) for _, mark, members in sized[:_MOST_FAMILIES] + sure]


def _weighed_words(page: Outline, index: int) -> float:
    start, end = page.start[index], page.end[index]
    return page.words(start, end) + _LINK_WORD * page.link_words(start, end)


def _scored(page: Outline, evidence: Evidence, mark: str, members: tuple[int, ...]) -> Family:
    """Score a family: how much its members say, each weighed by the name and the date beside it.

    A member without both counts against the family, so do dates, names and buttons inside the members: those
    belong around a text, not in it.
    """
    alone = len(members) == 1
    promise = body_promise(mark)
    if alone and promise < _SURE_PROMISE:
        return Family(mark, members, 0.0)
    dated, named = _sides(page, evidence, members)
    total = whole = inside = 0.0
    for number, index in enumerate(members):
        start, end = page.start[index], page.end[index]
        say = min(6.0, log(1 + _weighed_words(page, index)))
        total += say * (0.5 * dated[number] + 0.5 * named[number] - 0.4)
        dates, people = evidence.count(evidence.dates, start, end), evidence.count(evidence.names, start, end)
        whole += say * (0.5 * (0 < dates <= _FEW) + 0.5 * (0 < people <= _FEW) - 0.4)
        inside += min(3, dates + people + 0.5 * evidence.count(evidence.furniture, start, end))
    apart = total * promise / (1 + 0.6 * inside / len(members))
    if not alone and whole * _MIXED > apart:
        return Family(mark, members, whole * _MIXED, mixed=True)
    return Family(mark, members, apart)


def _sides(page: Outline, evidence: Evidence, members: tuple[int, ...]) -> tuple[list[bool], list[bool]]:
    """Say for each member whether a date and a name stand beside it: in its own wrapper, or on the same side for all."""
    out = []
    ranges = posts_around(page, evidence, members)
    for places in (evidence.dates, evidence.names):
        own, before, after = [], [], []
        for number, index in enumerate(members):
            start, end = page.start[index], page.end[index]
            low, high = ranges[number]
            own.append(evidence.has(places, low, start) or evidence.has(places, end, high))
            previous = page.end[members[number - 1]] if number else max(0, start - 120)
            following = page.start[members[number + 1]] if number + 1 < len(members) else end + 120
            before.append(evidence.has(places, previous, start))
            after.append(evidence.has(places, end, following))
        out.append(max(own, before, after, key=sum))
    return out[0], out[1]


def wrappers(page: Outline, members: tuple[int, ...]) -> list[int]:
    """Return for each member the largest element around it that holds no other member."""
    out = []
    for number, index in enumerate(members):
        floor = page.start[members[number - 1]] if number else -1
        ceiling = page.start[members[number + 1]] if number + 1 < len(members) else page.end[0] + 1
        at = index
        while page.parent[at] >= 0:
            above = page.parent[at]
            if page.start[above] <= floor or page.end[above] > ceiling:
                break
            if len(members) == 1 and page.elements[above].tag in ("body", "html"):
                break
            at = above
        out.append(at)
    return out


def posts_around(page: Outline, evidence: Evidence, members: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return for each member the range of its wrapper, with the head of the post where that stands outside.

    Where comments on a post are nested in it, the post's own wrapper ends before its head: such a range, with
    neither name nor date, is stretched back over the beginning of the element above.
    """
    out: list[tuple[int, int]] = []
    for number, (index, at) in enumerate(zip(members, wrappers(page, members), strict=True)):
        start, end = page.start[at], page.end[at]
        floor = page.end[members[number - 1]] if number else -1
        above = page.parent[at]
        bare = not any(
            evidence.has(places, start, page.start[index]) or evidence.has(places, page.end[index], end)
            for places in (evidence.dates, evidence.names)
        )
        if bare and above >= 0 and page.start[above] > floor:
            start = page.start[above]
        out.append((start, end))
    return out
