"""Nightly on this machine: a Prefect server where none is set, and a process that waits for the hour.

Operator: stop it with Ctrl-C or SIGTERM; what is under way ends with it, and the next run goes on where it was. Missed
nights are made up by one: the first run does everything not done yet, and those behind it see that and end at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from overheard.errors import OverheardError

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

HOST = "127.0.0.1"
STARTUP_SECONDS = 300
RESTART_SECONDS = 5


class PrefectStartError(OverheardError):
    """Prefect's server did not come up."""


class _LocalServer:
    """Prefect's server on this machine, started again when it dies: a run under way goes on and tells it later."""

    def __init__(self, port: int) -> None:
        prefect = [sys.executable, "-m", "prefect"]
        self._command = [*prefect, "server", "start", "--host", HOST, "--port", str(port)]
        self._stopping, self._lock = threading.Event(), threading.Lock()
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdout=subprocess.DEVNULL)  # noqa: S603 - a fixed command

    def keep(self) -> None:
        """Start it again whenever it is gone, until stopped."""
        threading.Thread(target=self._restart, daemon=True).start()

    def _restart(self) -> None:
        while True:
            self.process.wait()
            if self._stopping.wait(RESTART_SECONDS):
                return
            with self._lock:
                if not self._stopping.is_set():
                    self.process = self._start()

    def stop(self) -> None:
        """End it for good."""
        with self._lock:
            self._stopping.set()
        self.process.terminate()
        self.process.wait(timeout=30)


@contextmanager
def server_on_loopback(port: int) -> Iterator[str]:
    """Start Prefect's server on this machine, wait until it answers, keep it up, and stop it at the end.

    Raises:
        PrefectStartError: it did not answer within `STARTUP_SECONDS`.
    """
    server = _LocalServer(port)
    address = f"http://{HOST}:{port}/api"
    try:
        _wait_for(address, server.process)
        server.keep()
        yield address
    finally:
        server.stop()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if _answers(address):
            return
        time.sleep(1)
    raise PrefectStartError(f"{address}: Prefect's server did not start; is its port taken? Name another with --port")


def _answers(address: str) -> bool:
    """Tell whether a Prefect server answers there."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.read(16).strip() == b"true")
    except (urllib.error.URLError, OSError):
        return False


def serve_nightly(market_dir: Path, cron: str, port: int) -> None:
    """Serve the nightly flow of one market until stopped; `port` is for the server, where none is set."""
    with _server_set(port):
        from flows.nightly import nightly_flow  # after the server's address is set: Prefect reads it at import

        parameters = {"market_dir": str(market_dir)}
        made = nightly_flow.to_deployment(name=market_dir.name, cron=cron, parameters=parameters)
        _serve([cast("RunnerDeployment", made)])  # a coroutine only inside of another


def serve_all(market_dir: Path, port: int) -> None:
    """Serve every deployment of prefect.yaml for one market until stopped."""
    with _server_set(port):
        from flows.deployments import deployments_of

        _serve(deployments_of(market_dir))


@contextmanager
def _server_set(port: int) -> Iterator[None]:
    """Have Prefect talk to the server the environment names, to one that answers at the port, or to one of our own."""
    # A plain SIGTERM would leave the server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = f"http://{HOST}:{port}/api"
    with ExitStack() as stack:
        if "PREFECT_API_URL" not in os.environ:
            if not _answers(address):
                stack.enter_context(server_on_loopback(port))
            print(f"Prefect is at {address.removesuffix('/api')}; stop with Ctrl-C", flush=True)
            os.environ["PREFECT_API_URL"] = address
        yield


def _serve(deployments: list[RunnerDeployment]) -> None:
    from prefect import serve

    from flows.crashes import watch_for_crashes

    watch_for_crashes()
    # Not paused at shutdown: a restarted machine would otherwise wait for somebody to press "resume".
    serve(*deployments, pause_on_shutdown=False, limit=1)
