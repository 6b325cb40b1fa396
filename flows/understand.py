"""Utterances → roles, signals, vectors, pains. Operator: safe to kill and run again at any time."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.stages import run_stage
from overheard.steps.market import StepSummary


@flow(name="understand", persist_result=False)
def understand_flow(
    market_dir: str, night: str | None = None, full: bool = False
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run `understand` on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    return run_stage("understand", market_dir, night, full)
