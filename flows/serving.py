"""Nightly on this machine: a Prefect server where none is set, and a process that waits for the hour.

Operator: stop it with Ctrl-C. Missed nights are made up by the next one, since a night does everything not done yet.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overheard.errors import OverheardError

HOST = "127.0.0.1"
STARTUP_SECONDS = 300


class PrefectStartError(OverheardError):
    """Prefect's server did not come up."""


@contextmanager
def server_on_loopback(port: int) -> Iterator[str]:
    """Start Prefect's server on this machine, wait until it answers, and stop it at the end.

    Raises:
        PrefectStartError: it did not answer within `STARTUP_SECONDS`.
    """
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - a fixed command
    address = f"http://{HOST}:{port}/api"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise PrefectStartError(f"{address}: Prefect's server did not start; is its port taken? Name another with --port")


def serve_nightly(market_dir: Path, cron: str, port: int) -> None:
    """Serve the nightly flow of one market until stopped; `port` is for the server, where none is set."""
    if "PREFECT_API_URL" in os.environ:
        _serve(market_dir, cron)
        return
    with server_on_loopback(port) as address:
        print(f"Prefect is at {address.removesuffix('/api')}; stop with Ctrl-C", flush=True)
        os.environ["PREFECT_API_URL"] = address
        _serve(market_dir, cron)


def _serve(market_dir: Path, cron: str) -> None:
    from flows.nightly import nightly_flow  # after the server's address is set: Prefect reads it at import

    # Not paused at shutdown: a restarted machine would otherwise wait for somebody to press "resume".
    nightly_flow.serve(
        name=market_dir.name, cron=cron, parameters={"market_dir": str(market_dir)}, pause_on_shutdown=False, limit=1
    )
