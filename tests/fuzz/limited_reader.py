"""Read documents in a process of its own, within limits of time and memory that even compiled code cannot escape.

`python -m tests.fuzz.limited_reader MODULE` reads one JSON line a document and answers with one. The kernel ends it
where a document takes more processor time than allowed; memory beyond the limit is refused to it, as it would be on a
full machine. `LimitedReader` starts it, and starts it again where it died.
"""

from __future__ import annotations

import base64
import importlib
import json
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.checking import Kind

ReadAndCheck = Callable[..., str]
ROOT = Path(__file__).parents[2]
SECONDS = 5.0
MEGABYTES = 500
_REFUSED_MEGABYTES = 600
"""Of addresses, of which a process has some more than it fills: memory is judged by the peak, and ended by this."""
_LONGEST_WAIT_SECONDS = 120.0
"""On the clock, for a machine with other work; the limit above is of processor time."""


@dataclass(frozen=True)
class Outcome:
    """What became of a document: "read", "refused", or what went wrong. The peak is above what an idle reader holds."""

    what: str
    seconds: float
    peak_megabytes: float

    @property
    def is_fine(self) -> bool:
        return self.what in ("read", "refused")


class LimitedReader:
    """The process that reads, started when first needed. A context manager. `module` has the `read_and_check`."""

    def __init__(self, module: str = "tests.fuzz.checking") -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LimitedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, kind: Kind, body: bytes, url: str, content_type: str) -> Outcome:
        """Read one document within the limits."""
        process = self._running()
        assert process.stdin is not None
        order = {"kind": kind, "body": base64.b64encode(body).decode(), "url": url, "content_type": content_type}
        line = b""
        with suppress(BrokenPipeError):  # it died before it could be asked
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
            line = self._answer(process)
        if not line:
            self._stop()
            return Outcome(_how_it_died(process.returncode), 0.0, 0.0)
        return Outcome(**json.loads(line))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "tests.fuzz.limited_reader", self._module]
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], _LONGEST_WAIT_SECONDS)
        return process.stdout.readline() if ready else b""

    def _stop(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            if process.poll() is None:
                # Ended by its limit it is gone in a moment; else it hangs, or waits for more to read.
                time.sleep(0.05)
                process.kill()
            process.communicate()


def _how_it_died(status: int | None) -> str:
    if status == -signal.SIGPROF:
        return f"took more than {SECONDS:g} s"
    return f"died with status {status}"


def main(module: str) -> None:
    """Answer until nobody asks any more."""
    read_and_check: ReadAndCheck = importlib.import_module(module).read_and_check
    # A first document imports what readers import late, so that it is not counted as a document's memory.
    for kind in ("page", "links", "transcript"):
        read_and_check(kind, b"<html><body><p>Ann: It rattles.</p></body></html>", "a.html", "text/html")
    idle_megabytes = _kilobytes("VmRSS") / 1000
    most = _kilobytes("VmSize") * 1024 + _REFUSED_MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        order = json.loads(line)
        order["body"] = base64.b64decode(order["body"])
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
        what, seconds = _timed(read_and_check, order)
        outcome = Outcome(what, seconds, _kilobytes("VmHWM") / 1000 - idle_megabytes)
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


def _timed(read_and_check: ReadAndCheck, order: dict[str, Any]) -> tuple[str, float]:
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        what = read_and_check(**order)
    except Exception as error:
        # Where our own code was last: the library's line below it says little.
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "overheard" in frame.filename]
        place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        what = f"{type(error).__name__}: {str(error)[:160]}{place}"
    signal.setitimer(signal.ITIMER_PROF, 0)
    return what, time.process_time() - started


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main(sys.argv[1])
