"""What every flow does: the steps of its stage, one after the other, and a summary at the end."""

from __future__ import annotations

from pathlib import Path

from flows.summaries import show_summaries
from flows.tasks import run_step
from overheard.steps.market import StepSummary
from overheard.steps.order import STAGES
from overheard.storage import hold_market


def run_stage(stage: str, market_dir: str, night: str | None, full: bool) -> list[StepSummary]:
    """Run one stage under the market's lock."""
    with hold_market(Path(market_dir) / "data", stage):
        return run_steps(stage, STAGES[stage], market_dir, night, full)


def run_steps(
    flow_name: str, steps: tuple[str, ...], market_dir: str, night: str | None, full: bool
) -> list[StepSummary]:
    """Run steps in order and show what they did."""
    summaries = [run_step(step, market_dir, night, full) for step in steps]
    show_summaries(flow_name, summaries)
    return summaries
