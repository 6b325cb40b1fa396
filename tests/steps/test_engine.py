"""Wherever the work is done, and whoever dies doing it, the same comes out in the same order."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import overheard.steps.scores
import overheard.steps.sentences
import overheard.steps.vectors
from overheard.errors import BadInputError, EngineError
from overheard.records import Signal, Slot, SourceKind
from overheard.settings import EngineSettings
from overheard.steps.collect import collect
from overheard.steps.engine import Engine, open_engine
from overheard.steps.market import Market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.vectors import encode_market, load_pain_signals, open_cache
from overheard.vectors import key_of_text, missing_chunks
from tests.conftest import NIGHT

PARTS = [[f"part {at}", "more"] for at in range(12)]


@dataclass(frozen=True)
class Hashing:
    """Dies in the part it is told to, if nobody died there before."""

    grave: str = ""
    dies_in: str = ""
    always: bool = False

    def __call__(self, part: Sequence[str]) -> str:
        if part[0] == self.dies_in and (self.always or not Path(self.grave).exists()):
            Path(self.grave).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return hashlib.sha256("".join(part).encode()).hexdigest()


EXPECTED = [Hashing()(part) for part in PARTS]


@pytest.fixture
def cluster(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from distributed import LocalCluster

    # Files that are edited while the test runs would make its workers another version than itself.
    monkeypatch.setattr("overheard.steps.engine.code_digest", lambda: "ours")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as found:
        yield found


def on_dask(cluster: Any) -> Engine:
    return open_engine(EngineSettings(kind="dask", address=cluster.scheduler_address))


def test_in_this_process_parts_are_done_in_order_and_only_when_asked_for() -> None:
    done = open_engine(EngineSettings()).spread(Hashing(), PARTS)
    assert next(done) == EXPECTED[0]
    assert list(done) == EXPECTED[1:]


@pytest.mark.slow
@pytest.mark.parametrize("parts", [0, 1, 12])
def test_processes_beside_this_one_do_the_same(parts: int) -> None:
    engine = open_engine(EngineSettings(workers=2))
    assert list(engine.spread(Hashing(), PARTS[:parts])) == EXPECTED[:parts]


@pytest.mark.slow
def test_a_killed_process_is_told_with_the_mend(tmp_path: Path) -> None:
    engine = open_engine(EngineSettings(workers=2))
    with pytest.raises(EngineError, match=r"killed.*fewer `workers`"):
        list(engine.spread(Hashing(str(tmp_path / "grave"), "part 3"), PARTS))


@pytest.mark.slow
def test_a_worker_killed_midway_leaves_no_gap(cluster: Any, tmp_path: Path) -> None:
    grave = tmp_path / "grave"
    assert list(on_dask(cluster).spread(Hashing(str(grave), "part 4"), PARTS)) == EXPECTED
    assert grave.exists()


@pytest.mark.slow
def test_a_part_that_kills_every_worker_is_told_with_the_mend(cluster: Any, tmp_path: Path) -> None:
    cluster.scheduler.allowed_failures = 0
    with pytest.raises(EngineError, match=r"killed several workers.*give them more"):
        list(on_dask(cluster).spread(Hashing(str(tmp_path / "grave"), "part 4", always=True), PARTS))


@pytest.mark.slow
def test_workers_of_another_version_are_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.engine.code_digest", lambda: str(os.getpid()))
    with pytest.raises(BadInputError, match="another version"):
        list(on_dask(cluster).spread(Hashing(), PARTS))


@pytest.mark.slow
def test_no_cluster_is_told_with_the_mend(socket_enabled: None) -> None:
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(BadInputError, match="scheduler"):
        list(open_engine(EngineSettings(kind="dask", address="tcp://127.0.0.1:9")).spread(Hashing(), PARTS))


def test_an_engine_of_dask_needs_its_address() -> None:
    with pytest.raises(ValueError, match="needs the address"):
        EngineSettings(kind="dask")


class Deadly:
    """An engine that kills one of its workers after the first part of each kind of work."""

    def __init__(self, cluster: Any) -> None:
        self._cluster = cluster
        self._engine = on_dask(cluster)
        self.killed = 0

    def spread(self, work: Any, parts: Any) -> Iterator[Any]:
        for number, found in enumerate(self._engine.spread(work, parts)):
            alive = [nanny.pid for nanny in self._cluster.workers.values() if nanny.pid]
            # On a busy machine the one killed before may not be back yet.
            if number == 0 and len(alive) > 1 and len(self._cluster.scheduler.workers) > 1:
                os.kill(alive[0], signal.SIGKILL)
                self.killed += 1
            yield found


def make_posts(folder: Path) -> Path:
    """Make a market of invented posts, large enough for several parts of each kind of work."""
    (folder / "sources").mkdir(parents=True)
    (folder / "market.toml").write_text(
        '[market]\nname = "Boats"\n[[source]]\nname = "forum"\nkind = "table"\nfiles = "sources/posts.jsonl"\n'
        '[source.columns]\nauthor = "author"\ndocument = "thread"\n',
        encoding="utf-8",
    )
    things = ("tiller", "winch", "hatch", "bilge pump", "anchor", "mast", "rudder", "cleat", "keel", "jib")
    rows = [
        {
            "thread": f"t{at}",
            "author": f"sailor {at}",
            "text": f"We sail on Sundays in month {at}. My {thing} is stuck again and I hate it! "
            f"I wish somebody sold a {thing} for boat {at} that lasts. We bought {at} of them.",
        }
        for at in range(4)
        for thing in things
    ]
    (folder / "sources" / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def run_on(folder: Path, engine: Engine | None) -> tuple[list[list[Any]], Any]:
    seconds = time.perf_counter()
    market = Market(folder, NIGHT)
    if engine:
        vars(market)["engine"] = engine
    for step in (collect, find_market_roles, find_market_signals, encode_market):
        step(market)
    tables = [
        market.tables.load(*table) for table in (("signals", Signal), ("slots", Slot), ("source_kinds", SourceKind))
    ]
    vectors = open_cache(market).take([key_of_text(text) for text in load_pain_signals(market)[1]])
    print(f"{type(engine).__name__}: {time.perf_counter() - seconds:.1f} s")
    return tables, vectors


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_market_understood_on_a_cluster_whose_workers_die_is_the_same_to_the_byte(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (overheard.steps.scores, overheard.steps.vectors):
        monkeypatch.setattr(module, "missing_chunks", lambda texts, known, _=0: missing_chunks(texts, known, 8))
    monkeypatch.setattr(overheard.steps.sentences, "_SPLIT_AT_ONCE", 8)
    here, there = make_posts(tmp_path / "here"), make_posts(tmp_path / "there")
    (here / "private").mkdir()
    (there / "private").mkdir()
    for folder in (here, there):
        (folder / "private" / "person.key").write_bytes(bytes(32))
    deadly = Deadly(cluster)
    local, remote = run_on(here, None), run_on(there, deadly)
    assert deadly.killed >= 1
    assert len(local[0][0]) > 40
    assert remote[0] == local[0]
    assert remote[1].tobytes() == local[1].tobytes()
