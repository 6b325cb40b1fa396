"""`overheard schedule` brings up a server and deployments with their hours, and takes all of it down when stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, asked: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/{path}",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError):
        return []


def deployments(port: int) -> list[dict[str, Any]]:
    return ask(port, "deployments/filter", {})


def wait_for(process: subprocess.Popen[bytes], is_there: Callable[[], object], seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while not is_there():
        assert time.monotonic() < until, "it did not come"
        assert process.poll() is None, "it ended by itself"
        time.sleep(1)


def children_of(process: int) -> set[int]:
    """All that a process started, and all that those started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {process}} - found:
        found |= more
    return found


def is_alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_scheduled_market_has_a_deployment_until_it_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_text(
        '[market]\nname = "x"\n[[source]]\nname = "a"\nkind = "pages"\nfiles = "*.html"\n', encoding="utf-8"
    )
    port = free_port()
    environment = os.environ | {"PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    command = [
        Path(sys.executable).parent / "overheard",
        "schedule",
        tmp_path,
        "--cron",
        "0 3 * * *",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 240
        while not (found := deployments(port)) and time.monotonic() < until and process.poll() is None:
            time.sleep(1)
        assert len(found) == 1
        assert "0 3 * * *" in json.dumps(found[0]["schedules"])
        assert found[0]["parameters"] == {"market_dir": str(tmp_path)}
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert deployments(port) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_run_asked_for_on_the_page_is_done_and_a_stop_in_the_middle_of_one_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    market = tmp_path / "market"
    (market / "sources").mkdir(parents=True)
    said = "My client pays two months late and I hate chasing them."
    rows = [{"text": said, "author": f"person {number}"} for number in range(6)]
    (market / "sources" / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (market / "market.toml").write_text(
        '[market]\nname = "Small"\n[[source]]\nname = "posts"\nkind = "table"\nfiles = "sources/*.jsonl"\n'
        '[source.columns]\nauthor = "author"\n[[source]]\nname = "gone"\nkind = "pages"\nfiles = "gone/*.html"\n',
        encoding="utf-8",
    )
    port = free_port()
    environment = os.environ | {"PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    command = [Path(sys.executable).parent / "overheard", "schedule", market, "--all", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started: set[int] = set()
    try:
        wait_for(process, lambda: len(deployments(port)) == 7)
        found = {one["name"]: one for one in deployments(port)}
        assert {name for name, one in found.items() if one["schedules"]} == {"market nightly", "market bet-review"}
        assert not any(one["paused"] for one in found.values())

        def ended_as(run: str) -> str:
            return ask(port, "flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})[0]["state_name"]

        def begin() -> str:
            asked = {"parameters": {"night": "2026-11-02", "full": True}}
            return ask(port, f"deployments/{found['market on-demand']['id']}/create_flow_run", asked)["id"]

        run = begin()
        wait_for(process, lambda: ended_as(run) not in ("Scheduled", "Late", "Pending", "Submitting", "Running"), 400)
        (told,) = ask(port, "flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
        assert (told["state_type"], told["state_name"]) == ("COMPLETED", "Partial")
        assert told["state"]["message"] == "partial: nothing could be read of gone"
        assert told["parameters"] == {"market_dir": str(market), "night": "2026-11-02", "full": True}
        page = (market / "reports" / "latest" / "index.html").read_text(encoding="utf-8")
        assert "Tonight nothing could be read of “gone”" in page
        # The hour is written down as runs to come: a server that cannot do that would never start a night.
        waiting = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
        wait_for(process, lambda: ask(port, "flow_runs/filter", waiting))

        again = begin()
        wait_for(process, lambda: ended_as(again) == "Running")
    finally:
        started = children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=90)
    until = time.monotonic() + 30
    while (left := {child for child in started if is_alive(child)}) and time.monotonic() < until:
        time.sleep(0.5)
    assert len(started) >= 2  # the server and the run
    assert left == set()
