"""Which repeated elements are the texts of the posts? Those with a name and a date beside each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from math import inf, log

from overheard.forums.marks import SURE_PROMISE, body_promise, is_signature, marks_of
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
        "font",
        "pre",
        "table",
        "center",
        "body",
        "noscript",
        "tbody",
    ]
)
_MOST_FAMILIES = 60
"""Looked at closely; chosen by how much they say."""
_LEAST_SCORE = 1.2
_SOME_PROMISE = 1.2
_RIVAL = 0.5
"""Share of the best score that another family must have to be taken for the posts, where the best is a list."""
_MOST_RIVALS = 40
_FEW = 4
"""Dates or names in one post, its own and those it links to; more is a list of posts."""
_SHORT_WORDS = 60
_LEAST_STRANGE = 0.3
"""How much a date or a name counts against a text that holds it: all in a short text, a part in a long one."""
_UNNAMED = 0.4
_UNDATED = 0.25
"""What a word with a name beside it counts on a page without any date."""
_LEFT_OUT = 0.5
"""How much it counts against a family that words between its members are in none: the first paragraphs of posts."""
_MOSTLY = 0.6
"""Share of a family whose members are links and nothing else: a list, a menu."""
_MIXED = 0.4
"""What a family is worth that holds names and dates itself, beside one that has them at its side."""


def find_bodies(page: Outline, evidence: Evidence, is_list: Callable[[Family], bool]) -> Family | None:
    """Choose the elements that are the texts of the posts; None where no family of elements is convincing.

    Takes the best family that is no list of other threads (`is_list`), or the list where there is nothing else, drops
    members that have neither name nor date where the others do (a box of links built like a post), and adds kin: a
    first post or comments marked otherwise, each with a name and a date of its own.
    """
    scored = []
    seen: set[tuple[int, ...]] = set()
    best_score = 0.0
    for mark, members in _widest(page, evidence):
        if members in seen and body_promise(mark) <= 1:
            continue
        seen.add(members)
        if _most(page, evidence, mark, members) < _RIVAL * best_score:
            # It cannot become the talk, nor, without a sure mark, kin of it.
            continue
        scored.append(_scored(page, evidence, mark, members))
        best_score = max(best_score, scored[-1].score)
    scored.sort(key=lambda family: (-round(family.score, 6), family.bodies))
    if not scored or scored[0].score < _LEAST_SCORE:
        return None
    first = _first_talk(page, evidence, scored, is_list)
    if _is_silent(page, evidence, first):
        return None
    best = _without_strangers(page, evidence, first)
    for family in scored:
        best = with_kin(page, evidence, best, family)
    if (
        len(best.bodies) == 1
        and body_promise(best.mark) < SURE_PROMISE
        and not _is_one_post(page, evidence, best.bodies[0])
    ):
        return None
    return best


def _first_talk(page: Outline, evidence: Evidence, scored: list[Family], is_list: Callable[[Family], bool]) -> Family:
    """Return the best family that is no list and stands apart from those that are; the best where all are lists."""
    least = max(_LEAST_SCORE, _RIVAL * scored[0].score)
    lists: list[tuple[int, int]] = []
    for family in scored[:_MOST_RIVALS]:
        start, end = page.start[family.bodies[0]], page.end[family.bodies[-1]]
        if family.score < least:
            break
        if any(start < high and low < end for low, high in lists):
            continue
        if not _is_silent(page, evidence, family) and not is_list(family):
            return family
        lists.append((start, end))
    return scored[0]


def _is_silent(page: Outline, evidence: Evidence, family: Family) -> bool:
    """Say whether most of a family says nothing: rows of links or numbers."""
    silent = sum(evidence.is_silent(page.start[index], page.end[index]) for index in family.bodies)
    return silent > _MOSTLY * len(family.bodies)


def _without_strangers(page: Outline, evidence: Evidence, family: Family) -> Family:
    if family.mixed:
        return family
    dated, named = sides_of(page, evidence, family.bodies)
    both = sum(d and n for d, n in zip(dated, named, strict=True))
    if both < 0.5 * len(family.bodies):
        return family
    kept = [index for index, d, n in zip(family.bodies, dated, named, strict=True) if d or n]
    return replace(family, bodies=tuple(kept))


def _widest(page: Outline, evidence: Evidence) -> list[tuple[str, tuple[int, ...]]]:
    """Return the families that say most, with their members."""
    families: dict[str, list[int]] = defaultdict(list)
    last_end: dict[str, int] = defaultdict(lambda: -1)
    nested: dict[str, int] = defaultdict(int)
    for index, element in enumerate(page.elements):
        if element.tag not in _BODY_TAGS:
            continue
        start, end = page.start[index], page.end[index]
        if page.words(start, end) + page.link_words(start, end) == 0 or _is_label(page, evidence, index):
            continue
        for mark in marks_of(page, index):
            if page.start[index] < last_end[mark]:
                nested[mark] += 1
            else:
                families[mark].append(index)
                last_end[mark] = page.end[index]
    sized = []
    says: dict[int, float] = {}
    for mark, members in families.items():
        if nested[mark] > 0.3 * len(members):
            continue
        for index in members:
            if index not in says:
                says[index] = min(4.0, log(1 + evidence.said(page.start[index], page.end[index])))
        size = sum([says[index] for index in members]) * body_promise(mark)
        sized.append((-size, mark, tuple(members)))
    sized.sort()
    sure = [entry for entry in sized[_MOST_FAMILIES:] if body_promise(entry[1]) >= SURE_PROMISE][:_MOST_FAMILIES]
    return [(mark, members) for _, mark, members in sized[:_MOST_FAMILIES] + sure]


def _worth(evidence: Evidence, dated: bool, named: bool) -> float:
    """Return what each word of a text counts, with a date and a name beside it or not."""
    if not evidence.dates[-1]:
        return _UNDATED * named - _UNNAMED * (not named)
    return 0.5 * dated + 0.5 * named - _UNNAMED


def _is_one_post(page: Outline, evidence: Evidence, index: int) -> bool:
    """Say whether the smallest element around a text that shows a name and a date beside it shows few of them."""
    start, end = page.start[index], page.end[index]
    above = index
    while above >= 0:
        low, high = page.start[above], page.end[above]
        if all(
            evidence.has(places, low, start) or evidence.has(places, end, high)
            for places in (evidence.dates, evidence.names)
        ):
            return max(evidence.count(evidence.dates, low, high), evidence.count(evidence.names, low, high)) <= _FEW
        above = page.parent[above]
    return False


def _is_label(page: Outline, evidence: Evidence, index: int) -> bool:
    """Say whether an element shows nothing but a name or a date, or is a signature."""
    if is_signature(page.elements[index]) or page.text(index, 8).startswith("_____"):
        return True
    start, end = page.start[index], page.end[index]
    shows = evidence.has(evidence.names, start, end) or evidence.has(evidence.dates, start, end)
    return shows and evidence.said(start, end) == 0


def _most(page: Outline, evidence: Evidence, mark: str, members: tuple[int, ...]) -> float:
    """Return the highest score a family could have; no bound for those that may be kin of a better one."""
    promise = body_promise(mark)
    if len(members) == 1 or promise >= SURE_PROMISE:
        return inf
    said = sum(min(6.0, log(1 + evidence.said(page.start[index], page.end[index]))) for index in members)
    return (1 - _UNNAMED) * said * max(promise, _MIXED)


def _scored(page: Outline, evidence: Evidence, mark: str, members: tuple[int, ...]) -> Family:
    """Score a family: how much its members say, each weighed by the name and the date beside it.

    A member without both counts against the family, so do dates, names and buttons inside the members: those
    belong around a text, not in it.
    """
    alone = len(members) == 1
    promise = body_promise(mark)
    if alone and promise < 1:
        return Family(mark, members, 0.0)
    dated, named = sides_of(page, evidence, members)
    if alone and not (dated[0] and named[0] and _is_one_post(page, evidence, members[0])):
        return Family(mark, members, 0.0)
    total = whole = inside = 0.0
    both = sum(evidence.has_both(page.start[index], page.end[index]) for index in members)
    # A date or a name in a long text is one it mentions, unless every text has both: then these are whole posts.
    least = _LEAST_STRANGE if both < len(members) / 2 else 1.0
    for number, index in enumerate(members):
        start, end = page.start[index], page.end[index]
        say = min(6.0, log(1 + evidence.said(start, end)))
        total += say * _worth(evidence, dated[number], named[number])
        dates, people = evidence.count(evidence.dates, start, end), evidence.count(evidence.names, start, end)
        whole += say * (0.5 * (0 < dates <= _FEW) + 0.5 * (0 < people <= _FEW) - 0.4)
        strange = min(3, dates + people + 0.5 * evidence.count(evidence.buttons, start, end))
        inside += strange * max(least, min(1, _SHORT_WORDS / (1 + page.words(start, end))))
    span = evidence.said(page.start[members[0]], page.end[members[-1]])
    spoken = sum(evidence.said(page.start[index], page.end[index]) for index in members)
    whole_talk = 1 - _LEFT_OUT + _LEFT_OUT * (spoken / span if span else 1.0)
    apart = whole_talk * total * promise / (1 + 0.6 * inside / len(members))
    if alone and promise < _SOME_PROMISE:
        # A text that nothing names as one may open a thread, and is none by itself.
        return Family(mark, members, min(apart, _LEAST_SCORE / 2))
    if not alone and whole * _MIXED > apart:
        return Family(mark, members, whole * _MIXED, frozenset(members))
    return Family(mark, members, apart)
