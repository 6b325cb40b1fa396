"""Bets in the report: what was bet, what is due, how the settled ones went, and what still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from overheard.records import Bet, BetOutcome, Drift
from overheard.report import render_report
from overheard.report.decision.compose import decision_view
from overheard.report.decision.views import DecisionView
from overheard.report.findings import join_findings
from tests.report.make_findings import decided_findings, make_findings
from tests.report.reading import pages_of

NAMES = {"seg-log": "hive logs"}


def make_bet(bet_id: str = "b1", probability: float = 0.7, resolve_by: date = date(2027, 1, 1), **changes: Any) -> Bet:
    bet = Bet(bet_id, f"Hives of {bet_id} sell", probability, date(2026, 5, 1), resolve_by, "ten sold", "", "")
    return replace(bet, **changes)


def ended(bet_id: str, came_true: bool | None) -> BetOutcome:
    return BetOutcome(bet_id, date(2026, 8, 1), came_true, "")


def view_of(**changes: Any) -> DecisionView:
    view = decision_view(join_findings(replace(make_findings(), **({"night": "2026-09-01"} | changes))), NAMES)
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("resolve_by", "outcomes", "standing"),
    [
        (date(2026, 9, 2), [], "open"),
        (date(2026, 9, 1), [], "due"),
        (date(2026, 9, 1), [ended("b1", True)], "came true"),
        (date(2027, 9, 1), [ended("b1", False)], "did not come true"),
        (date(2027, 9, 1), [ended("b1", None)], "called off"),
    ],
)
def test_a_bet_is_due_on_its_day_unless_it_is_settled(
    resolve_by: date, outcomes: list[BetOutcome], standing: str
) -> None:
    (bet,) = view_of(bets=[make_bet(resolve_by=resolve_by)], bet_outcomes=outcomes).bets
    assert bet.standing == standing


def test_due_bets_come_first_and_settled_ones_last() -> None:
    bets = [make_bet("a"), make_bet("b", resolve_by=date(2026, 8, 30)), make_bet("c", resolve_by=date(2026, 8, 1))]
    view = view_of(bets=bets, bet_outcomes=[ended("c", True)])
    assert [one.standing for one in view.bets] == ["due", "open", "came true"]


def test_settled_bets_are_scored_and_those_called_off_are_not() -> None:
    bets = [make_bet("a", 0.8), make_bet("b", 0.4), make_bet("c", 0.9)]
    assert view_of(bets=bets).record == ""
    view = view_of(bets=bets, bet_outcomes=[ended("a", True), ended("b", False), ended("c", None)])
    assert view.record == "Brier score of the 2 settled: 0.10 (0 is perfect; a coin has 0.25)"


def test_what_is_watched_and_has_not_moved_is_told_and_what_moved_is_told_elsewhere() -> None:
    drifts = [
        Drift("", "shares", 0.03, 0.25, is_over=False),
        Drift("seg-log", "words", 0.9, 0.5, is_over=False),
        Drift("seg-hidden", "words", 0.9, 0.5, is_over=False),
        Drift("seg-log", "stability", 0.4, 0.6, is_over=True),
    ]
    view = view_of(drifts=drifts)
    assert view.held == (
        "the sizes of the segments moved by 0.03 (stability index; open again from 0.25 on)",
        "“hive logs” is told in the same words as then (overlap 0.90 of 1, needed 0.50)",
    )
    assert len(view.reopened) == 1


def test_the_first_page_shows_the_bets_and_escapes_them() -> None:
    files = render_report(decided_findings(bets=[make_bet(statement="<b>Hives</b> sell")]))
    words = pages_of(files)["index.html"].words
    assert "<b>Hives</b> sell settled by: ten sold 70% 1 May 2026 1 January 2027 open" in words
    assert "None is settled yet" in words
    assert "- bet at 70%, open, by 2027-01-01:" in files["report.md"].decode()
