"""The monthly review: settle the bets whose rule the ledger itself can tell, and say which wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from overheard.records import Acceptance, Bet, Drift
from overheard.steps.asked.notice import send_notice
from overheard.steps.decisions.bets import Ledger, load_ledger, resolve_bet
from overheard.steps.market import Market
from overheard.steps.report import report_market
from overheard.storage import hold_market

REVIEW_DAYS = 31
"""What was opened again for longer was told by an earlier review."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a review came to: the bets it settled with their outcome, those it left to a person, and its lines."""

    settled: tuple[tuple[Bet, bool], ...]
    due: tuple[Bet, ...]
    lines: tuple[str, ...]


def review_and_tell(market: Market) -> Review:
    """Review the bets under the market's lock, publish the report that lists them, and send the lines on."""
    with hold_market(market.data_dir, "bets"):
        review = review_bets(market)
        # Nothing else makes a report stale that lists a bet which was settled or came due.
        report_market(Market(market.folder, market.night, full=True))
    send_notice("\n".join(review.lines), market.settings)
    return review


def review_bets(market: Market) -> Review:
    """Settle what is due and can be told from the ledger, and say in lines how the bets and the market stand.

    The bet on an accepted run's segments says that no measure of drift passes its limit until its day; the ledger knows
    whether one did. Every other bet is due until a person settles it.
    """
    # Its first bet is the one on the segments; that on the focus asks for a year's revenue, which no table holds.
    by_ledger = {bet_id for one in market.tables.load("acceptances", Acceptance) for bet_id in one.bets[:1]}
    before = load_ledger(market)
    opened = {one.bet_id for one in before.reopenings}
    settled = tuple((bet, bet.bet_id not in opened) for bet in before.due if bet.bet_id in by_ledger)
    for bet, came_true in settled:
        resolve_bet(market, bet.bet_id, came_true, "settled by the review, as its rule says")
    ledger = load_ledger(market)
    drifts = market.tables.load("drifts", Drift)
    return Review(settled, ledger.due, tuple(_lines(market, ledger, settled, drifts)))


def _lines(market: Market, ledger: Ledger, settled: tuple[tuple[Bet, bool], ...], drifts: list[Drift]) -> list[str]:
    ended = {one.bet_id for one in ledger.outcomes}
    lines = [f"{market.settings.market.name}: review of the bets on {market.night}"]
    lines.append(f"{len(ledger.bets) - len(ended)} open, {len(ledger.due)} of them due, {len(ended)} ended")
    if ledger.record is not None:
        told = f"Brier {ledger.record.brier:.3f} (0 is perfect, a coin has .250)"
        lines.append(f"So far {ledger.record.settled} settled: {told}")
    lines += [f"Settled now: {bet.statement}: {'came true' if true else 'did not come true'}" for bet, true in settled]
    for bet in ledger.due:
        how = f"overheard bets MARKET resolve {bet.bet_id[:6]} --ended yes|no|off"
        lines.append(f"Due since {bet.resolve_by}: {bet.statement} ({bet.probability:.2f}; {bet.rule}): {how}")
    statements = {one.bet_id: one.statement for one in ledger.bets if one.bet_id not in ended}
    newest = market.night - timedelta(days=REVIEW_DAYS)
    for one in ledger.reopenings:
        if one.bet_id in statements and one.reopened_on > newest:
            lines.append(f"Open again since {one.reopened_on}: {statements[one.bet_id]} ({one.trigger})")
    over = sorted({one.trigger for one in drifts if one.is_over})
    if drifts:
        lines.append(
            f"Drift since the accepted run: {', '.join(over) + ' over the limit' if over else 'within limits'}"
        )
    return lines
