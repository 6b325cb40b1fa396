"""`overheard bets`: what was bet on, what is due, and how good the bets were."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overheard.cli.showing import say
from overheard.errors import BadInputError

if TYPE_CHECKING:
    from overheard.records import BetReopening
    from overheard.steps.decisions.bets import Ledger


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    ADD = "add"
    RESOLVE = "resolve"
    REVIEW = "review"


class Ending(StrEnum):
    """How a bet ended."""

    YES = "yes"
    NO = "no"
    OFF = "off"


def bets(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.LIST,
    what: Annotated[str, typer.Argument(metavar="[STATEMENT|BET]", help="add: a statement; resolve: its id")] = "",
    probability: Annotated[float | None, typer.Option(help="add: 0 to 1")] = None,
    by: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="add: when it is settled at the latest")
    ] = None,
    rule: Annotated[str, typer.Option(help="add: what settles it")] = "",
    premortem: Annotated[str, typer.Option(help="add: it failed; why?")] = "",
    about: Annotated[str, typer.Option(help="add: the segment it is on")] = "",
    ended: Annotated[Ending | None, typer.Option(help="resolve: how")] = None,
    note: Annotated[str, typer.Option(help="resolve: was it decided well, whatever came of it?")] = "",
) -> None:
    """List a market's bets, make one, settle one, or review those that are due. Nothing is ever changed afterwards."""
    from overheard.steps.decisions.bet_review import review_and_tell
    from overheard.steps.decisions.bets import add_bet, load_ledger, resolve_bet
    from overheard.steps.market import Market

    opened = Market(market)
    if action is Action.ADD:
        if probability is None or by is None:
            raise BadInputError(
                "bets add", "a bet needs a probability and a day", "add --probability .7 --by 2027-01-31"
            )
        made = add_bet(opened, what, probability, by.date(), rule, premortem, about)
        say(f"{made.bet_id[:6]}: {made.probability:.2f} that {made.statement}, by {made.resolve_by}")
    elif action is Action.RESOLVE:
        if ended is None:
            raise BadInputError("bets resolve", "how did it end?", "add --ended yes, no or off")
        came_true = None if ended is Ending.OFF else ended is Ending.YES
        say(f"settled: {resolve_bet(opened, what, came_true, note).statement}")
    else:
        for line in review_and_tell(opened).lines if action is Action.REVIEW else _lines(load_ledger(opened)):
            say(line)


def _lines(ledger: Ledger) -> list[str]:
    ended = {one.bet_id: one for one in ledger.outcomes}
    due = {one.bet_id for one in ledger.due}
    reopened = {one.bet_id for one in ledger.reopenings}
    lines = []
    for one in ledger.bets:
        outcome = ended.get(one.bet_id)
        if outcome is None:
            state = "DUE" if one.bet_id in due else f"open until {one.resolve_by}"
            state = f"REOPENED, {state}" if one.bet_id in reopened else state
        else:
            state = (
                "called off" if outcome.came_true is None else "came true" if outcome.came_true else "did not come true"
            )
        lines.append(f"{one.bet_id[:6]}  {one.probability:.2f}  {one.statement}  ({one.made_on}; {state}; {one.rule})")
        lines += [f"        reopened {_told(again)}" for again in ledger.reopenings if again.bet_id == one.bet_id]
    if ledger.record is not None:
        lines.append(
            f"{ledger.record.settled} settled: Brier {ledger.record.brier:.3f} (0 is perfect, a coin has .250), "
            f"log-loss {ledger.record.log_loss:.3f}"
        )
        lines += [
            f"  from {row.low:.1f}: {row.bets} bets, {row.came_true:.0%} came true, {row.expected:.0%} expected"
            for row in ledger.record.deciles
        ]
    return lines or [
        "no bets yet: overheard bets MARKET add STATEMENT --probability .7 --by DAY --rule WHAT_SETTLES_IT"
    ]


def _told(one: BetReopening) -> str:
    of = f" of {one.segment_id[:6]}" if one.segment_id else ""
    then = "accepted with" if one.trigger == "love" else "limit"
    return f"{one.reopened_on}: {one.trigger}{of} {one.value:.2f} ({then} {one.limit:.2f})"
