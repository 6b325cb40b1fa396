"""Seconds of each step on the demo market, cold and again with nothing new, in one run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from overheard.steps.market import Market
from overheard.steps.order import STEPS
from tests.conftest import NIGHT, copy_demo

pytestmark = pytest.mark.bench


def test_steps(tmp_path: Path) -> None:
    market = Market(copy_demo(tmp_path / "market"), NIGHT)
    print(f"\n{'step':12} {'rows in':>8} {'rows out':>8} {'cold s':>8} {'again s':>8}")
    cold = {name: _timed(step, market) for name, step in STEPS.items()}
    for name, step in STEPS.items():
        summary, seconds = cold[name]
        again, seconds_again = _timed(step, market)
        assert again.reused
        print(f"{name:12} {summary.rows_in:8} {summary.rows_out:8} {seconds:8.1f} {seconds_again:8.2f}")


def _timed(step, market: Market):  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    summary = step(market)
    return summary, time.perf_counter() - started
