"""One run per market: the kernel frees the lock of a killed run too, so there is nothing to unlock by hand."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overheard.errors import LockedError


@contextmanager
def hold_market(data_dir: Path, what: str) -> Iterator[None]:
    """Hold the market's lock while the body runs.

    Args:
        data_dir: the market's data folder.
        what: what the holder does, told to others ("run", "collect").

    Raises:
        LockedError: somebody else holds it; names process, host and what it does.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "run.lock"
    with path.open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"{path}: {_holder(path)}; wait for it to end, or stop it") from None
        stream.truncate(0)
        stream.write(json.dumps({"process": os.getpid(), "host": socket.gethostname(), "what": what}))
        stream.flush()
        yield


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"`overheard {held['what']}` holds this market (process {held['process']} on {held['host']})"
    except (ValueError, KeyError):  # caught between taking the lock and writing the name
        return "another run holds this market"
