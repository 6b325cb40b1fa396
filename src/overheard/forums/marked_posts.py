"""What do the posts that selectors found show of themselves? Names, dates, addresses, ranks, and whom they answer."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from overheard.forums.address import split_address
from overheard.forums.body import Body, read_body
from overheard.forums.dates import find_date, read_epoch, resolve
from overheard.forums.elements import BODY, Marked, MarkedPage, shown
from overheard.forums.outline import Outline, outline_of
from overheard.forums.reader import Content
from overheard.forums.structure.blocks import Block
from overheard.forums.structure.links import joined, parent_links, permalinks, printed_positions
from overheard.forums.structure.names import LONGEST_NAME, Name, find_names
from overheard.forums.structure.ranks import rank_in
from overheard.forums.structure.slots import choose_dates, choose_names
from overheard.forums.structure.stamps import Stamp, find_stamps

_Value = TypeVar("_Value", str, datetime)

AUTHOR, DATE, LINK, RANK = "author", "date", "link", "rank"
"""The parts of a post beside its text."""
_HEAD = 65_536
"""Characters of a page in which it says what its links are relative to."""
_BASE = re.compile(r"""<base\b[^>]{0,200}?\bhref\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)
_PASSING = re.compile(
    r"([?&;])(?:(?:sid|s|PHPSESSID|jsessionid)=[0-9A-Za-z.]{16,80}|postcount=\d{1,7})(?:[&;]|(?=[#?]|$))", re.IGNORECASE
)
"""What an address holds beside the post: a visit, or the post's place among those not deleted yet."""
_LOOSE_END = re.compile(r"(?<![?&;])[?&;]++(?=#|$)")
_LAST_NUMBER = re.compile(r"(\d{1,20})\D*$")
_DATE_ATTRIBUTES = ("date", "datetime", "title", "content", "value")
_NAME_ATTRIBUTES = ("data-author", "data-username", "content")
_NO_RANKS = frozenset({"offline", "online"})
_LONGEST_RANK = 50
_LONGEST_DATE = 60
"""Characters of an attribute that is looked at for a date."""
_MOST_PARTS = 4
"""Elements that are tried for one name, date or address; the first that shows one tells it."""


class MarkedPosts:
    """The posts of a page, and the page laid out around them. What it returns has one entry a post, in their order.

    Attributes:
        marked: the posts, each with its text under BODY and whatever else was found of it.
        outline: the page.
        blocks: the posts' places in it.
    """

    def __init__(self, page: MarkedPage, content: Content, marked: Sequence[Marked]) -> None:
        """Lay the page out; `content.fetched_at` is what relative dates are counted from."""
        self.marked = marked
        self.outline = outline_of(page.root)
        self.blocks = _blocks_of(self.outline, marked)
        self._url = page.url
        self._base = _base_of(content)
        fetched_at = content.fetched_at
        self._fetched_at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
        self._stamps = find_stamps(self.outline, self._fetched_at, page.root.get("lang") or "")
        self._places = [stamp.at for stamp in self._stamps]

    def authors(self, is_whole: bool) -> list[str | None]:
        """Return the names of the authors; unless `is_whole`, those not found are told by the page's structure."""
        found = [_name_in(post) for post in self.marked]
        return found if is_whole else _filled(found, self._names)

    def dates(self, is_whole: bool) -> list[datetime | None]:
        """Return when the posts were said, written for machines before printed; see `authors` for `is_whole`."""
        found = [self._date_of(post) for post in self.marked]
        return found if is_whole or None not in found else _filled(found, choose_dates(self.blocks, self._stamps))

    def addresses(self, is_whole: bool) -> list[str | None]:
        """Return the posts' own addresses; where two posts have the same, it is neither's. See `authors`."""
        counts = Counter(self.links)
        found = [link if counts[link] == 1 else None for link in self.links]
        if is_whole or None not in found:
            return found
        return _filled(found, permalinks(self.outline, self.blocks, self._url))

    @cached_property
    def links(self) -> list[str | None]:
        """Where the posts' links lead, absolute and without what passes."""
        out: list[str | None] = []
        for post in self.marked:
            hrefs = [_href_of(part) for part in post.parts.get(LINK, [])[:_MOST_PARTS]]
            href = next((href for href in hrefs if href and href != "#" and not href.startswith("javascript:")), "")
            out.append(self._absolute(href))
        return out

    def ranks(self, authors: Sequence[str | None], is_whole: bool) -> list[str]:
        """Return the titles shown with the authors; see `authors` for `is_whole`."""
        out = []
        for post, block, author in zip(self.marked, self.blocks, authors, strict=True):
            found = [_first_line(part) for part in post.parts.get(RANK, [])[:_MOST_PARTS]]
            titles = [text for text in found if len(text) <= _LONGEST_RANK and any(char.isalpha() for char in text)]
            kept = [text for text in dict.fromkeys(titles) if text != author and text.casefold() not in _NO_RANKS]
            rank = ", ".join(kept)
            if not rank and not is_whole:
                rank = rank_in(self.outline, block, Name(0, "", author, 1, 0) if author else None)
            out.append(rank)
        return out

    def positions(self) -> list[int]:
        """Return the posts' places in the thread, from 0, as printed or as they stand on the page."""
        return printed_positions(self.outline, self.blocks)

    def parents(self) -> list[str | None]:
        """Return the addresses that the posts say they answer, beside what they quote."""
        return parent_links(self.outline, self.blocks, self._base)

    def answered(self, body: Body, addresses: Sequence[str | None]) -> str | None:
        """Return the address of the post quoted first, as its own page writes it, or failing that its author."""
        if body.quoted is None:
            return None
        told = self._absolute(body.quoted.link) or ""
        same = self._by_number.get(_number_in(told), []) if told else []
        if len(same) == 1 and addresses[same[0]]:
            return addresses[same[0]]
        same_site = bool(told) and split_address(told).netloc == split_address(self._url).netloc
        return (told if same_site else body.quoted.author) or None

    @cached_property
    def _by_number(self) -> dict[str, list[int]]:
        """Which posts carry which number, in their marks or their address."""
        out: dict[str, list[int]] = {}
        for place, (post, link) in enumerate(zip(self.marked, self.links, strict=True)):
            number = _number_in(post.element.get("id") or "") or _number_in(link or "")
            out.setdefault(number, []).append(place)
        return out

    @cached_property
    def _names(self) -> list[str | None]:
        chosen = choose_names(self.outline, self.blocks, find_names(self.outline))
        return [name.text if name else None for name in chosen]

    def _absolute(self, href: str) -> str | None:
        return _lasting(joined(self._url if href.startswith("#") else self._base, href)) if href else None

    def _date_of(self, post: Marked) -> datetime | None:
        for part in post.parts.get(DATE, [])[:_MOST_PARTS]:
            index = self.outline.index_of[part]
            low = bisect_left(self._places, self.outline.start[index])
            high = bisect_left(self._places, self.outline.end[index])
            found = [stamp for stamp in self._stamps[low:high] if not stamp.slot.startswith("edit")]
            # "#1 - Mar 5, 2020 at 7:45" holds two dates; the one with a time of day is whole.
            printed = sorted(found, key=lambda stamp: stamp.printed is None or stamp.printed.clock is None)
            told = _first_of([stamp for stamp in found if stamp.machine]) or _told_by(part, self._fetched_at)
            said_at = told or _first_of(printed)
            if said_at is not None:
                return said_at
        return None


def _blocks_of(outline: Outline, marked: Sequence[Marked]) -> list[Block]:
    places = [outline.index_of[post.element] for post in marked]
    inner: dict[int, list[int]] = {}
    for post, place in zip(marked, places, strict=True):
        if post.above is not None:
            inner.setdefault(id(post.above), []).append(outline.start[place])
    out = []
    for post, whole in zip(marked, places, strict=True):
        texts = [outline.index_of[part] for part in post.parts[BODY]]
        start, end = outline.start[_with_anchor(outline, whole)], outline.end[whole]
        if texts[0] == whole:
            # The post's name and date stand in what holds its text.
            out.append(Block(start, end, whole, end, end))
            continue
        text_start, text_end = outline.start[texts[0]], outline.end[texts[-1]]
        end = min([place for place in inner.get(id(post), []) if place >= text_end], default=end)
        out.append(Block(start, end, texts[0], text_start, text_end))
    return out


def _with_anchor(outline: Outline, index: int) -> int:
    """Return the bare anchor right before an element, which names it for links; else the element."""
    before = outline.elements[index].getprevious()
    if before is not None and before.tag == "a" and not len(before) and not (before.text or "").strip():
        return outline.index_of[before]
    return index


def _filled(found: list[_Value | None], told: Sequence[_Value | None]) -> list[_Value | None]:
    return [value if value is not None else other for value, other in zip(found, told, strict=True)]


def _name_in(post: Marked) -> str | None:
    for part in post.parts.get(AUTHOR, [])[:_MOST_PARTS]:
        text = shown(part) or next((value for name in _NAME_ATTRIBUTES if (value := part.get(name))), "")
        text = text.strip().removesuffix(":").strip()
        if 0 < len(text) <= LONGEST_NAME:
            return text
    return None


def _href_of(part: Any) -> str:
    """Return where a link leads; an anchor leads to itself."""
    name = part.get("name") or part.get("id") if part.get("href") is None else None
    return f"#{name}" if name else (part.get("href") or "").strip()


def _first_of(stamps: list[Stamp]) -> datetime | None:
    return next((stamp.said_at for stamp in stamps if stamp.said_at is not None), None)


def _told_by(part: Any, fetched_at: datetime) -> datetime | None:
    """Read a date out of the attributes of an element that is known to show one."""
    for name, value in part.attrib.items():
        if len(value) > _LONGEST_DATE or not (name in _DATE_ATTRIBUTES or name.startswith("data-")):
            continue
        printed = find_date(value, fetched_at)
        exact = read_epoch(value) or (resolve(printed, "unknown", timedelta()) if printed else None)
        if exact is not None:
            return exact
    return None


def _first_line(part: Any) -> str:
    """Return the first line of what an element shows; nothing where it is a label with its value ("Posts: 31")."""
    lines = read_body(part).text.split("\n")
    return "" if len(lines) > 1 and ":" in lines[0] else lines[0]


def _base_of(content: Content) -> str:
    """Return the address that the page says its links are relative to, its own where it says none."""
    told = _BASE.search(content.text[:_HEAD])
    return joined(content.url, html.unescape(told[1])) if told else content.url


def _lasting(link: str) -> str:
    """Leave out of an address what differs another time the page is fetched; the post does not."""
    kept = _PASSING.sub(r"\1", link)
    return _LOOSE_END.sub("", kept) if kept != link else link


def _number_in(link: str) -> str:
    """Return the last number of an address, which is the post's: a link to a post is written in many ways."""
    found = _LAST_NUMBER.search(link)
    return found[1] if found else ""
