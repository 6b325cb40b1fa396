"""One Prefect task per step, around one call of it. Nothing is cached here: steps know themselves what is fresh."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from overheard.errors import OverheardError
from overheard.steps.market import Market, StepSummary
from overheard.steps.order import STEPS


def _may_pass(_task: object, _run: object, state: State[StepSummary]) -> bool:
    """Try again only what may pass by itself: what a person must mend fails at once."""
    return not isinstance(state.result(raise_on_failure=False), OverheardError)


@task(
    cache_policy=NO_CACHE,
    retries=1,
    retry_delay_seconds=5,
    retry_condition_fn=_may_pass,
    task_run_name="{step}",
    persist_result=False,
)
def run_step(step: str, market_dir: str, night: str | None, full: bool) -> StepSummary:
    """Run one step of a market."""
    market = Market(Path(market_dir), date.fromisoformat(night) if night else None, full)
    return STEPS[step](market)
