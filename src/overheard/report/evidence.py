"""How far may a pain be believed, what does it move people to, and is it told more or less than before?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overheard.report.figures import Share, counted, share_of
from overheard.report.findings import Market, Told

Confidence = Literal["high", "medium", "low"]

ENOUGH_SOURCES = 3
PROMPTED = frozenset({"transcripts"})
"""Kinds of sources in which somebody asked."""

FORCES = {
    "push": "pushed away from what they have",
    "pull": "drawn to something else",
    "anxiety": "afraid of the change",
    "habit": "held by habit",
}

WINDOWS = 4
SHORTEST_DAYS = 28
"""Of all posts from the first to the last; windows of less than a week tell of weekdays."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The people who tell a pain among those heard, in `WINDOWS` equal times, oldest first; None where too few tell.

    `word` is rising or falling where the last time's interval lies outside the one of all before it, else steady.
    """

    times: tuple[Share | None, ...]
    word: Literal["rising", "falling", "steady"]


def confidence_of(market: Market, told: Sequence[Told]) -> tuple[Confidence, str]:
    """Judge by the three-source rule and return the reason.

    High: three sources or more, told unprompted, and by people of more than one segment. Low: one source. Medium: the
    rest.
    """
    kinds = {one.name: one.kind for one in market.findings.settings.source}
    sources = {market.source_of(one.utterance) for one in told}
    people = {one.signal.person_id for one in told}
    segments = sum(bool(people & members) for members in market.members.values())
    lacks = []
    if len(sources) < ENOUGH_SOURCES:
        lacks.append(f"told in {counted(len(sources), 'source')}")
    if all(kinds.get(source) in PROMPTED for source in sources):
        lacks.append("told only when asked")
    if segments < 2:
        lacks.append("in one segment only" if segments else "in no segment")
    if len(sources) == 1:
        return "low", "; ".join(lacks)
    if lacks:
        return "medium", "; ".join(lacks)
    return "high", f"told in {counted(len(sources), 'source')}, unprompted, in {counted(segments, 'segment')}"


def forces_of(told: Sequence[Told], smallest: int) -> tuple[tuple[str, int], ...]:
    """Return (what moves them, people), most people first, of forces that enough people tell."""
    people: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.signal.force:
            people[one.signal.force].add(one.signal.person_id)
    rows = [(FORCES[force], len(members)) for force, members in people.items() if len(members) >= smallest]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def trend_of(market: Market, told: Sequence[Told]) -> Trend | None:
    """Count a pain's people in equal times; None where dates are missing or lie too near together."""
    calendar = market.calendar
    if calendar.days <= SHORTEST_DAYS:
        return None
    said = [(one.utterance.said_at.date(), one.signal.person_id) for one in told if one.utterance.said_at is not None]
    telling = calendar.people(said, WINDOWS)
    shares = [share_of(tell, hear) for tell, hear in zip(telling, calendar.heard(WINDOWS), strict=True)]
    if not any(share.count >= market.smallest for share in shares):
        return None
    # Times are added up, not joined: over a longer time more of the same people would tell.
    before = share_of(sum(share.count for share in shares[:-1]), sum(share.total for share in shares[:-1]))
    shown = tuple(share if share.count >= market.smallest or not share.count else None for share in shares)
    return Trend(shown, _direction(before, shares[-1]))


def _direction(before: Share, last: Share) -> Literal["rising", "falling", "steady"]:
    if last.total and last.low > before.high:
        return "rising"
    if last.total and last.high < before.low:
        return "falling"
    return "steady"
