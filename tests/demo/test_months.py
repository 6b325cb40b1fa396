"""From raw files to a decision that is looked at again: five quiet months, and a sixth in which the market moves."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from overheard.records import BetReopening, Drift, FocusChoice, Rejection, Segment
from overheard.steps.decisions.acceptance import accept_run
from overheard.steps.decisions.bets import load_ledger
from overheard.steps.decisions.rejection import reject_refit
from overheard.steps.market import Market
from overheard.steps.order import STEPS
from tests.demo.moving_market import LAST, MONTHS, Change, write_month

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]  # minutes alone; beside other work three times as long

DONE = ("collect", "customers", "roles", "signals", "vectors", "pains", "people", "vocabulary", "strategy", "report")
OPEN_AGAIN = "The bet on these segments is open again"


def pass_night(folder: Path, month: int, change: Change = "") -> Market:
    write_month(folder, month, change)
    market = Market(folder, MONTHS[month])
    for step in DONE:
        STEPS[step](market)
    return market


def first_page(folder: Path) -> str:
    return (folder / "reports" / "latest" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[int, Sequence[Drift]]]:
    """A market accepted in its first month and walked through four more; what was measured of each."""
    folder = tmp_path_factory.mktemp("halls") / "market"
    folder.mkdir()
    accept_run(pass_night(folder, 0), 0.7, "Ann")
    drifts = {month: pass_night(folder, month).tables.load("drifts", Drift) for month in range(1, LAST)}
    return folder, drifts


def test_the_loved_need_is_the_focus_and_quiet_months_reopen_nothing(
    quiet: tuple[Path, Mapping[int, Sequence[Drift]]],
) -> None:
    folder, drifts = quiet
    market = Market(folder, MONTHS[LAST])
    (choice,) = market.tables.load("focus_choices", FocusChoice)
    (focus,) = [one for one in market.tables.load("segments", Segment) if one.segment_id in choice.segments]
    assert choice.is_feasible
    assert "door" in focus.name or "key" in focus.name
    for measured in drifts.values():
        assert {one.trigger for one in measured} == {"shares", "words", "assignment", "stability", "love"}
        assert [one for one in measured if one.is_over] == []
    assert market.tables.load("bet_reopenings", BetReopening) == []
    assert OPEN_AGAIN not in first_page(folder)


@pytest.mark.parametrize(
    ("change", "trigger", "told"),
    [
        ("newcomers", "shares", "stability index"),
        ("cooling", "love", "no longer what it was"),
        ("moving", "words", "in other words than then (overlap"),
    ],
)
def test_what_moves_in_the_sixth_month_reopens_the_bet_and_stands_on_top_with_its_measure(
    quiet: tuple[Path, Mapping[int, Sequence[Drift]]], tmp_path: Path, change: Change, trigger: str, told: str
) -> None:
    folder = Path(shutil.copytree(quiet[0], tmp_path / "market", symlinks=True))
    market = pass_night(folder, LAST, change)
    over = {one.trigger: one for one in market.tables.load("drifts", Drift) if one.is_over}
    assert trigger in over
    header = first_page(folder).partition('id="heard"')[0]
    assert OPEN_AGAIN in header
    assert told in header
    figure = f"{over[trigger].value:.0%}" if trigger == "love" else f"{over[trigger].value:.2f}"
    assert figure in header
    ledger = load_ledger(market)
    assert {one.bet_id for one in ledger.reopenings} == {one.bet_id for one in ledger.bets}
    assert {one.reopened_on for one in ledger.reopenings} == {MONTHS[LAST]}
    if change == "newcomers":
        _reject_and_accept(market)


def _reject_and_accept(market: Market) -> None:
    """The person refuses the new segment, sees that on the page, and may still accept what stands."""
    refused = reject_refit(market, "Ann", "a licence is no need of ours")
    assert any("would be new" in line for line in refused.diff)
    assert market.tables.load("rejections", Rejection) == [refused]
    for step in ("vocabulary", "strategy", "report"):
        STEPS[step](market)
    page = first_page(market.folder)
    assert "a licence is no need of ours" in page
    assert "would be new" in page
    # The newcomers are among the accepted segments now, so the mix is as it was; what they feel still tells.
    assert "shares" not in {one.trigger for one in market.tables.load("drifts", Drift) if one.is_over}
    accept_run(market, 0.6, "Ann")
    first = load_ledger(market).bets[0]
    assert [(one.bet_id, one.came_true) for one in load_ledger(market).outcomes] == [(first.bet_id, False)]
