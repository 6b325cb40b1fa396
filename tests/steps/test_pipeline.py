"""The whole way from saved pages to the report: repeatable, restartable, and nothing done twice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from overheard.records import Profile
from overheard.steps.findings import TABLES
from overheard.steps.market import Market
from overheard.steps.order import STEPS
from tests.conftest import NIGHT, copy_demo
from tests.demo.measure import measure_demo

pytestmark = pytest.mark.slow


def tables_of(folder: Path) -> dict[str, Sequence[Any]]:
    market = Market(folder, NIGHT)
    return {name: market.tables.load(name, record) for name, record in {**TABLES, "profiles": Profile}.items()}


def report_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "reports" / "latest").resolve().iterdir()}


def fresh_copy(demo_run: Path, folder: Path) -> Path:
    """Copy the demo market with the key of the finished run, so that people have the same pseudonyms."""
    copy_demo(folder)
    shutil.copytree(demo_run / "private", folder / "private")
    (folder / "private" / "names.json").unlink()
    return folder


def test_the_demo_market_yields_what_was_planted(demo_run: Path) -> None:
    found = measure_demo(Market(demo_run, NIGHT))
    assert found.segment_ari >= 0.6
    assert found.segment_coverage >= 0.6
    assert found.pain_f1 >= 0.6
    assert found.staff_and_spam_found >= 0.95
    assert found.customers_excluded <= 0.02
    assert found.leaked_terms == ()


@pytest.mark.timeout(1800)  # minutes alone; beside other work three times as long
def test_a_run_killed_in_every_step_ends_as_one_left_in_peace_and_then_has_nothing_to_do(
    demo_run: Path, tmp_path: Path
) -> None:
    folder = fresh_copy(demo_run, tmp_path / "market")
    deaths = [("collect", 0), ("collect", 2), ("roles", 1), ("signals", 0), ("vectors", 1), ("pains", 2), ("people", 3)]
    for step, writes in [*deaths, ("vocabulary", 1), ("report", 0), ("report", 1)]:
        command = [sys.executable, "-m", "tests.steps.killed_run", str(folder), step, str(writes)]
        killed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, timeout=300)
        assert killed.returncode == -9, f"{step} was not killed: {killed.stderr.decode()[-500:]}"
    market = Market(folder, NIGHT)
    for step_function in STEPS.values():
        step_function(market)
    assert tables_of(folder) == tables_of(demo_run)
    assert report_of(folder) == report_of(demo_run)
    assert all(step_function(market).reused for step_function in STEPS.values())
