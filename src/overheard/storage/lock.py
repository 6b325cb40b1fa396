"""One run per market: the kernel frees the lock of a killed run too, so there is nothing to unlock by hand."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from overheard.errors import LockedError, OverheardError
from overheard.storage.migration import migrate
from overheard.storage.runs import note_run


@contextmanager
def hold_market(data_dir: Path, what: str) -> Iterator[None]:
    """Hold the market's lock while the body runs, and note in its journal what came of it.

    Data of an earlier release are brought up to date first.

    Args:
        data_dir: the market's data folder.
        what: what the holder does, told to others ("run", "collect").

    Raises:
        LockedError: somebody else holds it; names process, host and what it does.
        NewerSchemaError: a newer release wrote the market.
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
        migrate(data_dir)
        note_run(data_dir, "begin", what)
        try:
            yield
        except BaseException as error:
            with suppress(OSError):  # the disk may be what failed
                note_run(data_dir, "end", what, _why(error))
            raise
        note_run(data_dir, "end", what)


def holder_of(data_dir: Path) -> str | None:
    """Return who holds the market's lock and what for, in words; None where nobody does."""
    path = data_dir / "run.lock"
    if not path.exists():
        return None
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(path)
    return None


def _why(error: BaseException) -> str:
    """Say in one line why a run failed; what is no message of ours may hold people's words, so its kind must do."""
    return str(error) if isinstance(error, OverheardError) else type(error).__name__


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"`overheard {held['what']}` holds this market (process {held['process']} on {held['host']})"
    except (ValueError, KeyError):  # caught between taking the lock and writing the name
        return "another run holds this market"
