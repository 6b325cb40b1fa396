"""Where on the page stand dates, and when do they say? The page as a whole decides between day and month first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from overheard.forums.dates import Order, Printed, find_date, may_hold_date, read_epoch, resolve
from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline

_LONGEST = 200
"""Characters of a run of text that is looked at; a longer one is prose."""
_WORDY = 60
"""Characters beside the date in its run of text; with more it is prose that mentions a date."""
_EPOCH_ATTRIBUTE = re.compile(r"data-\w*-?(?:u?time|stamp|epoch|date|created)\w*$", re.IGNORECASE)
_DATE_ATTRIBUTES = ("datetime", "data-date", "data-datetime", "data-iso", "data-created", "data-dateline")
_NOT_SAID = re.compile(
    r"(join\w*|regist\w*|since|seit|beigetreten|dabei|mitglied|inscri\w*|membre|alta|edit\w*|modif\w*"
    r"|geändert|bearbeitet"
    r"|last (?:visit|seen|activity|active|login|reply|post)|zuletzt|birth\w*|geburt\w*|updated|expires?"
    r"|bumped|liked)\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    ["the", "and", "to", "of", "is", "you", "it", "for", "that", "with", "have", "this", "not", "by", "on"]
)
_SOME_ENGLISH = 0.01
"""Share of the words; a page in another language has a button or two in English."""
_FEWEST_WORDS, _ENOUGH_WORDS = 60, 4000
_YEAR = re.compile(r"(?:19|20)\d\d")
_OFFSET_WORDS = re.compile(
    r"all times are|alle zeiten sind|alle zeitangaben in|heures au format|toutes les heures sont|todas las horas son",
    re.IGNORECASE,
)
_SHORTEST_OFFSET = 12
_OFFSET = re.compile(
    _OFFSET_WORDS.pattern.join(("(?:", ")")) + r"[^\d+-]{0,30}?([+-]\s?\d{1,2})(?::?(\d\d))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date on the page. `at` is its place in reading order; `slot` names where it stands, alike from post to post."""

    at: int
    slot: str
    said_at: datetime | None
    machine: bool
    printed: Printed | None = None


def find_stamps(page: Outline, fetched_at: datetime, language: str) -> list[Stamp]:
    """Find every date a person can see and every date written for machines, in reading order.

    Args:
        page: the page laid out.
        fetched_at: aware; relative dates are counted from it, and no post is younger.
        language: of the page as declared ("de-DE"), empty where not.
    """
    if fetched_at.tzinfo is None:
        fetched_at = fetched_at.replace(tzinfo=UTC)
    found = _from_attributes(page, fetched_at) + _from_text(page, fetched_at)
    found.sort(key=lambda stamp: (stamp.at, not stamp.machine))
    offset = _page_offset(page)
    order = _order_of(found, fetched_at, language or _foreign(page))
    return [
        replace(stamp, said_at=resolve(stamp.printed, order, offset)) if stamp.printed is not None else stamp
        for stamp in found
    ]


def _from_attributes(page: Outline, fetched_at: datetime) -> list[Stamp]:
    out = []
    for index, element in enumerate(page.elements):
        if not element.attrib:
            continue
        exact, printed = _attribute_date(element, fetched_at)
        if exact is None and printed is None:
            continue
        near = " ".join(piece.text for piece in page.pieces_in(max(0, page.start[index] - 6), page.start[index]))
        slot = ("edit " if _NOT_SAID.search(near[-30:]) else "") + nearest_mark(page, index)
        out.append(Stamp(page.start[index], slot, exact, True, printed))
    return out


def _attribute_date(element: Any, fetched_at: datetime) -> tuple[datetime | None, Printed | None]:
    for name, value in element.attrib.items():
        if name.startswith("data-") and _EPOCH_ATTRIBUTE.match(name) and (exact := read_epoch(value)):
            return exact, None
    values = [element.get(name) for name in _DATE_ATTRIBUTES]
    if "date" in (element.get("itemprop") or "").casefold():
        values.append(element.get("content"))
    if element.tag in ("abbr", "span", "time", "a"):
        values.append(element.get("title"))
    for value in values:
        if value and len(value) < 80:
            exact = read_epoch(value)
            # Two-digit years in attributes come in any order ("19-05-15"); the printed date beside them is read.
            printed = find_date(value, fetched_at) if not exact and _YEAR.search(value) else None
            if exact or printed:
                return exact, printed
    return None, None


def _from_text(page: Outline, fetched_at: datetime) -> list[Stamp]:
    out = []
    for number, piece in enumerate(page.pieces):
        if not 3 < len(piece.text) <= 3 * _LONGEST or not may_hold_date(piece.text):
            continue
        text = " ".join(piece.text.split())
        if not 3 < len(text) <= _LONGEST:
            continue
        printed = find_date(text + _continued(page, number), fetched_at)
        if printed and printed.start < len(text):
            label = _label_before(page, number) + " " + text[: printed.start]
            rest = len(text) - (min(printed.end, len(text)) - printed.start)
            kind = ("edit " if _NOT_SAID.search(label[-60:]) else "") + ("prose " if rest > _WORDY else "")
            out.append(Stamp(piece.at, kind + nearest_mark(page, piece.owner), None, False, printed))
    return out


def _label_before(page: Outline, number: int) -> str:
    """Return the short texts just before, in the same or a neighbouring element ("Joined:", "Last edited by")."""
    owner = page.pieces[number].owner
    near = {owner, page.parent[owner]}
    out = ""
    for piece in page.pieces[max(0, number - 4) : number][::-1]:
        if len(out) + len(piece.text) > 40 or not {piece.owner, page.parent[piece.owner]} & near:
            break
        out = piece.text + out
    return " ".join(out.split())


def _continued(page: Outline, number: int) -> str:
    """Return what follows a run of text closely: the time of day often stands in an element of its own."""
    following = [piece.text for piece in page.pieces[number + 1 : number + 4]]
    return " " + " ".join(" ".join(following).split())[:20]


def _page_offset(page: Outline) -> timedelta:
    """Read "All times are GMT -5": the zone of every time printed without one."""
    for number in range(len(page.pieces) - 1, -1, -1):
        text = page.pieces[number].text
        if len(text) < _SHORTEST_OFFSET or not _OFFSET_WORDS.search(text):
            continue
        joined = " ".join("".join(piece.text for piece in page.pieces[number : number + 4]).split())
        found = _OFFSET.search(joined)
        if found:
            hours, minutes = int(found[1].replace(" ", "")), int(found[2] or 0)
            return (
                timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes) if abs(hours) < 15 else timedelta()
            )
    return timedelta()


def _foreign(page: Outline) -> str:
    """Return "und", a language nobody named, where a page says enough and is not in English; empty where it may be."""
    words = english = 0
    for piece in page.pieces:
        said = piece.text.casefold().split()
        words += len(said)
        english += sum(word in _ENGLISH for word in said)
        if words > _ENOUGH_WORDS:
            break
    return "und" if words >= _FEWEST_WORDS and english < _SOME_ENGLISH * words else ""


def _order_of(stamps: list[Stamp], fetched_at: datetime, language: str) -> Order:
    """Decide whether the page writes the day or the month first: by a day over 12, the future, the thread's order."""
    printed = [stamp.printed for stamp in stamps if stamp.printed and stamp.printed.readings]
    numeric = [date for date in printed if len(date.readings) == 2]
    if not numeric:
        return "unknown"
    latest = (fetched_at + timedelta(days=1)).timetuple()[:3]
    firm = {date.settled for date in printed}
    day_possible = all(date.readings[0] <= latest for date in numeric) and "month first" not in firm
    month_possible = all(date.readings[1] <= latest for date in numeric) and "day first" not in firm
    if day_possible != month_possible:
        return "day first" if day_possible else "month first"
    if not day_possible:
        return "unknown"
    if language and not language.casefold().startswith("en"):
        return "day first"
    rising_day = all(a.readings[0] <= b.readings[0] for a, b in pairwise(numeric))
    rising_month = all(a.readings[1] <= b.readings[1] for a, b in pairwise(numeric))
    if len(numeric) > 2 and rising_day != rising_month:
        return "day first" if rising_day else "month first"
    return "unknown"
