"""Which repeated elements are the texts of the posts? Those with a name and a date beside each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import log

from overheard.forums.marks import SURE_PROMISE, body_promise, marks_of
from overheard.forums.outline import Outline
from overheard.forums.structure.evidence import Evidence, sides_of
from overheard.forums.structure.kin import Family, with_kin

_BODY_TAGS = frozenset(
    [
        "div",
        "td",
        "article",
        "section",
        "blockquote",
        "p",
        "li",
        "span",
        "tr",
        "dd",
        "main",
        "form",
        "font",
        "pre",
        "table",
        "ul",
        "ol",
        "center",
        "body",
        "noscript",
        "tbody",
    ]
)
_MOST_FAMILIES = 60
"""Looked at closely; chosen by how much they say."""
_LINK_WORD = 0.25
"""What a word in a link counts beside a word of plain text."""
_LEAST_SCORE = 1.2
_SOME_PROMISE = 1.2
_FEW = 4
"""Dates or names in one post, its own and those it links to; more is a list of posts."""
_MIXED = 0.4
"""What a family is worth that holds names and dates itself, beside one that has them at its side."""


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
    for family in scored[1:]:
        best = with_kin(page, evidence, best, family)
    return best


def _without_strangers(page: Outline, evidence: Evidence, family: Family) -> Family:
    if family.mixed:
        return family
    dated, named = sides_of(page, evidence, family.bodies)
    both = sum(d and n for d, n in zip(dated, named, strict=True))
    if both < 0.5 * len(family.bodies):
        return family
    kept = [index for index, d, n in zip(family.bodies, dated, named, strict=True) if d or n]
    return replace(family, bodies=tuple(kept))


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
    sure = [entry for entry in sized[_MOST_FAMILIES:] if body_promise(entry[1]) >= SURE_PROMISE][:_MOST_FAMILIES]
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
    if alone and promise < _SOME_PROMISE:
        return Family(mark, members, 0.0)
    dated, named = sides_of(page, evidence, members)
    if alone and promise < SURE_PROMISE and not (dated[0] and named[0]):
        return Family(mark, members, 0.0)
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
        return Family(mark, members, whole * _MIXED, frozenset(members))
    return Family(mark, members, apart)
