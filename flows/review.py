"""The bets, every month. Operator: settles what the ledger can tell, and asks a person for the rest; see the notice."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.ending import end_servers_with_us
from flows.states import unless_busy
from overheard.steps.decisions.bet_review import review_and_tell
from overheard.steps.market import Market, StepSummary


@flow(name="review", persist_result=False)
def review_flow(market_dir: str) -> list[StepSummary] | State[list[StepSummary]]:
    """Review the bets of the market in `market_dir`; publish and send what came of it."""
    end_servers_with_us()
    return unless_busy(lambda: _review(Path(market_dir)))


def _review(market_dir: Path) -> State[list[StepSummary]]:
    review = review_and_tell(Market(market_dir))
    summaries: list[StepSummary] = []
    told = f"{len(review.settled)} bets settled, {len(review.due)} wait for a person"
    return Completed(message=told, data=summaries)
