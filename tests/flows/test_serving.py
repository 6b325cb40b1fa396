"""`overheard schedule` brings up a server and a deployment with its hour, and takes both down when stopped."""

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
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def deployments(port: int) -> list[dict[str, object]]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/deployments/filter", data=b"{}", headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            found: list[dict[str, object]] = json.load(answer)
            return found
    except (urllib.error.URLError, OSError):
        return []


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
