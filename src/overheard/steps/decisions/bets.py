"""The ledger of bets: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overheard.errors import BadInputError
from overheard.records import Acceptance, Bet, BetOutcome, BetReopening, Drift, id_of
from overheard.steps.market import Market
from overheard.strategy import Record, due_bets, score_bets

REOPENINGS = "bet_reopenings"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All bets by the day they were made, their outcomes, what opened some again, and how the settled ones went.

    `due` are those that should be settled by now.
    """

    bets: tuple[Bet, ...]
    outcomes: tuple[BetOutcome, ...]
    reopenings: tuple[BetReopening, ...]
    due: tuple[Bet, ...]
    record: Record | None


def load_ledger(market: Market) -> Ledger:
    """Load every bet of a market."""
    bets = sorted(market.tables.load("bets", Bet), key=lambda one: (one.made_on, one.bet_id))
    outcomes = sorted(market.tables.load("bet_outcomes", BetOutcome), key=lambda one: (one.resolved_on, one.bet_id))
    reopenings = sorted(market.tables.load(REOPENINGS, BetReopening), key=lambda one: (one.reopened_on, one.trigger))
    due = due_bets(bets, outcomes, market.night)
    return Ledger(tuple(bets), tuple(outcomes), tuple(reopenings), due, score_bets(bets, outcomes))


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


def reopen_bets(market: Market, accepted: Acceptance | None, since: str, drifts: Sequence[Drift]) -> list[BetReopening]:
    """Write into the ledger which measures opened the bets on the accepted run again; each is written once.

    Args:
        market: whose ledger.
        accepted: the acceptance whose bets are open.
        since: the id of the newest refusal of a regrouping, after which a measure counts anew; "" for none.
        drifts: tonight's measures.

    Returns:
        What was written.
    """
    ended = {one.bet_id for one in market.tables.load("bet_outcomes", BetOutcome)}
    known = {one.reopening_id for one in market.tables.load(REOPENINGS, BetReopening)}
    found = [
        BetReopening(
            id_of("reopening", bet_id, since, one.trigger, one.segment_id),
            bet_id,
            market.night,
            one.trigger,
            one.segment_id,
            one.value,
            one.limit,
        )
        for bet_id in (accepted.bets if accepted else ())
        if bet_id not in ended
        for one in drifts
        if one.is_over
    ]
    new = [one for one in found if one.reopening_id not in known]
    if new:
        market.tables.merge(REOPENINGS, BetReopening, new)
    return new
