"""The monthly review settles what the ledger can tell, once, and leaves the rest to a person."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from overheard.records import Acceptance, BetReopening, Drift, id_of
from overheard.steps.decisions.bet_review import review_bets
from overheard.steps.decisions.bets import add_bet, load_ledger
from overheard.steps.market import Market

MADE = date(2026, 8, 1)
DUE = MADE + timedelta(days=90)


def market_on(folder: Path, night: date) -> Market:
    (folder / "market.toml").write_text(
        '[market]\nname = "Tea"\n[[source]]\nname = "a"\nkind = "pages"\nfiles = "*.html"\n', encoding="utf-8"
    )
    return Market(folder, night)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    market = market_on(tmp_path, MADE)
    held = add_bet(market, "The segments hold", 0.7, DUE, "no measure of drift is over its limit")
    revenue = add_bet(market, "The focus brings 10", 0.5, DUE, "revenue of its people")
    own = add_bet(market, "The page sells", 0.4, DUE, "twenty sign up")
    market.tables.merge("acceptances", Acceptance, [Acceptance(MADE, "r1", "", (held.bet_id, revenue.bet_id))])
    market.tables.replace("drifts", Drift, [Drift("", "shares", 0.3, 0.25, is_over=True)])
    assert own.statement
    return tmp_path


def outcomes(market: Market) -> dict[str, bool | None]:
    ledger = load_ledger(market)
    said = {one.bet_id: one.statement for one in ledger.bets}
    return {said[one.bet_id]: one.came_true for one in ledger.outcomes}


def test_before_its_day_nothing_is_settled(folder: Path) -> None:
    market = market_on(folder, DUE - timedelta(days=1))
    review = review_bets(market)
    assert (review.settled, review.due, outcomes(market)) == ((), (), {})


def test_segments_that_held_win_their_bet_and_what_tables_cannot_tell_waits_for_a_person(folder: Path) -> None:
    market = market_on(folder, DUE)
    review = review_bets(market)
    assert outcomes(market) == {"The segments hold": True}
    assert {one.statement for one in review.due} == {"The focus brings 10", "The page sells"}
    assert review.lines[1] == "2 open, 2 of them due, 1 ended"
    assert "Settled now: The segments hold: came true" in review.lines
    assert sum("--ended yes|no|off" in line for line in review.lines) == 2
    assert review.lines[-1] == "Drift since the accepted run: shares over the limit"
    assert str(folder) not in "\n".join(review.lines)


def test_segments_that_moved_lose_it_and_it_is_settled_once(folder: Path) -> None:
    market = market_on(folder, DUE)
    bet = next(one for one in load_ledger(market).bets if one.statement == "The segments hold")
    moved = BetReopening(id_of("x"), bet.bet_id, DUE - timedelta(days=9), "shares", "", 0.3, 0.25)
    market.tables.merge("bet_reopenings", BetReopening, [moved])
    assert review_bets(market).settled == ((bet, False),)
    assert review_bets(market).settled == ()
    assert outcomes(market) == {"The segments hold": False}
