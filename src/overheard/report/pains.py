"""The pains, ranked by the people who tell them, each with its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from overheard.records import Pain, SignalKind, id_of
from overheard.report.charts import RUNGS, ladder_of, whisker_of
from overheard.report.choose import Chooser
from overheard.report.evidence import confidence_of, forces_of, trend_of
from overheard.report.figures import share_of
from overheard.report.findings import Market, Told, people_of
from overheard.report.quotes import Quote, Quoter
from overheard.report.view import PainView, VoiceView

UNNAMED = "A pain without a name"
VOICES: tuple[SignalKind, ...] = ("request", "question", "recommendation")
VOICE_SURE = 0.5
"""Probability from which on these are shown. A source's own threshold may lie far lower, for the sake of short survey
answers; on forums what lies between is mostly wishes and advice about other things, and a wrong quote costs trust."""
VOICE_QUOTES = 4
TRIED_QUOTES = 2


def pain_views(
    market: Market, quoter: Quoter, chooser: Chooser, people: Collection[str], quotes: tuple[int, ...]
) -> tuple[tuple[PainView, ...], int]:
    """View the pains of some people.

    Args:
        market: where the pains were told.
        quoter: blots names.
        chooser: chooses the page's quotes.
        people: whose pains; the denominator of every share.
        quotes: how many quotes the first, second, … pain gets; the last number holds for all that follow.

    Returns:
        The pains told by enough of these people, most people first, and how many more are told by too few to show.
    """
    shown, hidden = [], 0
    for pain in sorted(market.findings.pains, key=lambda one: one.pain_id):
        told = [one for one in market.pain_told.get(pain.pain_id, ()) if one.signal.person_id in people]
        count = len(people_of(told))
        if count >= market.smallest:
            shown.append((-count, pain.pain_id, pain, told))
        elif count:
            hidden += 1
    views = [
        _view(market, quoter, chooser, pain, told, len(people), quotes[min(rank, len(quotes) - 1)])
        for rank, (*_, pain, told) in enumerate(sorted(shown, key=lambda row: row[:2]))
    ]
    return tuple(views), hidden


def name_of(pain: Pain, quoter: Quoter) -> str:
    """Return a pain's name; its first words where it has none."""
    return quoter.clean(pain.name.strip() or ", ".join(pain.words[:3])) or UNNAMED


def anchor_of(kind: str, record_id: str) -> str:
    """Return an id fit for an address and a file name: the record's own where it is plain, else its hash."""
    plain = record_id if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", record_id) else id_of(record_id)
    return f"{kind}-{plain}"


def voice_views(market: Market, chooser: Chooser, people: Collection[str]) -> tuple[VoiceView, ...]:
    """View what people voice besides pains: requests, questions, recommendations; in this order."""
    views = []
    for kind in VOICES:
        told = [
            one
            for one in market.told.get(kind, ())
            if one.signal.person_id in people and one.signal.probability >= VOICE_SURE
        ]
        count = len(people_of(told))
        is_shown = count >= market.smallest
        quotes = chooser.choose(told, (), VOICE_QUOTES, with_rung=False) if is_shown else ()
        views.append(VoiceView(kind, count if is_shown or not count else None, len(people), quotes))
    return tuple(views)


def _view(
    market: Market, quoter: Quoter, chooser: Chooser, pain: Pain, told: list[Told], people: int, quotes: int
) -> PainView:
    share = share_of(len(people_of(told)), people)
    confidence, why = confidence_of(market, told)
    return PainView(
        pain_id=pain.pain_id,
        anchor=anchor_of("pain", pain.pain_id),
        name=name_of(pain, quoter),
        words=tuple(quoter.clean(word) for word in pain.words),
        share=share,
        whisker=whisker_of(share),
        ladder=ladder_of(strongest_of(told), market.smallest),
        rungs=rungs_of(told),
        sources=len({market.source_of(one.utterance) for one in told}),
        threads=len({one.document.document_id for one in told}),
        quotes=chooser.choose(told, pain.exemplars, quotes, with_rung=True),
        tried=_tried(market, chooser, told) if quotes > 1 else (),
        confidence=confidence,
        why_confidence=why,
        forces=forces_of(told, market.smallest),
        trend=trend_of(market, told),
    )


def strongest_of(told: Sequence[Told]) -> list[int]:
    """Return the highest rung of each person."""
    highest: dict[str, int] = {}
    for one in told:
        highest[one.signal.person_id] = max(one.signal.strength, highest.get(one.signal.person_id, 0))
    return list(highest.values())


def rungs_of(told: Sequence[Told]) -> tuple[int, ...]:
    """Count sentences by rung 0-4."""
    counts = Counter(min(max(one.signal.strength, 0), len(RUNGS) - 1) for one in told)
    return tuple(counts[rung] for rung in range(len(RUNGS)))


def _tried(market: Market, chooser: Chooser, told: list[Told]) -> tuple[Quote, ...]:
    """Choose workarounds told in the same posts as a pain."""
    posts = {one.utterance.utterance_id for one in told}
    beside = [
        one
        for one in market.told.get("workaround", ())
        if one.utterance.utterance_id in posts and one.signal.probability >= VOICE_SURE
    ]
    return chooser.choose(beside, (), TRIED_QUOTES, with_rung=False)
