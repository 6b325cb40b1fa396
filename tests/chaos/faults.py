"""What may go wrong with a night, each by its name: a kill at a write, a full disk, a file that was changed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import overheard.registry
import overheard.storage.delta
import overheard.storage.tables
import overheard.storage.vectors
from overheard.steps.collect import collect
from overheard.steps.market import Market
from overheard.storage import hold_market
from tests.chaos.made_market import FIRST, AwayFetcher, pass_night

Fault = Callable[[Path, int, random.Random], None]

_WRITES: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "unlink"),
    (os, "rmdir"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "mkdir"),
    (Path, "open"),
    (overheard.storage.tables, "write_deltalake"),
    (overheard.storage.vectors, "write_deltalake"),
    (overheard.storage.delta, "keep_sums"),
)
"""What writes to the disk, called 600 to 800 times a night: each call is a place to die at, before it or behind."""
WRITES_A_NIGHT = 800
_OPEN = Path.open


def _reads_only(mode: str = "r", *_: Any, **__: Any) -> bool:
    """A file opened to be read is no write: no full disk refuses it."""
    return not set(mode) & set("wax+")


def _at_write(number: int, happen: Callable[[], None], behind: bool) -> None:
    """Let `happen` at the given write, before or behind it."""
    done = 0

    def counted(write: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            if write is _OPEN and _reads_only(*args[1:], **kwargs):
                return write(*args, **kwargs)
            done += 1
            if done == number and not behind:
                happen()
            result = write(*args, **kwargs)
            if done == number and behind:
                happen()
            return result

        return wrapper

    for owner, name in _WRITES:
        setattr(owner, name, counted(getattr(owner, name)))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def is_killed_at_a_write(folder: Path, day: int, choice: random.Random) -> None:
    """kill -9 before or behind any write."""
    # As often at the first hundreds as at the many of the report.
    _at_write(int(WRITES_A_NIGHT ** choice.random()), _die, choice.random() < 0.5)
    pass_night(folder, day)


def is_killed_at_a_moment(folder: Path, day: int, choice: random.Random) -> None:
    """kill -9 at any instant, inside the libraries too."""
    signal.setitimer(signal.ITIMER_REAL, choice.uniform(0.05, 12.0))  # SIGALRM's own action is to end the process
    pass_night(folder, day)


def fills_the_disk(folder: Path, day: int, choice: random.Random) -> None:
    """No space is left at any write."""

    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))

    _at_write(int(WRITES_A_NIGHT ** choice.random()), fail, behind=False)
    pass_night(folder, day)


def is_started_twice(folder: Path, day: int, choice: random.Random) -> None:
    """A second run while one is at work."""
    with hold_market(folder / "data", "run"):
        pass_night(folder, day)


def goes_back_in_time(folder: Path, day: int, choice: random.Random) -> None:
    """The clock was set back."""
    collect(Market(folder, FIRST + timedelta(days=day - choice.randint(2, 9000))))


def finds_another_model(folder: Path, day: int, choice: random.Random) -> None:
    """A model's file is not the registered one."""
    entry = overheard.registry.registry()["en_core_web_sm"] | {"sha256": {"meta.json": "0" * 64}}
    overheard.registry.registry = lambda: {"en_core_web_sm": entry}
    pass_night(folder, day)


def finds_the_site_away(folder: Path, day: int, choice: random.Random) -> None:
    """The forum does not answer."""
    pass_night(folder, day, AwayFetcher)


def _choose(folder: Path, pattern: str, choice: random.Random) -> Path | None:
    paths = sorted(path for path in folder.glob(pattern) if path.is_file())
    return choice.choice(paths) if paths else None


def _damage(path: Path, choice: random.Random) -> None:
    """Flip a bit, cut the end off, or delete."""
    content = bytearray(path.read_bytes())
    how = choice.choice(("flip", "cut", "delete"))
    if how == "delete":
        path.unlink()
    elif how == "cut" or not content:
        path.write_bytes(content[: len(content) // 2])
    else:
        content[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
        path.write_bytes(content)


def damages(pattern: str) -> Fault:
    """Damage one file of a pattern before the night."""

    def fault(folder: Path, day: int, choice: random.Random) -> None:
        path = _choose(folder, pattern, choice)
        if path is not None:
            _damage(path, choice)
        pass_night(folder, day)

    return fault


def deletes(pattern: str) -> Fault:
    """Delete a folder before the night."""

    def fault(folder: Path, day: int, choice: random.Random) -> None:
        for path in folder.glob(pattern):
            shutil.rmtree(path)
        pass_night(folder, day)

    return fault


KILLS: dict[str, Fault] = {
    "killed at a write": is_killed_at_a_write,
    "killed at a moment": is_killed_at_a_moment,
}
FAULTS: dict[str, Fault] = {
    "disk full": fills_the_disk,
    "started twice": is_started_twice,
    "clock set back": goes_back_in_time,
    "another model": finds_another_model,
    "site away": finds_the_site_away,
    "table damaged": damages("data/tables/*/*.parquet"),
    "table's log damaged": damages("data/tables/*/_delta_log/*.json"),
    "vectors damaged": damages("data/vectors/*/*.parquet"),
    "scores damaged": damages("data/scores/*/*.parquet"),
    "vectors deleted": deletes("data/vectors"),
    "note damaged": damages("data/notes/*.json"),
    "journal of runs damaged": damages("data/runs.jsonl"),
    "journal of visits damaged": damages("data/raw/*.jsonl"),
    "capture damaged": damages("data/raw/*/*.warc.gz"),
    "report damaged": damages("reports/latest/*"),
    "sums damaged": damages("data/tables/*/_sums.json"),
}
HEARS_LESS = ("site away", "journal of visits damaged", "capture damaged")
"""With these a run may end well and hear less than there is; the next run of the night goes on from it."""
