"""The ledger of bets: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overheard.errors import BadInputError
from overheard.records import Bet, BetOutcome, id_of
from overheard.steps.market import Market
from overheard.strategy import Record, due_bets, score_bets


@dataclass(frozen=True, slots=True)
class Ledger:
    """All bets by the day they were made, their outcomes, those that are due, and how the settled ones went."""

    bets: tuple[Bet, ...]
    outcomes: tuple[BetOutcome, ...]
    due: tuple[Bet, ...]
    record: Record | None


def load_ledger(market: Market) -> Ledger:
    """Load every bet of a market."""
    bets = sorted(market.tables.load("bets", Bet), key=lambda one: (one.made_on, one.bet_id))
    outcomes = sorted(market.tables.load("bet_outcomes", BetOutcome), key=lambda one: (one.resolved_on, one.bet_id))
    return Ledger(tuple(bets), tuple(outcomes), due_bets(bets, outcomes, market.night), score_bets(bets, outcomes))


def add_bet(
    market: Market,
    statement: str,
    probability: float,
    resolve_by: date,
    rule: str,
    premortem: str = "",
    about: str = "",
) -> Bet:
    """Enter a bet.

    Raises:
        BadInputError: the statement or the rule is empty, the probability no probability, or the day over.
    """
    problems = (
        (not statement.strip(), "a bet needs a statement", "say what will be true"),
        (not 0 < probability < 1, f"{probability} is no probability", "name one between 0 and 1"),
        (resolve_by <= market.night, f"{resolve_by} is over", "name a later day"),
        (not rule.strip(), "nobody could tell how it ended", "say in --rule what will settle it"),
    )
    for is_wrong, what, mend in problems:
        if is_wrong:
            raise BadInputError("bets add", what, mend)
    bet_id = id_of("bet", statement, market.night.isoformat(), resolve_by.isoformat())
    if bet_id in {one.bet_id for one in market.tables.load("bets", Bet)}:
        raise BadInputError("bets add", "this bet was made today already", "a bet is never changed; make another one")
    bet = Bet(bet_id, statement.strip(), probability, market.night, resolve_by, rule.strip(), premortem.strip(), about)
    market.tables.merge("bets", Bet, [bet])
    return bet


def resolve_bet(market: Market, bet_id: str, came_true: bool | None, note: str) -> Bet:
    """Settle a bet, once; None calls it off.

    Args:
        market: whose ledger.
        bet_id: its id, or the beginning of it.
        came_true: how it ended.
        note: how the decision was made, apart from how it ended.

    Raises:
        BadInputError: no bet, or more than one, has such an id, or it is settled.
    """
    ledger = load_ledger(market)
    found = [one for one in ledger.bets if bet_id and one.bet_id.startswith(bet_id)]
    if len(found) != 1:
        raise BadInputError("bets resolve", f"{len(found)} bets begin with `{bet_id}`", _known(ledger.bets))
    if found[0].bet_id in {one.bet_id for one in ledger.outcomes}:
        raise BadInputError("bets resolve", "the bet is settled", "what is settled stays; make another bet")
    market.tables.merge(
        "bet_outcomes", BetOutcome, [BetOutcome(found[0].bet_id, market.night, came_true, note.strip())]
    )
    return found[0]


def _known(bets: Sequence[Bet]) -> str:
    return f"name one of {', '.join(one.bet_id[:6] for one in bets[-10:])}" if bets else "there is none yet"
