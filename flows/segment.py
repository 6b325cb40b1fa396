"""Pains → profiles, segments, vocabulary. Operator: ids of segments last from night to night."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.stages import run_stage
from overheard.steps.market import StepSummary


@flow(name="segment", persist_result=False)
def segment_flow(
    market_dir: str, night: str | None = None, full: bool = False
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run `segment` on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    return run_stage("segment", market_dir, night, full)
