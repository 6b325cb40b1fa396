"""Which messages carry furthest, ranked by how many independent people voice them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from overheard.records import SignalKind
from overheard.report.findings import people_of
from overheard.report.quotes import Quote
from overheard.report.said.group import Group, counted_share
from overheard.report.said.views import Message, Point
from overheard.report.view import PainView

MOST_MESSAGES = 10
SURELY = 0.8
"""How near a sentence must fit a pain, beside the one that fits it best, to stand for it."""
LEAST_PEOPLE = 2
"""What a single person says is a quote, not a message."""
DREAMS: tuple[SignalKind, ...] = ("gain", "request", "job")
ANXIETIES: tuple[SignalKind, ...] = ("objection",)
VOICED: Mapping[Literal["dream", "anxiety"], tuple[SignalKind, ...]] = {"dream": DREAMS, "anxiety": ANXIETIES}


def rank_messages(group: Group, pains: Sequence[PainView]) -> tuple[Message, ...]:
    """Rank pains, dreams and anxieties by the people who voice them; a pain by its name, the others by a quote."""
    rows: list[tuple[int, Message]] = []
    for pain in pains:
        point = Point(pain.name, counted_share(pain.share), pain.share, _quote_of(group, pain))
        rows.append((pain.share.count, Message("pain", point)))
    for kind, kinds in VOICED.items():
        picked = group.pick(group.telling(*kinds), MOST_MESSAGES, LEAST_PEOPLE)
        rows += [(len(people_of(one)), Message(kind, group.point(one))) for one in picked]
    return tuple(message for _, message in sorted(rows, key=lambda row: -row[0])[:MOST_MESSAGES])


def _quote_of(group: Group, pain: PainView) -> Quote | None:
    """Return the most specific of the sentences that surely belong to a pain, failing that its first quote."""
    own = [one for one in group.market.pain_told.get(pain.pain_id, ()) if one.signal.person_id in group.members]
    best = max((one.fit for one in own), default=0.0)
    sure = {one.signal.signal_id for one in own if one.fit >= SURELY * best}
    told = (one for one in group.telling("pain") if one.signal.signal_id in sure and group.is_whole(one))
    return next((group.quote(one) for one in told), pain.quotes[0] if pain.quotes else None)
