"""A market → one file, also while a run is at work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from overheard.errors import BadInputError, LockedError, OverheardError, as_word
from overheard.settings import MARKET_FILE
from overheard.steps.code import library_versions
from overheard.steps.forgetting.refusals import read_forgotten_file
from overheard.steps.market import Market
from overheard.steps.order import STEPS
from overheard.storage import Archive, holder_of, latest_of, snapshot_market, write_archive

_TRIES = 3
"""A run may put a new model or table version in the place of one just listed; then the list is made again."""
_FORGETTING = ("forget", "opt-out", "retention")


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written, and what was not and why."""

    archive: Archive
    left_out: tuple[str, ...]


def backup_market(market_dir: Path, path: Path, with_private: bool) -> Backup:
    """Write a market into the file `path`.

    Args:
        market_dir: with market.toml.
        path: nothing may be there.
        with_private: the key and people's names too.

    Raises:
        BadInputError: it is no market, or the file is there or lies inside the market.
        LockedError: somebody is being forgotten just now, or is not forgotten to the end.
        DamagedError: a table, or the record of who was forgotten, is damaged.
    """
    if not (market_dir / MARKET_FILE).is_file():
        raise BadInputError(str(market_dir / MARKET_FILE), "no such file", "name the folder of a market")
    if path.exists():
        raise BadInputError(str(path), "is there already", "name another file: a back-up never replaces one")
    if path.resolve().is_relative_to(market_dir.resolve()):
        raise BadInputError(str(path), "lies inside the market", "name a file outside, best on another disk")
    tables = Market(market_dir).settings.storage.tables
    path.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(_TRIES):
        before = _refuse_while_forgetting(market_dir)
        try:
            members, left_out = snapshot_market(market_dir, tuple(STEPS), with_private, tables)
            release = library_versions()["overheard"]
            archive = write_archive(path, members, latest_of(market_dir), release)
            break
        except FileNotFoundError:
            if attempt == _TRIES - 1:
                mend = "wait for the run to end and back up again"
                raise OverheardError(f"{market_dir}: its files change faster than they can be read; {mend}") from None
    try:
        if _refuse_while_forgetting(market_dir) != before:
            raise LockedError(f"{market_dir}: somebody was forgotten meanwhile; back up again")
    except OverheardError:
        path.unlink()
        raise
    return Backup(archive, tuple(left_out))


def _refuse_while_forgetting(market_dir: Path) -> bytes:
    """Refuse where what is to go would live on in the back-up; return what is known of who was forgotten."""
    holder = holder_of(market_dir / "data")
    if holder and any(f"`overheard {what}" in holder for what in _FORGETTING):
        raise LockedError(f"{market_dir}: {holder}; back up when it has ended")
    people, content = read_forgotten_file(market_dir)
    if open_since := sorted(one.started_at for one in people if not one.finished_at):
        mend = f"`overheard collect {as_word(market_dir)}` ends it; then back up again"
        raise LockedError(f"{market_dir}: a forgetting that began at {open_since[0]} did not end; {mend}")
    return content
