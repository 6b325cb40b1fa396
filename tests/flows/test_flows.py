"""The flows are wired right: steps in order, one lock, a summary artifact. What the steps do is tested elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from overheard.errors import BadInputError, LockedError
from overheard.storage import hold_market, latest_report

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]

COMPLAINTS = (
    "My client pays two months late and I hate chasing them.",
    "I wasted the whole evening matching payments to invoices.",
    "We lost money on the exchange rate again.",
)


@pytest.fixture(scope="module")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    from prefect.testing.utilities import prefect_test_harness

    # A fresh database is migrated first: up to a minute on a busy machine.
    with prefect_test_harness(server_startup_timeout=300):
        yield
    monkeypatch.undo()


@pytest.fixture
def market(tmp_path: Path) -> Path:
    folder = tmp_path / "market"
    (folder / "sources").mkdir(parents=True)
    rows = [
        {"text": COMPLAINTS[number % 3], "author": f"person {number}", "thread": f"t{number // 3}"}
        for number in range(12)
    ]
    (folder / "sources" / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "market.toml").write_text(
        '[market]\nname = "Small"\n[[source]]\nname = "posts"\nkind = "table"\nfiles = "sources/*.jsonl"\n'
        '[source.columns]\nauthor = "author"\ndocument = "thread"\n',
        encoding="utf-8",
    )
    return folder


def test_a_night_runs_every_step_and_leaves_a_summary(prefect_server: None, market: Path) -> None:
    from prefect.client.orchestration import get_client

    from flows.nightly import nightly_flow

    first = nightly_flow(str(market), "2026-11-02")
    assert [summary.step for summary in first] == [
        "collect", "customers", "roles", "signals", "vectors", "pains", "levels", "topic_model", "people", "reference",
        "vocabulary", "positioning", "traffic", "strategy", "polish", "report",
    ]  # fmt: skip
    assert first[0].rows_out == 12
    assert latest_report(market / "reports") is not None
    again = nightly_flow(str(market), "2026-11-03")
    assert all(summary.reused for summary in again)
    with get_client(sync_client=True) as client:
        artifacts = client.read_artifacts()
    tables = [artifact for artifact in artifacts if artifact.key == "nightly-summary"]
    assert len(tables) == 2
    assert "matching payments" not in str([artifact.data for artifact in tables])


def test_a_second_run_ends_at_once_and_says_who_holds_the_market(prefect_server: None, market: Path) -> None:
    from flows.collect import collect_flow

    with hold_market(market / "data", "run"), pytest.raises(LockedError, match="`overheard run` holds this market"):
        collect_flow(str(market))


def test_what_a_person_must_mend_is_not_tried_twice(prefect_server: None, market: Path) -> None:
    from flows.collect import collect_flow

    (market / "sources" / "posts.jsonl").write_bytes(b"")
    with pytest.raises(BadInputError, match="hold nothing that can be read"):
        collect_flow(str(market))


def test_the_heads_are_fitted_on_the_folders_the_flow_is_given(
    prefect_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.heads

    monkeypatch.setattr(flows.heads, "fit_market_heads", lambda models, corpora: f"{models.name} from {corpora.name}")
    assert flows.heads.heads_flow("some/models", "some/corpora") == "models from corpora"


def test_steps_run_as_tasks_of_a_dask_cluster_and_do_the_same(
    prefect_server: None, market: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    from flows.collect import collect_flow
    from flows.understand import understand_flow

    there = tmp_path / "there"
    shutil.copytree(market, there)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        with (there / "market.toml").open("a", encoding="utf-8") as settings:
            settings.write(
                f'[engine]\nkind = "dask"\naddress = "{cluster.scheduler_address}"\nsteps_on_cluster = true\n'
            )
        summaries = [[*collect_flow(str(one)), *understand_flow(str(one))] for one in (market, there)]
    assert summaries[1] == summaries[0]
    assert not any(summary.reused for summary in summaries[1])
