"""Which title does the forum show under a name? "Moderator", "Staff", "Registered User"."""

from __future__ import annotations

import re
from functools import lru_cache

from overheard.forums.outline import Outline
from overheard.forums.structure.blocks import Block
from overheard.forums.structure.names import Name

_LONGEST = 50
_RANK_MARK = re.compile(
    r"user-?_?title|usertitle|user-?rank|userrank|\brank\b|userbanner|user-?role|author-?role"
    r"|member-?title|groupname|group_title"
    r"|membertitle|member_title|membergroup|author-?group|group-?name|roletitle|mitgliedstitel|\bbadge\b"
    r"|cauthorgroup|staff-?(?:label|badge)"
    r"|user-?status|\bstatus\b|^role$|bbp-author-role|postprofile-rank|profile-rank|poster-?rank"
    r"|usergroup|jobtitle|\btitle\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^\W*(?:(?:super|global|forum|site|community|senior|lead|chief"
    r"|former)[\s-]+){0,2}(?:moderator(?:in)?|moderators|mods?|admins?|administrator(?:in)?|"
    r"administrators|administrateur|modérateur|moderador|administrador|staff(?: member)?|team(?: member)?"
    r"|mitarbeiter(?:in)?|"
    r"support(?: team)?|employee|official|developer|community manager|product manager|owner|founder"
    r"|модератор|администратор)\W*$",
    re.IGNORECASE,
)
_NO_RANK = re.compile(
    r"^(?:offline|online|.{0,30}ist offline|.{0,30}is o(?:ff|n)line|old|default|re:.*|[\W\d_]*|guest posted.*)$",
    re.IGNORECASE,
)


def rank_in(page: Outline, block: Block, name: Name | None) -> str:
    """Return the title shown with a post's author, empty where none is.

    Args:
        page: the page laid out.
        block: the post.
        name: its author; the title stands after the name and is not the name.
    """
    office = ""
    start, end = block.text_start, block.text_end
    shown = name.text if name else ""
    for low, high in ((block.start, start), (end, block.end)):
        for index in page.elements_in(low, high):
            if page.start[index] < start < page.end[index]:
                continue
            element = page.elements[index]
            words = (element.get("class") or "").split()
            marked = any(_names_rank(word) for word in words) and element.tag not in (
                "h1",
                "h2",
                "h3",
                "a",
                "ul",
                "table",
            )
            text = page.text(index, _LONGEST + 20) if marked or len(element) == 0 else ""
            if not text or len(text) > _LONGEST or text == shown or _NO_RANK.match(text):
                continue
            if marked:
                return text
            if not office and _OFFICE.match(text):
                office = text
    return office


@lru_cache(maxsize=20_000)
def _names_rank(word: str) -> bool:
    return bool(_RANK_MARK.search(word))
