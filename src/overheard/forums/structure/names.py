"""Where on the page stand people's names? Profile links, class words, microdata, "by X"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline

LONGEST_NAME = 60
"""Characters; a longer text is no name."""
_MOST_WORDS_OF_LINE = 4
"""Of a name that only "by" tells; with more, "von der Datenbank habe ich" would be one."""

_PROFILE = re.compile(
    r"members?[/.?-]|(?:member|user|profile?|mitglied)-?\d|/membres?/|/mitglied(?:er)?/|users?[/.?_=-]|user_?(?:info|profile)|profiles?[/.?=;-]|viewprofile"
    r"|/authors?/|/people/|showuser|personal_pages|/u/|/~|[?&;]u(?:id)?=\d|/@\w|/perfil|/usuarios?/"
    r"|/utilisateurs?/|/profil",
    re.IGNORECASE,
)
_NO_PROFILE = re.compile(
    r"log(?:in|out)|regist|sign_?(?:up|in)|lostpw|password|find(?:user|all)|search|private|newpm|sendmessage|do=add"
    r"|mailto:|javascript:|memberlist\.php(?:\?(?!.*mode=)|$)|/(?:members?|users?)/?$|online|faq|help"
    r"|report|/activity"
    r"|mode=(?:register|login|sendpassword|terms|privacy)|/(?:topics|posts|content|ignore|follow|settings"
    r"|account|conversations)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"user-?_?name|author|poster|by-?user|nick(?:name)?\b|member-?_?name|screen-?_?name|display-?_?name"
    r"|creator|hnuser"
    r"|^name$|(?:customer|client|reviewer|review|feedback|guest|visitor|person|contributor|commenter|testimonial|writer)-?_?name"
    r"|postbit-?user|postuser\b|\bfn\b|@name\b|profile-?name|posted-?by|\buser\b|userlink|autor|benutzername|pseudo",
    re.IGNORECASE,
)
_NOT_NAMED = re.compile(
    r"avatar|title|rank|info|detail|text|posts|stat|badge|role|group|status|date|time|icon|count|photo|image|joined"
    r"|location|comments?-|body|content|menu|extra|online|signature|quote|field|meta|reply-?to|last-?post"
    r"|since|level|points",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:by|from|on|profil\w*|view profile|view.*|send .*|show.*|reply|quote|report|edit|guest|#?\d{1,4}"
    r"|posts?:?.*|joined:?.*|more|"
    r"location:?.*|offline|online|pm|private message|message|e-?mail|www|website|homepage|visit.*|find .*"
    r"|add .*|follow\w*|"
    r"share|link|permalink|register\w*|log ?in|sign ?(?:in|up)|member|members|user|users|author|username|beitr.ge.*|"
    r"thread starter|topic starter|original poster|op|new member|avatar|user avatar|unread post|post|top|nach oben|"
    r"re:.*|old|default|wrote:?|said:?|last edited.*|[\W\d_]*)$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\s*(?:(?:posted|written|started|submitted|asked|answered|reply|message|comment|post)\s+)?"
    r"(?:by|von|par|por|door|from|av|af|przez|di)(?:\s*+:)?\s++(\S.{0,40}?)\s*(?:$|»|,|\||·|\bon\b|\bam\b"
    r"|\bat\b|\ble\b|\()",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the page. `weight` says how sure it is that this is a person's name: 1 (a guess) to 6."""

    at: int
    slot: str
    text: str
    weight: int
    element: int

    @property
    def is_attribute(self) -> bool:
        """Whether an attribute tells the name, of an element that shows more than it."""
        return self.slot.startswith("data ")


def find_names(page: Outline) -> list[Name]:
    """Find what looks like names of people, in reading order."""
    out: list[Name] = []
    for index, element in enumerate(page.elements):
        tag = element.tag
        if not element.attrib:
            continue
        given = element.get("data-author") or element.get("data-username") or element.get("data-author-name")
        if given and len(given) <= LONGEST_NAME:
            out.append(Name(page.start[index], f"data {tag} {nearest_mark(page, index)}", given, 4, index))
            continue
        weight = _weight(page, index, element)
        if not weight:
            continue
        text = _shown(page, index, element)
        if is_name(text):
            out.append(Name(page.start[index], nearest_mark(page, index), text, weight, index))
    out += _from_by_lines(page)
    out.sort(key=lambda name: name.at)
    return _innermost(page, out)


def _innermost(page: Outline, names: list[Name]) -> list[Name]:
    """Leave out what is marked as a name and holds one that is surer: a box with name, rank and number of posts."""
    kept = []
    for number, name in enumerate(names):
        end = page.end[name.element]
        inner = (other for other in names[number + 1 : number + 6] if other.at < end and other.element != name.element)
        if not any(
            other.weight >= name.weight and name.text.startswith(other.text) and other.text != name.text
            for other in inner
        ):
            kept.append(name)
    return kept


def is_name(text: str) -> bool:
    """Say whether a short text can be a name: not empty, not a button, not a sentence."""
    return 0 < len(text) <= LONGEST_NAME and len(text.split()) <= 6 and not _NO_NAME.match(text)


def is_profile_link(element: Any) -> bool:
    """Say whether an element is a link to a person's page."""
    return element.tag == "a" and _address_weight(element.get("href") or "") > 0


@lru_cache(maxsize=20_000)
def _address_weight(href: str) -> int:
    """Say how much an address sounds like a person's page: 3 that it does, -1 that it surely does not."""
    return -1 if _NO_PROFILE.search(href) else 3 if _PROFILE.search(href) else 0


def _weight(page: Outline, index: int, element: Any) -> int:
    weight = 0
    if element.tag == "a":
        weight = _address_weight(element.get("href") or "")
        if weight < 0:
            return 0
        if element.get("rel") == "author":
            weight += 2
    prop = element.get("itemprop") or ""
    if prop == "name":
        above = page.elements[page.parent[index]] if page.parent[index] >= 0 else element
        further = above.getparent()
        people = [node for node in (above, further) if node is not None]
        if any(
            "Person" in (node.get("itemtype") or "") or node.get("itemprop") in ("author", "creator") for node in people
        ):
            return 6
        return 0
    if prop in ("author", "creator"):
        weight += 3
    if _names_person(element.get("class") or ""):
        weight += 3
    return weight


@lru_cache(maxsize=20_000)
def _names_person(name: str) -> bool:
    return any(_NAMED.search(word) and not _NOT_NAMED.search(word) for word in name.split())


def _shown(page: Outline, index: int, element: Any) -> str:
    if page.words(page.start[index], page.end[index]) + page.link_words(page.start[index], page.end[index]) > 8:
        return ""
    text = page.text(index, 100)
    if not text and element.get("content"):
        text = " ".join((element.get("content") or "").split())
    return text.removesuffix(":").strip()


def _from_by_lines(page: Outline) -> list[Name]:
    """Read "by X" and "Posted by: X" where the name is in no element of its own."""
    out = []
    for piece in page.pieces:
        if len(piece.text) > 160:
            continue
        found = _BY.match(piece.text)
        if found and is_name(found[1]) and len(found[1].split()) <= _MOST_WORDS_OF_LINE:
            out.append(Name(piece.at, "by " + nearest_mark(page, piece.owner), found[1].strip(), 2, piece.owner))
    return out
