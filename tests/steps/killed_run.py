"""Run a market and die by SIGKILL in the middle: `python -m tests.steps.killed_run MARKET STEP WRITES`.

Dies in STEP after its WRITES-th write to the disk (0: before the first), as a power cut would have it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import overheard.steps.report
from overheard.steps.market import Market
from overheard.steps.order import STEPS
from overheard.storage import Tables, VectorCache


def die_after(writes: int) -> None:
    """Arrange for the process to be killed at the given write."""
    done = 0

    def counted(write: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            if done >= writes:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            return write(*args, **kwargs)

        return wrapper

    for owner, name in (
        (Tables, "replace"),
        (Tables, "merge"),
        (VectorCache, "add"),
        (Market, "save_names"),
        (overheard.steps.report, "publish_report"),
        (overheard.steps.market, "save_note"),
    ):
        setattr(owner, name, counted(getattr(owner, name)))


def main(market_dir: str, last_step: str, writes: str) -> None:
    """Run step by step up to the one that dies."""
    market = Market(Path(market_dir), date(2026, 11, 2))
    for name, step in STEPS.items():
        if name == last_step:
            die_after(int(writes))
        step(market)


if __name__ == "__main__":
    main(*sys.argv[1:])
