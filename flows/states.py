"""How a run ends in Prefect: as usual, partial where a source gave nothing, skipped where nothing was to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from prefect.client.schemas.objects import State
from prefect.runtime import deployment, flow_run
from prefect.states import Completed

from overheard.errors import LockedError
from overheard.steps.collect import missing_sources
from overheard.steps.market import Market, StepSummary
from overheard.storage import last_run

Summaries = list[StepSummary]


def ended(market_dir: str, summaries: Summaries) -> Summaries | State[Summaries]:
    """Say on Prefect's page which sources a run could do nothing for; a run without any is no failure."""
    missing = missing_sources(Market(Path(market_dir)))
    if not missing:
        return summaries
    return Completed(name="Partial", message=f"partial: nothing could be read of {', '.join(missing)}", data=summaries)


def unless_busy(work: Callable[[], Summaries | State[Summaries]]) -> Summaries | State[Summaries]:
    """Do the work of a run; a scheduled one that finds the market at work leaves it alone, and that is no failure."""
    try:
        return work()
    except LockedError as error:
        if not is_deployed():
            raise
        return skipped(str(error))


def skipped(why: str) -> State[Summaries]:
    """Return the end of a run that had nothing to do."""
    done: Sequence[StepSummary] = []
    return Completed(name="Skipped", message=why, data=done)


def is_deployed() -> bool:
    """Tell whether this run was started by a server, not by a person at a terminal."""
    return deployment.id is not None


def is_made_up_for(market_dir: str) -> bool:
    """Tell whether a whole run began after this one's hour and ended well: of missed nights the first does all."""
    last = last_run(Path(market_dir) / "data", "run")
    if not is_deployed() or last is None or last.ended_at is None or last.why:
        return False
    return bool(last.began_at > flow_run.scheduled_start_time)
