"""Everything, every night: collect → understand → segment → report.

Operator: a night means "do everything not done yet", so late runs collapse into one and a killed run is simply started
again. One run per market: a second one ends at once and says who holds the market. At the end it prints ten lines, and
sends them to OVERHEARD_WEBHOOK_URL, or by mail to OVERHEARD_NOTICE_TO through OVERHEARD_SMTP_URL, where these are set.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.stages import run_steps
from overheard.steps.market import StepSummary
from overheard.steps.notice import tell_market
from overheard.steps.order import STAGES
from overheard.storage import hold_market


@flow(name="nightly", persist_result=False)
def nightly_flow(market_dir: str, night: str | None = None, full: bool = False) -> list[StepSummary]:
    """Run the whole pipeline on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    with hold_market(Path(market_dir) / "data", "run"):
        steps = tuple(step for stage in STAGES.values() for step in stage)
        summaries = run_steps("nightly", steps, market_dir, night, full)
    print("\n".join(tell_market(Path(market_dir))), flush=True)
    return summaries
