"""Nights killed and broken at random end as nights left in peace: `make chaos`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.bench
@pytest.mark.timeout(0)
def test_whatever_befalls_a_night_it_ends_as_one_left_in_peace() -> None:
    rounds, seed = os.environ.get("OVERHEARD_CHAOS_ROUNDS", "20"), os.environ.get("OVERHEARD_CHAOS_SEED", "1")
    command = [sys.executable, "-m", "tests.chaos.drive", rounds, seed]
    assert subprocess.run(command, cwd=Path(__file__).parents[2]).returncode == 0
