from datetime import date

import pytest

from overheard.records import Bet, BetOutcome
from overheard.strategy.bets import due_bets, score_bets


def bet(number, chance, by=date(2026, 12, 1)):
    return Bet(f"b{number}", "they will pay", chance, date(2026, 1, 1), by, "ten paid by then", "", "")


def ended(number, came_true):
    return BetOutcome(f"b{number}", date(2026, 12, 1), came_true, "")


def test_bets_score_by_brier_and_by_logarithm():
    bets = [bet(number, chance) for number, chance in enumerate((0.9, 0.7, 0.6, 0.3, 0.8))]
    outcomes = [ended(number, came) for number, came in enumerate((True, True, False, False, False))]
    record = score_bets(bets, outcomes)
    assert record.settled == 5
    assert (record.brier, record.log_loss) == pytest.approx((0.2380, 0.6689), abs=5e-5)
    assert [(row.low, row.bets, row.came_true) for row in record.deciles] == [
        (0.3, 1, 0.0), (0.6, 1, 0.0), (0.7, 1, 1.0), (0.8, 1, 0.0), (0.9, 1, 1.0)
    ]  # fmt: skip


def test_what_was_called_off_is_not_scored_and_a_sure_bet_lost_costs_much_but_not_all():
    assert score_bets([bet(1, 0.5)], [ended(1, None)]) is None
    assert 10 < score_bets([bet(1, 1.0)], [ended(1, False)]).log_loss < 20


def test_bets_are_due_until_they_are_settled():
    bets = [bet(1, 0.5, date(2026, 3, 1)), bet(2, 0.5, date(2026, 2, 1)), bet(3, 0.5, date(2026, 4, 1))]
    assert [one.bet_id for one in due_bets(bets, [ended(1, None)], date(2026, 3, 1))] == ["b2"]
    assert [one.bet_id for one in due_bets(bets, [], date(2026, 3, 1))] == ["b2", "b1"]
