"""Everything, every night: collect → understand → segment → report.

Operator: a night means "do everything not done yet", so late runs collapse into one and a killed run is simply started
again. One run per market: a second one ends at once and says who holds the market. A source that gave nothing stops
no night: the run ends as "Partial" and names it. At the end it prints ten lines (by hand alone), and
sends them to OVERHEARD_WEBHOOK_URL, or by mail to OVERHEARD_NOTICE_TO through OVERHEARD_SMTP_URL, where these are set.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows.ending import end_servers_with_us
from flows.stages import run_steps
from flows.states import ended, is_deployed, is_made_up_for, skipped, unless_busy
from overheard.steps.asked.notice import tell_market
from overheard.steps.market import StepSummary
from overheard.steps.order import STAGES
from overheard.storage import hold_market


@flow(name="nightly", persist_result=False)
def nightly_flow(
    market_dir: str, night: str | None = None, full: bool = False
) -> list[StepSummary] | State[list[StepSummary]]:
    """Run the whole pipeline on the market in `market_dir`; `night` is YYYY-MM-DD, `full` does finished steps again."""
    end_servers_with_us()
    if night is None and not full and is_made_up_for(market_dir):
        return skipped("a run that began after this one's hour did everything")
    return unless_busy(lambda: _run_all(market_dir, night, full))


def _run_all(market_dir: str, night: str | None, full: bool) -> list[StepSummary] | State[list[StepSummary]]:
    with hold_market(Path(market_dir) / "data", "run"):
        steps = tuple(step for stage in STAGES.values() for step in stage)
        summaries = run_steps("nightly", steps, market_dir, night, full)
    lines = tell_market(Path(market_dir))
    if not is_deployed():  # a service's output is a log, and these lines hold what people complain of
        print("\n".join(lines), flush=True)
    return ended(market_dir, summaries)
