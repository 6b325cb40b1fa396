"""Who of a market's people is like whom, for the report and for those who make segments by hand."""

from __future__ import annotations

from overheard.people import Affinity, find_affinity
from overheard.steps.market import Market
from overheard.steps.people import load_evidence
from overheard.steps.vectors import load_pain_signals, open_cache


def compare_market_people(market: Market) -> Affinity:
    """Compare the people of a market in pairs; their pain sentences must be encoded."""
    evidence, keys = load_evidence(market)
    signal_ids = [signal.signal_id for signal in load_pain_signals(market)[0]]
    return find_affinity(evidence, open_cache(market).take(keys), signal_ids, market.settings.people)
