"""Whose name stands beside a date? "Ann · 3 May 2021", a bold word above it, in the same place from post to post."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline, Piece
from overheard.forums.relative import weekday_at_end
from overheard.forums.structure.names import Name, is_name
from overheard.forums.structure.stamps import Stamp

_WEIGHT = 2
"""How sure a name is that only its place tells."""
_REACH = 5
"""Runs of text with words that are looked at on either side of a date."""
_LONGEST = 40
_COVERED = 0.6
"""Share of the dates with a name known otherwise; above it none is looked for."""
_NEARLY_ALL = 0.8
_EMPHASIS = ("a", "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "font", "em", "i", "cite")
_EDGES = " \t\r\n:,;|·•»«›‹–—-()[]：（）【】■#/、，。"
_NUMBER = re.compile(r"^(?:#\d{1,6}\s+|#?\d{1,6}\s*[:.：)]\s*)")
_COUNT = re.compile(r"\d[\d.,]*\s")


@cache
def _words(kind: str) -> frozenset[str]:
    out: set[str] = set()
    for line in (files("overheard.forums") / "lexicon" / "bylines.txt").read_text("utf-8").splitlines():
        if line.startswith(f"{kind} "):
            out.update(word.replace("_", " ") for word in line.split()[1:])
    return frozenset(out)


def is_advert(name: str) -> bool:
    """Say whether what stands in the place of a name says that this is an advert."""
    return name.casefold().strip(_EDGES) in _words("advert")


def names_beside_dates(page: Outline, stamps: list[Stamp], names: list[Name]) -> list[Name]:
    """Find the names that nothing but their place beside the dates tells, in reading order.

    Args:
        page: the page laid out.
        stamps: its dates, in reading order.
        names: the names known otherwise; where most dates have one, no more are looked for.
    """
    slots: dict[str, list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        if stamp.slot.startswith(("prose", "edit")):
            continue
        same = slots[stamp.slot]
        if same and stamp.at - same[-1].at <= 1:
            # What an element tells machines and what it shows is one date; what is shown may name somebody.
            same.pop()
        same.append(stamp)
    known = [name.at for name in names if name.weight >= _WEIGHT]
    found: dict[int, Name] = {}
    for dates in slots.values():
        places = [stamp.at for stamp in dates]
        if _covered(places, known) < _COVERED * len(places):
            for name in _beside(page, dates):
                found.setdefault(name.at, name)
    return sorted(found.values(), key=lambda name: name.at)


def _covered(places: list[int], known: list[int]) -> int:
    """Count the dates with a known name nearer than the next date."""
    count = 0
    for number, place in enumerate(places):
        low = places[number - 1] if number else max(0, place - 60)
        high = places[number + 1] if number + 1 < len(places) else place + 60
        at = bisect_left(known, low)
        count += at < len(known) and known[at] < high
    return count


def _beside(page: Outline, dates: list[Stamp]) -> list[Name]:
    places = [stamp.at for stamp in dates]
    slots: dict[str, dict[int, Name]] = defaultdict(dict)
    for number, stamp in enumerate(dates):
        low = places[number - 1] if number else -1
        high = places[number + 1] if number + 1 < len(places) else page.end[0]
        for slot, name in _candidates(page, stamp, low, high):
            slots[slot].setdefault(number, name)
    ranked = sorted((-_score(page, slot, found, len(dates)), slot) for slot, found in slots.items())
    if not ranked or -ranked[0][0] < _NEARLY_ALL:
        return []
    return list(slots[ranked[0][1]].values())


def _score(page: Outline, slot: str, found: dict[int, Name], count: int) -> float:
    texts = {name.text for name in found.values()}
    kind = slot.split(" ", 1)[0]
    emphasised = any(page.elements[name.element].tag in _EMPHASIS for name in found.values())
    alike = len(texts) < 2 and (count > 2 or (count == 2 and kind not in ("same", "rest")))
    if len(found) < _NEARLY_ALL * count or alike:
        return 0.0
    close = kind in ("same", "rest") or (len(texts) > 1 and kind in ("-1", "-2", "+1"))
    if count < 3 and not emphasised and not close:
        return 0.0
    score = len(found) / count + 0.3 * (len(texts) > 1) + 0.2 * emphasised
    score += {"same": 0.4, "rest": 0.2, "-1": 0.3, "-2": 0.15, "-3": 0.1, "+1": 0.1}.get(kind, 0.0)
    return score - 0.3 * (sum(len(text.split()) for text in texts) > 3 * len(texts))


def _candidates(page: Outline, stamp: Stamp, low: int, high: int) -> list[tuple[str, Name]]:
    """Return what may be the name beside one date, each with its slot: which side, how far, and how it is marked."""
    at = bisect_left(page.places, stamp.at)
    if at >= len(page.pieces):
        return []
    out: list[tuple[str, Name]] = []
    piece = page.pieces[at]
    text = " ".join(piece.text.split())
    printed = stamp.printed if stamp.printed and not stamp.machine else None
    if printed:
        _add(page, out, "same", piece, text[: printed.start])
        _add(page, out, "rest", piece, text[printed.end :])
    for step, side in ((-1, page.pieces[max(0, at - 12) : at][::-1]), (1, page.pieces[at + 1 : at + 12])):
        near = [other for other in side if other.text.strip(_EDGES) and low < other.at < high][:_REACH]
        for number, other in enumerate(near, 1):
            _add(page, out, f"{step * number:+d}", other, other.text)
    return out


def _add(page: Outline, out: list[tuple[str, Name]], kind: str, piece: Piece, text: str) -> None:
    name = _name_in(" ".join(text.split())) if len(text) <= 2 * _LONGEST else ""
    if not name:
        return
    owner = piece.owner
    slot = nearest_mark(page, owner)
    if page.elements[owner].tag in ("span", "bdi", "small") and page.parent[owner] >= 0:
        above = page.parent[owner]
        owner = above if page.elements[above].tag in _EMPHASIS else owner
    out.append((f"{kind} {slot}", Name(piece.at, f"beside {kind} {slot}", name, _WEIGHT, owner)))


@lru_cache(maxsize=20_000)
def _name_in(text: str) -> str:
    """Return the name in a short text, without the words around it ("Posted by", "says:", "on Monday"); "" if none."""
    text = _NUMBER.sub("", text.strip()).strip(_EDGES)
    text = _without(text, "lead", at_start=True)
    for _ in range(3):
        shorter = _without(_without(text, "joins", at_start=False), "says", at_start=False)
        if weekday_at_end(shorter) is not None:
            shorter = shorter.rpartition(" ")[0].strip(_EDGES)
        if shorter == text:
            break
        text = shorter
    if not text or len(text) > _LONGEST or len(text.split()) > 4 or _COUNT.match(text):
        return ""
    if text.casefold() in _words("guest"):
        return text
    bare = text.casefold() in _words("lead") | _words("says") | _words("joins")
    return text if is_name(text) and not bare and any(char.isalpha() for char in text) else ""


def _without(text: str, kind: str, at_start: bool) -> str:
    words = text.split()
    for size in (3, 2, 1):
        part = words[:size] if at_start else words[-size:]
        if len(words) > size and " ".join(part).strip(_EDGES).casefold() in _words(kind):
            rest = words[size:] if at_start else words[:-size]
            return " ".join(rest).strip(_EDGES)
    return text
