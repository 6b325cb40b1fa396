"""One Prefect task per step, around one call of it. Nothing is cached here: steps know themselves what is fresh."""

from __future__ import annotations

import traceback
from datetime import date
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from overheard.errors import OverheardError
from overheard.steps.market import Market, StepSummary
from overheard.steps.order import STEPS

_PLACES = 4
"""Of the code, innermost first, named in the message of an error nobody foresaw."""


class StepError(OverheardError):
    """A step failed in a way nobody foresaw: its kind and places. What it says may hold people's words and stays out.

    Prefect keeps what an error says in its database, in its log and on its page, where `overheard forget` does not
    reach.
    """


def _may_pass(_task: object, _run: object, state: State[StepSummary]) -> bool:
    """Try again only what may pass by itself: what a person must mend fails at once."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, StepError) or not isinstance(error, OverheardError)


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
    try:
        return STEPS[step](market)
    except (OverheardError, OSError):
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
        places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
        what = f"{step}: {type(error).__name__} at {places}"
        raise StepError(f"{what}; report it with these places, and run again") from None
