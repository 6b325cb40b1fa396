"""What tells posts from other text: names and dates beside them, and how far "beside" reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from overheard.forums.outline import Outline
from overheard.forums.quotes import is_quote
from overheard.forums.structure.names import Name
from overheard.forums.structure.stamps import Stamp

_SURE_NAME = 2
"""Weight of a name that counts as evidence."""
_LINK_WORD = 0.25
"""What a word in a link counts beside a word of plain text."""
_REACH = 120
"""Places before the first post and after the last in which its name and date may stand."""
_MOST_LEVELS = 200
"""Of elements around a text; browsers themselves stop at 512."""
_HARDLY_A_WORD = 1
_COUNT = re.compile(r"[\W\d_]+$")
_LONGEST_NAME_WORDS = 8
"""In an element that shows a name; one with more holds the name and more."""
_MOST_OF_PAGE = 0.6
"""Share of the words; what holds more is the page, not a quote, whatever its class says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells posts from other text.

    `dates[p]`, `names[p]` and `buttons[p]` count how many of each stand before place p; `furniture` are the places of
    buttons, headings and labels. `plain[p]` and `linked[p]` count the words before place p, outside and inside of
    links, that may be what somebody says: no name, date, heading, signature or label.
    """

    dates: list[int]
    names: list[int]
    buttons: list[int]
    furniture: list[int]
    plain: list[int]
    linked: list[int]

    def said(self, start: int, end: int) -> float:
        """Count the words in the half-open range that may be what somebody says; one in a link counts for a part."""
        return self.plain[end] - self.plain[start] + _LINK_WORD * (self.linked[end] - self.linked[start])

    def is_silent(self, start: int, end: int) -> bool:
        """Say whether nothing is said in the half-open range, or links and hardly a word more."""
        plain = self.plain[end] - self.plain[start]
        return plain == 0 or (plain <= _HARDLY_A_WORD and self.linked[end] > self.linked[start])

    def has(self, counts: list[int], start: int, end: int) -> bool:
        """Say whether there is one of `counts` in the half-open range."""
        return counts[end] > counts[start]

    def has_both(self, start: int, end: int) -> bool:
        """Say whether a name and a date lie in the half-open range."""
        return self.has(self.names, start, end) and self.has(self.dates, start, end)

    def count(self, counts: list[int], start: int, end: int) -> int:
        """Return how many of `counts` there are in the half-open range."""
        return counts[end] - counts[start]


def evidence_of(page: Outline, stamps: list[Stamp], names: list[Name], furniture: list[int]) -> Evidence:
    """Gather what speaks for posts: dates (not those in prose), names, and buttons and signatures."""
    quotes = _quote_ranges(page)
    dates = sorted(
        {stamp.at for stamp in stamps if not stamp.slot.startswith(("prose", "edit")) and not _within(stamp.at, quotes)}
    )
    sure = [name for name in names if name.weight >= _SURE_NAME and not _within(name.at, quotes)]
    labels = {stamp.at for stamp in stamps if not stamp.slot.startswith("prose")}.union(furniture)
    labels.update(piece.at for piece in page.pieces if _COUNT.match(piece.text))
    for name in sure:
        start, end = page.start[name.element], page.end[name.element]
        shows_only_it = not name.is_attribute and page.words(start, end) <= _LONGEST_NAME_WORDS
        labels.update(range(start, end) if shows_only_it else (name.at,))
    for place in furniture:
        index = bisect_right(page.start, place) - 1
        if page.start[index] == place:
            labels.update(range(place, page.end[index]))
    size = len(page.words_before) + _REACH + 1
    plain, linked = _spoken(page, labels)
    return Evidence(
        dates=_counts(dates, size),
        names=_counts([name.at for name in sure], size),
        buttons=_counts(furniture, size),
        furniture=furniture,
        plain=plain,
        linked=linked,
    )


def _counts(places: list[int], size: int) -> list[int]:
    """Return how many of the places, each counted once, stand before each place up to `size`."""
    ones = [0] * size
    for place in places:
        ones[place + 1] = 1
    return list(accumulate(ones))


def _spoken(page: Outline, labels: set[int]) -> tuple[list[int], list[int]]:
    plain, linked = [0], [0]
    for place in range(len(page.words_before) - 1):
        said = place not in labels
        plain.append(plain[-1] + (page.words(place, place + 1) if said else 0))
        linked.append(linked[-1] + (page.link_words(place, place + 1) if said else 0))
    return plain, linked


def _quote_ranges(page: Outline) -> list[tuple[int, int]]:
    """Return the ranges of quotes: names and dates in them are of other posts."""
    out: list[tuple[int, int]] = []
    most = _MOST_OF_PAGE * page.words_before[-1]
    for index, element in enumerate(page.elements):
        if out and page.start[index] < out[-1][1]:
            continue
        if is_quote(element) and page.words(page.start[index], page.end[index]) <= most:
            out.append((page.start[index], page.end[index]))
    return out


def _within(place: int, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (place, 1 << 60)) - 1
    return at >= 0 and place < ranges[at][1]


def wrappers(page: Outline, members: tuple[int, ...]) -> list[int]:
    """Return for each member the largest element around it that holds no other member."""
    out = []
    for number, index in enumerate(members):
        floor = page.start[members[number - 1]] if number else -1
        ceiling = page.start[members[number + 1]] if number + 1 < len(members) else page.end[0] + 1
        at = index
        for _ in range(_MOST_LEVELS):
            if page.parent[at] < 0:
                break
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
        if bare and above >= 0 and page.start[above] >= floor:
            start = page.start[above]
        out.append((start, end))
    return out


def sides_of(page: Outline, evidence: Evidence, members: tuple[int, ...]) -> tuple[list[bool], list[bool]]:
    """Say for each member whether a date and a name stand beside it: in its wrapper, or on one side for all."""
    out = []
    ranges = posts_around(page, evidence, members)
    for places in (evidence.dates, evidence.names):
        own, before, after = [], [], []
        for number, index in enumerate(members):
            start, end = page.start[index], page.end[index]
            low, high = ranges[number]
            own.append(evidence.has(places, low, start) or evidence.has(places, end, high))
            previous = page.end[members[number - 1]] if number else max(0, start - _REACH)
            following = page.start[members[number + 1]] if number + 1 < len(members) else end + _REACH
            before.append(evidence.has(places, previous, start))
            after.append(evidence.has(places, end, following))
        out.append(max(own, before, after, key=sum))
    return out[0], out[1]
