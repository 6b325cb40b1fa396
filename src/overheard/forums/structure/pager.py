"""Which links lead to the further pages of this listing or thread? Numbered pages, "Next", rel=next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from overheard.forums.address import link_target, thread_of
from overheard.forums.outline import Outline

_NUMBER = re.compile(r"[\s\[({|«‹<-]{0,3}(\d{1,5})[\s\])}|»›>-]{0,3}")
_PLACE = re.compile(r"(?<!\d)(\d{1,5})\s*(?:of|von|de|sur|di|van|av|af|z|ze|из|od|/)\s*(\d{1,5})(?!\d)", re.IGNORECASE)
_ARROWS = re.compile(r"^[\s<>«»‹›←→▶►·|()\[\]]+|(?<![\s<>«»‹›←→▶►·|()\[\]])[\s<>«»‹›←→▶►·|()\[\]]++$")
_ONWARD = re.compile(r"^[\s()\[\]|·]*(?:>{1,2}|»|›|→|▶|►)[\s()\[\]|·]*$")
_PAGE_WORD = re.compile(r"[-_/.]?(?:index|page|seite|pagina|página|strana|str|p|pg|o)[-_/=.]?\d{1,6}$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"[-_/]\d{1,6}$")
_SHORT_NUMBER = re.compile(r"\d{1,6}")
_DOTTED = re.compile(r"^(\d+)\.\d+$")
_EXTENSION = re.compile(r"(?:index)?\.(?:html?|php\d?|aspx?|jsp|cgi|pl|shtml)$|(?<!/)/++$", re.IGNORECASE)
_PAGE_KEY = re.compile(
    r"^(?:p|pg|pn|pno|page\w*|seite|pagina|start|st|offset|from|begin|o|skip|limitstart|paged|cp|pp)$", re.IGNORECASE
)
_CURRENT = re.compile(r"current|active|selected|here|pagenow|highlight|this-page|\bon\b", re.IGNORECASE)
_NOT_ONWARD = re.compile(
    r"print|reply|quote|sort|order|rss|feed|login|regist|report|share|mode=|highlight=", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 7
_MOST_PAGES = 100
"""A number above may be a thread's."""
_MOST_LEVELS = 4
_MOST_LINKS = 60


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A link that shows a page's number; `url` is empty where the link leads nowhere, as the current page's may."""

    index: int
    number: int
    url: str


def further_pages(
    page: Outline, here: str, base: str, aliases: frozenset[str], threads: frozenset[str]
) -> tuple[str, ...]:
    """Return the addresses of the pages after this one, nearest first, as far as they are listed without a gap.

    Args:
        page: the page laid out.
        here: its address.
        base: what its links are relative to.
        aliases: other addresses it gives for itself.
        threads: what the threads are called that the page lists; their further pages are theirs.
    """
    names = _names_of((here, *aliases))
    onward: list[str] = []
    for group in _groups(page, base):
        if all(_leads_on(link, here, names, threads, group) for link in group if link.url):
            onward += _after_current(page, group, here)
    onward += _next_links(page, here, base, names, threads, frozenset(onward))
    own = {here, *aliases}
    return tuple(dict.fromkeys(url for url in onward if url not in own))


def _groups(page: Outline, base: str) -> list[list[_Numbered]]:
    """Return the links that show numbers, those of one pager together."""
    links: dict[int, _Numbered] = {}
    for index, element in enumerate(page.elements):
        if element.tag != "a":
            continue
        found = _NUMBER.fullmatch(page.text(index, 12))
        if found and int(found[1]) > 0:
            url = link_target(base, element.get("href") or "")
            links[index] = _Numbered(index, int(found[1]), "" if _NOT_ONWARD.search(url) else url)
    inside: dict[int, list[_Numbered]] = defaultdict(list)
    for link in links.values():
        above = link.index
        for _ in range(_MOST_LEVELS):
            above = page.parent[above]
            if above < 0:
                break
            inside[above].append(link)
    groups, taken = [], set[int]()
    for above in sorted(inside, key=lambda index: (page.end[index] - page.start[index], index)):
        group = [link for link in inside[above] if link.index not in taken]
        if len(group) <= _MOST_LINKS and (
            len(group) > 1 or (group and _current_of(page, above, group, "") is not None)
        ):
            groups.append(group)
            taken.update(link.index for link in group)
    return sorted(groups, key=lambda group: group[0].index)


def _after_current(page: Outline, group: list[_Numbered], here: str) -> list[str]:
    above = group[0].index
    last = group[-1].index
    while page.parent[above] >= 0 and (page.end[above] < page.end[last] or page.elements[above].tag in ("a", "li")):
        above = page.parent[above]
    current = _current_of(page, above, group, here)
    if current is None:
        return []
    pages = {link.number: link.url for link in group if link.url}
    out: list[str] = []
    for number in count(current + 1):
        if number not in pages:
            return out
        out.append(pages[number])
    return out


def _current_of(page: Outline, above: int, group: list[_Numbered], here: str) -> int | None:
    """Return which page this is: a number without a link, or marked, or "3 of 9", or the one left out."""
    linked = {link.number for link in group if link.url}
    for link in group:
        element = page.elements[link.index]
        marks = (
            f"{element.get('class') or ''} {element.get('aria-current') or ''} {element.getparent().get('class') or ''}"
        )
        if (
            not link.url
            or link.url == here
            or (_CURRENT.search(marks) and len(group) > 1 and _is_only(page, group, link))
        ):
            return link.number
    inside_links = [(page.start[link.index], page.end[link.index]) for link in group]
    for piece in page.pieces_in(page.start[above], page.end[above]):
        if any(start <= piece.at < end for start, end in inside_links):
            continue
        shown = _NUMBER.fullmatch(piece.text)
        if shown and int(shown[1]) not in linked and int(shown[1]) <= max(linked, default=0) + 1:
            return int(shown[1])
        told = _PLACE.search(piece.text)
        if told and int(told[1]) not in linked and int(told[1]) <= int(told[2]):
            return int(told[1])
    if linked == set(range(2, len(linked) + 2)):
        return 1
    return None


def _is_only(page: Outline, group: list[_Numbered], marked: _Numbered) -> bool:
    """Say whether a link is marked otherwise than the rest of its row; a mark they share says nothing."""
    name = page.elements[marked.index].get("class"), page.elements[marked.index].getparent().get("class")
    alike = sum(
        (page.elements[link.index].get("class"), page.elements[link.index].getparent().get("class")) == name
        for link in group
    )
    return alike == 1


def _leads_on(link: _Numbered, here: str, names: _Names, threads: frozenset[str], group: list[_Numbered]) -> bool:
    """Say whether a numbered link leads to another page of the same listing or thread."""
    if _is_related(link.url, names):
        return True
    if thread_of(link.url) in threads:
        return False
    if _changed_number(here, link.url) == link.number:
        return True
    # An archive may name its files anew; then the numbers in the addresses still run with those shown.
    steps = {other.number - int(digits[-1]) for other in group if (digits := _DIGITS.findall(other.url))}
    return len(group) > 2 and len(steps) == 1 and bool(urlsplit(link.url).query)


def _changed_number(here: str, url: str) -> int | None:
    """Return the one number by which an address differs from this page's; None where more than that differs."""
    if _DIGITS.split(here) != _DIGITS.split(url):
        return None
    pairs = zip(_DIGITS.findall(here), _DIGITS.findall(url), strict=True)
    changed = [right for left, right in pairs if left != right]
    return int(changed[0]) if len(changed) == 1 and len(changed[0]) < _LONGEST_NUMBER else None


def _is_one_more(here: str, url: str) -> bool:
    """Say whether an address counts one further than this page's, low enough to be a page's number and no thread's."""
    changed = _changed_number(here, url)
    # The only number of an address is a thread's.
    if changed is None or changed > _MOST_PAGES or len(_DIGITS.findall(url)) < 2:
        return False
    return any(
        int(left) + 1 == int(right)
        for left, right in zip(_DIGITS.findall(here), _DIGITS.findall(url), strict=True)
        if left != right
    )


def _next_links(
    page: Outline, here: str, base: str, names: _Names, threads: frozenset[str], known: frozenset[str]
) -> list[str]:
    out = []
    for index, element in enumerate(page.elements):
        if element.tag not in ("a", "link"):
            continue
        href = element.get("href") or ""
        if not href or not _says_next(page, index, element):
            continue
        url = link_target(base, href)
        is_own = (_is_related(url, names) and thread_of(url) not in threads) or _is_one_more(here, url)
        if url and url not in known and not _NOT_ONWARD.search(url) and is_own and not known:
            out.append(url)
    return out[:1]


def _says_next(page: Outline, index: int, element: Any) -> bool:
    if "next" in (element.get("rel") or "").lower().split():
        return True
    text = page.text(index, 40)
    if _ONWARD.match(text):
        return True
    shown = _ARROWS.sub("", text) or element.get("aria-label") or element.get("title") or ""
    return shown.strip().casefold() in _next_words()


@cache
def _next_words() -> frozenset[str]:
    lines = (files("overheard.forums") / "lexicon" / "paging.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line and not line.startswith("#"))


def _is_related(url: str, names: _Names) -> bool:
    """Say whether an address is that of another page of the same listing or thread."""
    other = _names_of((url,))
    return bool(
        other.exact & names.exact
        or other.worded & (names.exact | names.worded)
        or names.worded & other.exact
        # "/t/7" and "/t/7/2", "f42" and "f42-2"; but "/t/7" and "/t/8" are two threads.
        or other.bare & names.exact
        or names.bare & other.exact
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What an address may be called: as it is, without a page's number that says it is one, without any last number."""

    exact: frozenset[str]
    worded: frozenset[str]
    bare: frozenset[str]


def _names_of(urls: Iterable[str]) -> _Names:
    exact: set[str] = set()
    worded: set[str] = set()
    bare: set[str] = set()
    for url in urls:
        parts = urlsplit(url)
        whole = parse_qsl(parts.query, keep_blank_values=True)
        query = [(key, value) for key, value in whole if not (_PAGE_KEY.match(key) and _SHORT_NUMBER.fullmatch(value))]
        # SMF counts in the number itself: topic=123.45, board=18.20.
        dotted = [(key, _DOTTED.sub(r"\1", value)) for key, value in query]
        rest = urlencode(dotted)
        path = _EXTENSION.sub("", parts.path)
        (exact if dotted == whole else worded).add(f"{parts.netloc}{path}?{rest}")
        for pattern, names in ((_PAGE_WORD, worded), (_LAST_NUMBER, bare)):
            if (stripped := pattern.sub("", path)) != path:
                names.add(f"{parts.netloc}{_EXTENSION.sub('', stripped)}?{rest}")
    return _Names(frozenset(exact), frozenset(worded), frozenset(bare))
