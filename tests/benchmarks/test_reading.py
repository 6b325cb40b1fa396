"""Posts recovered from annotated pages of other people's sites, where they are at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench


def test_reading(shared_data: Path) -> None:
    scorer = shared_data.parent / "score" / "score_posts.py"
    command = f"{Path(sys.executable).parent / 'overheard'}"
    scored = subprocess.run(
        [sys.executable, scorer, "--gold", shared_data / "wf52", "--cmd", command],
        capture_output=True,
        text=True,
        timeout=1500,
    )
    print("\n" + scored.stdout)
    assert scored.returncode == 0, scored.stderr
