"""Which links of a listing lead to threads, and what tells that a thread has something new?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt
from urllib.parse import urlsplit

from overheard.forums.address import link_target, thread_of
from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline, count_words
from overheard.forums.structure.evidence import wrappers
from overheard.forums.structure.listings import NO_THREAD
from overheard.forums.structure.names import Name, is_profile_link
from overheard.forums.structure.news import Marks, Table
from overheard.forums.structure.stamps import Stamp
from overheard.records import ThreadLink

_THREAD = re.compile(
    r"viewtopic|showthread|showtopic|[/?&=_-](?:topics?|threads?|tid|discussions?|questions?|thema|sujet|tema|fil)\b"
    r"|/t/|/d/|/q/|read\.php|/node/\d|[/-]t\d+|(?:messages?|msg|conversation|comments)[/=_-]|/posts?/\d|/p/\w|\d{4,}",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"#|latest|last(?:post)?|newpost|unread|goto=|[?&]p(?:id|ost)?=\d|/post-\d|findpost|view=", re.IGNORECASE
)
_THREADS = (
    r"topics?|threads?|themen|sujets?|temas|tópicos|discussioni|argomenti|onderwerpen|trådar|tråder|emner|wątki|tematy|témata"
    r"|темы?|тем|konular?|konu|主题|主題|帖子|スレッド|トピック|주제|المواضيع|נושאים"
)
_COUNTED_THREADS = re.compile(
    rf"\d[.,\s]{{0,3}}(?:{_THREADS})\b|\b(?:{_THREADS})\s{{0,3}}[:：]?\s{{0,3}}\d", re.IGNORECASE
)
_THREADS_HEAD = re.compile(rf"^\W*(?:{_THREADS})\W*$", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\d.,:/-])(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})(?![\d:/-]|[.,]\d)")
_NUMBERED_PART = re.compile(r"([a-z]{0,12})[-_]?\d+(?![a-z])", re.IGNORECASE)
_BARE = re.compile(r"\W*[\d.,]+\s?[kKmM]?\W*\w*$")
"""A number, or a number of something."""
_LONGEST_DATE = 6
"""Words of a link that shows a date."""
_FEWEST = 3
_ALIKE = 0.6
_LONGEST = 200
_LABEL = 60


@dataclass(frozen=True, slots=True)
class _Title:
    """A link that may be a thread's title: its element, where it leads, its words, and its row with its places."""

    index: int
    href: str
    url: str
    words: int
    row: int = 0
    start: int = 0
    end: int = 0


def thread_links(page: Outline, stamps: list[Stamp], names: list[Name], here: str, base: str) -> tuple[ThreadLink, ...]:
    """Return the threads a page lists, in reading order; none where no links look like a list of threads.

    Args:
        page: the page laid out.
        stamps: its dates.
        names: the names on it.
        here: its address; links to it, or to other hosts, lead to no thread of the listing.
        base: what its links are relative to.
    """
    dates = sorted({stamp.at for stamp in stamps})
    slots = _slots(page, dates, here, base)
    people = sorted({name.at for name in names})
    table = Table(page)
    scored = []
    for slot, links in slots.items():
        rows = _rows(page, links)
        score = _score(page, rows, table, dates, people)
        if score > 0:
            scored.append((-score, slot, rows))
    if not scored:
        return ()
    scored.sort(key=lambda entry: entry[:2])
    chosen = list(scored[0][2])
    shape = _shapes(chosen).most_common(1)[0][0]
    kinds = {kind for row in chosen for kind in _kinds(page, row)}
    for _, _, rows in scored[1:]:
        # Pinned, unread and locked threads are marked otherwise; their addresses and rows are of the same kind.
        alike = [row for row in rows if _shapes([row])[shape] and kinds.intersection(_kinds(page, row))]
        chosen += [] if _is_last_post(rows) else alike
    first: dict[str, _Title] = {}
    for title in sorted(chosen, key=lambda title: title.index):
        first.setdefault(thread_of(title.url), title)
    titles = _rows(page, list(first.values()))
    mark = Marks(page, stamps, table)
    return tuple(ThreadLink(title.url, mark.of(title.index, title.url, title.start, title.end)) for title in titles)


def _slots(page: Outline, dates: list[int], here: str, base: str) -> dict[str, list[_Title]]:
    """Return the links with words that lead to other pages of the same host, by how they are marked."""
    slots: dict[str, list[_Title]] = defaultdict(list)
    host = urlsplit(link_target(base, here)).netloc
    own = thread_of(link_target(base, here))
    for index, element in enumerate(page.elements):
        href = element.get("href") if element.tag == "a" else None
        if not href or href.startswith("#") or is_profile_link(element) or NO_THREAD.search(href):
            continue
        text = page.text(index, _LONGEST)
        url = link_target(base, href)
        if not url or urlsplit(url).netloc != host or thread_of(url) == own or _BARE.match(text):
            continue
        words = count_words(text)
        if words <= _LONGEST_DATE and _holds(dates, page.start[index], page.end[index]):
            continue
        if words and sum(char.isalpha() for char in text) > 1:
            slots[nearest_mark(page, index)].append(_Title(index, href, url, words))
    return slots


def _rows(page: Outline, links: list[_Title]) -> list[_Title]:
    """Give each link its row: the largest element around it that holds no other of them."""
    alone: dict[str, _Title] = {}
    for link in links:
        alone.setdefault(thread_of(link.url), link)
    kept = sorted(alone.values(), key=lambda link: link.index)
    around = wrappers(page, tuple(link.index for link in kept))
    if len(kept) > 2:
        # The first and the last would take the page's head and foot for theirs.
        usual = Counter(_depth(page, row) for row in around).most_common(1)[0][0]
        around = [_risen(page, link.index, row, usual) for link, row in zip(kept, around, strict=True)]
    return [
        _Title(link.index, link.href, link.url, link.words, row, page.start[row], page.end[row])
        for link, row in zip(kept, around, strict=True)
    ]


def _kinds(page: Outline, title: _Title) -> set[tuple[str, str]]:
    """Return what tells a row from other rows: the element it is in, and each of its class words."""
    element = page.elements[title.row]
    words = (element.get("class") or "").split()
    return {(element.tag, word) for word in words} | {("in", str(page.parent[title.row]))}


def _depth(page: Outline, index: int) -> int:
    depth = 0
    while page.parent[index] >= 0:
        index, depth = page.parent[index], depth + 1
    return depth


def _risen(page: Outline, link: int, row: int, depth: int) -> int:
    """Return the element around a link at the given depth, or the row where that is no deeper."""
    at, steps = link, _depth(page, link) - depth
    if steps < 0 or _depth(page, row) >= depth:
        return row
    for _ in range(steps):
        at = page.parent[at]
    return at


def _score(page: Outline, rows: list[_Title], table: Table, dates: list[int], people: list[int]) -> float:
    if len(rows) < _FEWEST and not (rows and all(_THREAD.search(row.url) for row in rows)):
        return 0.0
    if _is_last_post(rows) or _are_boards(page, rows, table):
        return 0.0
    dated = sum(_holds(dates, row.start, row.end) for row in rows) / len(rows)
    named = sum(_holds(people, row.start, row.end) for row in rows) / len(rows)
    counted = sum(_shows_number(page, row) for row in rows) / len(rows)
    if dated + counted + named < 1:
        return 0.0
    words = min(8.0, sum(row.words for row in rows) / len(rows))
    alike = _shapes(rows).most_common(1)[0][1] / len(rows)
    likely = sum(bool(_THREAD.search(row.url)) for row in rows) / len(rows)
    shown = 0.2 + 0.4 * dated + 0.3 * counted + 0.3 * named
    return len(rows) * sqrt(words) * shown * (0.5 + 0.5 * alike) * (0.5 + likely)


def _is_last_post(rows: list[_Title]) -> bool:
    """Say whether the links are no titles but lead to the last posts."""
    return sum(bool(_LAST.search(row.href)) for row in rows) > _ALIKE * len(rows)


def _are_boards(page: Outline, rows: list[_Title], table: Table) -> bool:
    """Say whether the rows are the boards of an index, each with its number of threads."""
    counted = 0
    for row in rows:
        text = _text(page, row)
        counted += (
            bool(_COUNTED_THREADS.search(text))
            or table.number_under(row.index, row.start, row.end, _THREADS_HEAD) is not None
        )
    return counted > _ALIKE * len(rows)


def _text(page: Outline, row: _Title) -> str:
    return " ".join(piece.text for piece in page.pieces_in(row.start, row.end)[:80])


def _holds(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _shapes(rows: list[_Title]) -> Counter[str]:
    """Count the kinds of address: numbers are one, and so are the words of a title."""
    out: Counter[str] = Counter()
    for row in rows:
        parts = urlsplit(row.url)
        *folders, last = parts.path.rstrip("/").split("/")
        keys = re.sub(r"=[^&;]*", "", parts.query)
        out["/".join([*(_kind(folder, folder) for folder in folders), _kind(last, "*")]) + "?" + keys] += 1
    return out


def _kind(part: str, worded: str) -> str:
    """Name the kind of one part of a path: "t93170-a-title" is "t#", and a part of words is `worded`."""
    found = _NUMBERED_PART.match(part)
    return f"{found[1]}#" if found else worded


def _shows_number(page: Outline, row: _Title) -> bool:
    inside = range(page.start[row.index], page.end[row.index])
    pieces = page.pieces_in(row.start, row.end)
    return any(piece.at not in inside and len(piece.text) < _LABEL and _COUNT.search(piece.text) for piece in pieces)
