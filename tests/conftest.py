"""What several tests share: the demo market, run once."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from tests.demo.make_demo import ROOT

# Two test processes on two cores: how long one example takes says nothing of the code.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

NIGHT = date(2026, 11, 2)


def copy_demo(folder: Path) -> Path:
    """Copy the demo market as it lies in the repository, without what runs left there."""
    shutil.copytree(ROOT / "data" / "demo", folder, ignore=shutil.ignore_patterns("private", "reports"))
    shutil.rmtree(folder / "data", ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo market after one whole run, step by step, without Prefect. Read only."""
    from overheard.steps.market import Market
    from overheard.steps.order import STEPS

    folder = copy_demo(tmp_path_factory.mktemp("demo") / "market")
    market = Market(folder, NIGHT)
    for step in STEPS.values():
        assert not step(market).reused
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data some machines have; tests that need it are skipped elsewhere."""
    folder = os.environ.get("OVERHEARD_SHARED")
    if not folder:
        pytest.skip("needs real data: set OVERHEARD_SHARED to the folder that holds data/")
    return Path(folder) / "data"
