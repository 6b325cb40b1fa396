"""Where on a page is the talk? The page laid out, the names and dates on it, and the elements that hold the texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from overheard.forums.outline import Outline, outline_of
from overheard.forums.reader import Content
from overheard.forums.structure.blocks import Block, blocks_of
from overheard.forums.structure.bylines import is_advert, names_beside_dates
from overheard.forums.structure.evidence import Evidence, evidence_of
from overheard.forums.structure.families import find_bodies
from overheard.forums.structure.kin import Family
from overheard.forums.structure.labels import furniture_of
from overheard.forums.structure.listings import is_listing, leads_elsewhere, without_listings
from overheard.forums.structure.loose import box_loose_posts
from overheard.forums.structure.names import Name, find_names
from overheard.forums.structure.stamps import Stamp, find_stamps

_MOST_ELEMENTS = 25_000
"""Of a page; a page of a hundred posts has some thousand."""
_MOST_CHARACTERS = 8_000_000
"""Of a page's visible text: more than all of a long thread."""
_ADVERT = re.compile(r"advert|sponsor|promot(?:ed|ion)|adsense|(?:^|[\s_-])ads?(?:$|[\s_-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Talk:
    """A page laid out, and what stands on it; `family` is None where no elements are the texts of posts.

    `blocks` are the posts; none where they turn out to be the rows of a list of threads (`is_list`).
    """

    outline: Outline
    stamps: list[Stamp]
    names: list[Name]
    evidence: Evidence
    family: Family | None
    blocks: list[Block]
    is_list: bool

    @property
    def score(self) -> float:
        """How convincing the texts are; 0 where there are none."""
        return self.family.score if self.family else 0.0


def is_too_large(root: Any, content: Content) -> bool:
    """Say whether a page holds more than a page of a thread does, so that reading it would take minutes."""
    if content.text.count("<") > _MOST_ELEMENTS and sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return True
    return len(content.text) > _MOST_CHARACTERS and sum(len(text) for text in root.itertext()) > _MOST_CHARACTERS


def find_talk(root: Any, content: Content, title: str) -> Talk:
    """Find the posts of a page, and once more with those that stand loose in an element of their own.

    Args:
        root: the page's tree without what is unseen; loose posts are boxed in it, in place.
        content: the page; its address, and when it was fetched.
        title: the thread's; boards repeat it above every answer.
    """
    talk = _find(root, content, title)
    bodies = talk.family.bodies if talk.family and not talk.family.mixed else ()
    if box_loose_posts(talk.outline, talk.stamps, bodies):
        boxed = _find(root, content, title)
        if boxed.score > talk.score:
            return boxed
    return talk


def _find(root: Any, content: Content, title: str) -> Talk:
    outline = outline_of(root)
    stamps = find_stamps(outline, content.fetched_at, root.get("lang") or root.get("xml:lang") or "")
    names = find_names(outline)
    names = sorted([*names, *names_beside_dates(outline, stamps, names)], key=lambda name: name.at)
    evidence = evidence_of(outline, stamps, names, furniture_of(outline, title))

    def is_list(family: Family) -> bool:
        return leads_elsewhere(outline, blocks_of(outline, evidence, family), content.url)

    family = find_bodies(outline, evidence, is_list)
    if family is None:
        return Talk(outline, stamps, names, evidence, None, [], False)
    found = blocks_of(outline, evidence, family)
    blocks = without_listings(outline, found, content.url)
    listed = is_listing(outline, found, content.url) or is_listing(outline, blocks, content.url)
    blocks = [block for block in blocks if not _is_advert(outline, evidence, names, block)]
    return Talk(outline, stamps, names, evidence, family, [] if listed else blocks, listed)


def _is_advert(outline: Outline, evidence: Evidence, names: list[Name], block: Block) -> bool:
    """Say whether a block without a date is marked, or signed, as an advert."""
    if evidence.has(evidence.dates, block.start, block.end):
        return False
    shown = names[bisect_left(names, block.start, key=_place) : bisect_left(names, block.end, key=_place)]
    if any(is_advert(name.text) for name in shown):
        return True
    around = [
        index for index in outline.elements_in(block.start, block.text_start) if outline.end[index] >= block.text_end
    ]
    marks = " ".join(
        f"{outline.elements[index].get('class') or ''} {outline.elements[index].get('id') or ''}" for index in around
    )
    return bool(_ADVERT.search(marks))


def _place(name: Name) -> int:
    return name.at
