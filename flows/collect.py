"""Sources → documents and utterances. Operator: a source that fails is skipped and told in the summary; run again."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.stages import run_stage
from overheard.steps.market import StepSummary


@flow(name="collect", persist_result=False)
def collect_flow(
    market_dir: str, night: str | None = None, full: bool = False
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run `collect` on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    return run_stage("collect", market_dir, night, full)
