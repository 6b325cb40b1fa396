"""Seconds of processor time per post of each kind of work, cold and on a second night; two processes against one."""

from __future__ import annotations

import gzip
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import overheard.steps.scores
import overheard.steps.sentences
from overheard.records import Signal
from overheard.settings import EngineSettings
from overheard.steps.collect import collect
from overheard.steps.engine import open_engine
from overheard.steps.market import Market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.vectors import encode_market
from tests.conftest import NIGHT

pytestmark = [pytest.mark.bench, pytest.mark.enable_socket, pytest.mark.timeout(7200)]

POSTS, NEW = 2000, 100
STEPS = {"collect": collect, "roles": find_market_roles, "signals": find_market_signals, "vectors": encode_market}
PARTS = {
    "split": overheard.steps.sentences._Split,
    "read": overheard.steps.scores._Read,
    "score": overheard.steps.scores._Score,
}


def make_market(folder: Path, shared_data: Path) -> Path:
    (folder / "sources").mkdir(parents=True)
    (folder / "market.toml").write_text(
        '[market]\nname = "Support"\n[[source]]\nname = "forum"\nkind = "table"\nfiles = "sources/*.jsonl"\n'
        '[source.columns]\nauthor = "author"\ndocument = "thread"\nsaid_at = "date"\n',
        encoding="utf-8",
    )
    return folder


def say(folder: Path, shared_data: Path, first: int, count: int) -> None:
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in zip(range(first + count), lines, strict=False) if number >= first]
    (folder / "sources" / f"{first:06}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_work_per_post(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: Counter[str] = Counter()
    for name, work in PARTS.items():
        monkeypatch.setattr(work, "__call__", _timed(spent, name, work.__call__))
    folder = make_market(tmp_path / "market", shared_data)
    say(folder, shared_data, 0, POSTS)
    cold = _pass_night(folder, 0, spent)
    spent.clear()
    say(folder, shared_data, POSTS, NEW)
    second = _pass_night(folder, 1, spent)
    market = Market(folder, NIGHT)
    pains = sum(signal.kind == "pain" for signal in market.tables.load("signals", Signal))
    print(f"\n{'work':10} {'cold ms/post':>13} {'second night, s of':>20} {POSTS} known + {NEW} new")
    for name in cold:
        print(f"{name:10} {1000 * cold[name] / POSTS:13.2f} {second[name]:20.2f}")
    for kind in ("tables", "scores", "vectors"):
        size = sum(path.stat().st_size for path in (folder / "data" / kind).rglob("*") if path.is_file())
        print(f"{kind}: {size / (POSTS + NEW) / 1000:.2f} kB a post")
    print(f"pain sentences a post: {pains / (POSTS + NEW):.2f}")
    assert second["signals"] < 0.3 * cold["signals"]


@pytest.mark.parametrize("posts", [400])
def test_two_workers_against_one_process(
    shared_data: Path, tmp_path: Path, posts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    # Files that are edited while it runs would make the workers another version.
    monkeypatch.setattr("overheard.steps.engine.code_digest", lambda: "ours")
    seconds = {}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        engines = {
            "this process": EngineSettings(),
            "two processes": EngineSettings(workers=2),
            "two Dask workers": EngineSettings(kind="dask", address=cluster.scheduler_address),
        }
        for name, settings in engines.items():
            folder = make_market(tmp_path / name, shared_data)
            say(folder, shared_data, 0, posts)
            market = Market(folder, NIGHT)
            vars(market)["engine"] = open_engine(settings)
            collect(market)
            find_market_roles(market)
            started = time.perf_counter()
            find_market_signals(market)
            encode_market(market)
            seconds[name] = time.perf_counter() - started
            shutil.rmtree(folder)
    for name, wall in seconds.items():
        print(f"{name:18} {wall:7.1f} s, {seconds['this process'] / wall:.2f} times as fast")


def _pass_night(folder: Path, number: int, spent: Counter[str]) -> dict[str, float]:
    found = {}
    for name, step in STEPS.items():
        started = time.process_time()
        step(Market(folder, NIGHT + timedelta(number)))
        found[name] = time.process_time() - started
    return found | {f"  {name}": spent[name] for name in PARTS}


def _timed(spent: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        started = time.process_time()
        try:
            return function(*given)
        finally:
            spent[name] += time.process_time() - started  # type: ignore[assignment]

    return timed
