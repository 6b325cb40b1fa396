"""What every flow does: the steps of its stage, one after the other, and a summary at the end."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows.states import ended, unless_busy
from flows.summaries import show_summaries
from flows.tasks import run_step
from overheard.settings import load_settings
from overheard.steps.market import StepSummary
from overheard.steps.order import STAGES
from overheard.storage import hold_market


def run_stage(
    stage: str, market_dir: str, night: str | None, full: bool
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run one stage under the market's lock."""

    def work() -> list[StepSummary] | State[list[StepSummary]]:
        with hold_market(Path(market_dir) / "data", stage):
            summaries = run_steps(stage, STAGES[stage], market_dir, night, full)
        return ended(market_dir, summaries)

    return unless_busy(work)


def run_steps(
    flow_name: str, steps: tuple[str, ...], market_dir: str, night: str | None, full: bool
) -> list[StepSummary]:
    """Run steps in order and show what they did."""
    engine = load_settings(Path(market_dir)).engine
    if engine.kind == "dask" and engine.steps_on_cluster:
        summaries = _run_on_cluster(engine.address, steps, market_dir, night, full)
    else:
        summaries = [run_step(step, market_dir, night, full) for step in steps]
    show_summaries(flow_name, summaries)
    return summaries


def _run_on_cluster(
    address: str, steps: tuple[str, ...], market_dir: str, night: str | None, full: bool
) -> list[StepSummary]:
    """Run each step as a task of Prefect's Dask runner; a step whose worker dies is run again on another."""
    from prefect_dask import DaskTaskRunner

    @flow(name="steps on a cluster", persist_result=False, task_runner=DaskTaskRunner(address=address))
    def steps_flow() -> list[StepSummary]:
        return [run_step.submit(step, market_dir, night, full).result() for step in steps]

    return steps_flow()
