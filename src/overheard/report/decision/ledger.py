"""The bets that were made, how the settled ones went, and what is watched of the ground they stand on."""

from __future__ import annotations

from collections.abc import Mapping

from overheard.records import Bet, BetOutcome, DriftTrigger
from overheard.report.decision.views import BetView
from overheard.report.findings import Market
from overheard.report.quotes import Quoter

STANDINGS = ("due", "open", "came true", "did not come true", "called off")
"""How a bet stands, in the order they are listed."""
COIN = 0.25
"""Brier score of whoever always says one half."""
HELD: Mapping[DriftTrigger, str] = {
    "shares": "the sizes of the segments moved by {value:.2f} (stability index; open again from {limit:.2f} on)",
    "assignment": "people are in the same segments as then (agreement {value:.2f} of 1, needed {limit:.2f})",
    "words": "{whose} is told in the same words as then (overlap {value:.2f} of 1, needed {limit:.2f})",
    "stability": "{whose} comes back when people are drawn again (stability {value:.2f}, needed {limit:.2f})",
    "love": "the love of {whose} is not surely another than then ({value:.0%} now, {limit:.0%} then)",
}


def list_bets(market: Market, quoter: Quoter) -> tuple[BetView, ...]:
    """List the bets: those that are due first, then the open ones by their day, then the settled ones."""
    findings = market.findings
    ended = {one.bet_id: one for one in findings.bet_outcomes}
    views = [_bet(one, ended.get(one.bet_id), findings.night, quoter) for one in findings.bets]
    return tuple(sorted(views, key=lambda one: (STANDINGS.index(one.standing), one.resolve_by, one.statement)))


def tell_record(market: Market) -> str:
    """Say how the settled bets went (Brier, 1950); "" where none is settled."""
    chances = {one.bet_id: one.probability for one in market.findings.bets}
    misses = [
        (chances[one.bet_id] - one.came_true) ** 2
        for one in market.findings.bet_outcomes
        if one.came_true is not None and one.bet_id in chances
    ]
    if not misses:
        return ""
    score = sum(misses) / len(misses)
    return f"Brier score of the {len(misses)} settled: {score:.2f} (0 is perfect; a coin has {COIN:.2f})"


def list_held(market: Market, names: Mapping[str, str]) -> tuple[str, ...]:
    """Say what is watched since a run was accepted and has not moved enough to open the bet again."""
    return tuple(
        HELD[one.trigger].format(whose=f"“{names.get(one.segment_id, '')}”", value=one.value, limit=one.limit)
        for one in market.findings.drifts
        if not one.is_over and (not one.segment_id or one.segment_id in names)
    )


def _bet(bet: Bet, outcome: BetOutcome | None, night: str, quoter: Quoter) -> BetView:
    if outcome is None:
        standing = "due" if bet.resolve_by.isoformat() <= night else "open"
    elif outcome.came_true is None:
        standing = "called off"
    else:
        standing = "came true" if outcome.came_true else "did not come true"
    made_on, resolve_by = bet.made_on.isoformat(), bet.resolve_by.isoformat()
    return BetView(quoter.clean(bet.statement), bet.probability, made_on, resolve_by, quoter.clean(bet.rule), standing)
