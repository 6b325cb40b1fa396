"""Tables → the published report. Operator: a report appears whole or not at all."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.stages import run_stage
from overheard.steps.market import StepSummary


@flow(name="report", persist_result=False)
def report_flow(
    market_dir: str, night: str | None = None, full: bool = False
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run `report` on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    return run_stage("report", market_dir, night, full)
