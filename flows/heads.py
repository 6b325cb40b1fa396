"""Labels → the heads of the signals and their card. Operator: `make heads`; a market never needs it."""

from __future__ import annotations

import sys
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from overheard.steps.asked.heads import fit_market_heads


@task(cache_policy=NO_CACHE, task_run_name="heads from {models_dir}")
def fit_task(models_dir: str, corpora_dir: str) -> str:
    """Fit the heads and return their card."""
    return fit_market_heads(Path(models_dir), Path(corpora_dir))


@flow(name="heads", persist_result=False)
def heads_flow(models_dir: str, corpora_dir: str) -> str:
    """Fit the heads on the labels in `models_dir`, whose texts lie in `corpora_dir`."""
    return fit_task(models_dir, corpora_dir)


if __name__ == "__main__":
    print(heads_flow(sys.argv[1], sys.argv[2]))
