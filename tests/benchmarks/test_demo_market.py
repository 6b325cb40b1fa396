"""How much of what was planted in the demo market is found. Prints; the floors are in tests/steps/test_pipeline.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from overheard.steps.market import Market
from tests.conftest import NIGHT
from tests.demo.measure import measure_demo

pytestmark = pytest.mark.bench


def test_demo_market(demo_run: Path) -> None:
    print("\n# demo market: planted against found")
    print(measure_demo(Market(demo_run, NIGHT)).table())
