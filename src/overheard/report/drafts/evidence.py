"""What the lists of a segment leave out and a draft can use: what they say they want, and what they try instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from overheard.report.findings import Market, Told, people_of
from overheard.report.quotes import Quote, Quoter
from overheard.report.said.messages import DREAMS
from overheard.report.said.telling import SURE, is_readable, leans, sentence_of, specificity
from overheard.report.said.wording import stems_of
from overheard.report.view import PainView, SegmentView

MOST = 6
TWO_WORDS = 2
"""Words shared with what sets a segment apart that make a sentence sure to be about it; of one it may be by chance."""
MOST_PAINS = 3
"""Pains whose words say what matters to a segment that no pain sets apart."""
_WISH = re.compile(
    r"\b(?:i|we)(?:\s(?:just|really|only|still))?\s(?:wish|(?:want|need)(?!\s(?:to|for)\b|ed\b|s\b)|would\slove|would\slike)\b"
    r"|\b(?:i|we)['’]d\s(?:love|like|pay|give|kill)\b|\bif\sonly\b|\bwhat\s(?:i|we)\s(?:want|need)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\W*(?:otherwise|anyway|anyhow|apart from|besides|mind you|meanwhile|still|even so|not being funny|to be fair|"
    r"ha(?:ha)*|lol|that said|after all|in fact|for what it['’]s worth)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences of a segment's people, one a person, best first: what they want, and what they do about their pains."""

    wishes: tuple[Quote, ...] = ()
    tried: tuple[Quote, ...] = ()


def find_evidence(market: Market, quoter: Quoter, segment: SegmentView) -> Evidence:
    """Find what a segment's people want and what they try; nothing is shown that too few of them say."""
    members = market.members[segment.segment_id]
    apart = _stems(segment.top_pains or segment.pains[:MOST_PAINS])
    matter = apart | _stems(segment.pains) | {stem for one in segment.terms.all for stem in stems_of(one.text)}
    own = [one for rows in market.told.values() for one in rows if one.signal.person_id in members]
    tried = [one for one in own if one.signal.kind == "workaround"]
    told = {(one.utterance.utterance_id, one.signal.start): one for one in own if one.signal.kind != "question"}
    wishing = [one for one in told.values() if _WISH.search(sentence_of(one))]
    dreaming = [*wishing, *(one for one in own if one.signal.kind in DREAMS)]
    sure = [one for one in tried if one.signal.probability >= SURE["workaround"]]
    # Somebody may wish for what no pain names; what they try is told only where it is plain what they try it against.
    return Evidence(
        _pick(market, quoter, dreaming, _about(wishing, matter, apart)),
        _pick(market, quoter, tried, _about(sure, apart, apart)),
    )


def _stems(pains: Iterable[PainView]) -> frozenset[str]:
    return frozenset(stem for pain in pains for text in (pain.name, *pain.words) for stem in stems_of(text))


def _about(told: Iterable[Told], matter: frozenset[str], apart: frozenset[str]) -> list[Told]:
    """Return what stands alone and speaks of the matter: what shares words with what sets it apart first."""
    kept = [
        (stems, one)
        for one in told
        if stands_alone(sentence_of(one)) and not matter.isdisjoint(stems := stems_of(sentence_of(one)))
    ]
    kept.sort(
        key=lambda row: (-min(len(row[0] & apart), TWO_WORDS), -round(specificity(row[1]), 4), row[1].signal.signal_id)
    )
    return [one for _, one in kept]


def stands_alone(sentence: str) -> bool:
    """Tell whether a sentence can be read at a glance and goes on from none before it."""
    return is_readable(sentence) and not leans(sentence) and not _ASIDE.match(sentence)


def _pick(market: Market, quoter: Quoter, voiced: Iterable[Told], ranked: Iterable[Told]) -> tuple[Quote, ...]:
    """Pick the first sentences, one a person; none where fewer people than may be shown voice the like."""
    if len(people_of(voiced)) < market.smallest:
        return ()
    picked: dict[str, Quote] = {}
    for one in ranked:
        quote = quoter.quote(one.utterance, one.document, one.signal.start, one.signal.end)
        if one.signal.person_id not in picked and not any(piece.is_removed for piece in quote.pieces):
            picked[one.signal.person_id] = quote
        if len(picked) == MOST:
            break
    return tuple(picked.values())
