"""How good were the bets? Scores of what was settled, and which bets are due."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overheard.records import Bet, BetOutcome

SUREST = 1e-6
"""A bet at 0 or 1 that fails would cost without end."""


@dataclass(frozen=True, slots=True)
class Decile:
    """Settled bets of like probability: from `low` on, how many, their mean probability, the share that came true."""

    low: float
    bets: int
    expected: float
    came_true: float


@dataclass(frozen=True, slots=True)
class Record:
    """How the bets went: `brier` and `log_loss` (0 is perfect; .25 and .69 are a coin's) and the calibration table."""

    settled: int
    brier: float
    log_loss: float
    deciles: tuple[Decile, ...]


def score_bets(bets: Sequence[Bet], outcomes: Sequence[BetOutcome]) -> Record | None:
    """Score the settled bets (Brier, 1950); None where none is. What was called off is not settled."""
    said = {one.bet_id: one.probability for one in bets}
    ended = [(said[one.bet_id], float(one.came_true)) for one in outcomes if one.came_true is not None]
    if not ended:
        return None
    brier = sum((chance - came) ** 2 for chance, came in ended) / len(ended)
    return Record(len(ended), brier, sum(_loss(*one) for one in ended) / len(ended), _deciles(ended))


def _loss(chance: float, came_true: float) -> float:
    sure = min(max(chance, SUREST), 1 - SUREST)
    return -math.log(sure if came_true else 1 - sure)


def _deciles(ended: Sequence[tuple[float, float]]) -> tuple[Decile, ...]:
    rows: Mapping[int, list[tuple[float, float]]] = defaultdict(list)
    for one in ended:
        # A hundredth first: .7 * 10 is a little below 7.
        rows[min(9, round(one[0] * 100) // 10)].append(one)
    return tuple(
        Decile(
            number / 10,
            len(found),
            sum(chance for chance, _ in found) / len(found),
            sum(came for _, came in found) / len(found),
        )
        for number, found in sorted(rows.items())
    )


def due_bets(bets: Sequence[Bet], outcomes: Sequence[BetOutcome], today: date) -> tuple[Bet, ...]:
    """Return the bets that should have been settled by today, the oldest first."""
    settled = {one.bet_id for one in outcomes}
    due = [one for one in bets if one.bet_id not in settled and one.resolve_by <= today]
    return tuple(sorted(due, key=lambda bet: (bet.resolve_by, bet.bet_id)))
