"""A Delta table opened and written so that damage and a full disk are told in one line, never as a wrong table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileSelector, PyFileSystem

from overheard.errors import DamagedError, DiskError, disk_error_of
from overheard.storage.sums import SUMS_FILE, find_damaged, keep_sums, load_sums

_LOG = "_delta_log"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")

Place = Path | str
"""A folder here, or the address of one in an object store, which knows by itself whether its bytes are whole."""


def is_delta(folder: Place) -> bool:
    """Tell whether a table was ever written there.

    Raises:
        DamagedError: one was, and its log is gone.
    """
    with reading(folder):
        if DeltaTable.is_deltatable(str(folder)):
            return True
    if isinstance(folder, Path) and (folder / SUMS_FILE).exists():
        raise DamagedError(str(folder / _LOG), mend_of(folder))
    return False


def load_delta(folder: Place, version: int | None = None, columns: list[str] | None = None) -> pa.Table:
    """Return the rows of a table, as they were at `version` or are now; of `columns` alone, where they are named.

    Raises:
        DamagedError: a file of it is missing or is not what was written.
    """
    if isinstance(folder, Path):
        check_delta(folder, version)
    with reading(folder):
        # On one processor, or OMP_NUM_THREADS=1, Arrow's threads can wait for each other for ever (arrow #32372).
        return DeltaTable(folder, version=version).to_pyarrow_dataset().to_table(columns, use_threads=False)


def check_delta(folder: Path, version: int | None = None) -> None:
    """Check the bytes of a table's log and of the files it consists of at `version` or now.

    Raises:
        DamagedError: one of them is missing or is not what was written; names the first.
    """
    # Commits before a checkpoint may be cleaned away; a gap between the others is found when they are read.
    log = [name for name in load_sums(folder) if name.startswith(f"{_LOG}/") and (folder / name).exists()]
    damaged = find_damaged(folder, log)
    if damaged is None:
        with reading(folder):
            files = DeltaTable(folder, version=version).get_add_actions(flatten=True).column("path").to_pylist()
        damaged = find_damaged(folder, files)
    if damaged is not None:
        raise DamagedError(str(folder / damaged), mend_of(folder))


def tables_at(address: str) -> list[str]:
    """Return the names of what lies at an address of an object store, tables all."""
    with reading(address):
        store = PyFileSystem(DeltaStorageHandler(address))
        return sorted(one.base_name for one in store.get_file_info(FileSelector("", allow_not_found=True)))


@contextmanager
def reading(folder: Place) -> Iterator[None]:
    """Tell what a damaged table makes its library say in one line."""
    try:
        yield
    except (DeltaError, OSError, ValueError) as error:
        if isinstance(folder, str):
            raise _refusal(folder, error) from error
        raise disk_error_of(error, str(folder)) or DamagedError(str(folder), mend_of(folder)) from error


@contextmanager
def writing(folder: Place) -> Iterator[None]:
    """Make the folder, where it is one, let the body commit once, and note the sums of what it wrote.

    Raises:
        DiskError: the disk is full, read-only or not ours; the object store does not take it.
        DamagedError: the table that was there is not what was written.
    """
    if isinstance(folder, Path):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except (DeltaError, OSError) as error:
        if isinstance(folder, str):
            raise _refusal(folder, error) from error
        told = disk_error_of(error, str(folder))
        if told is None:
            if isinstance(error, DeltaError) and is_delta(folder):
                check_delta(folder)
            raise
        raise told from error
    if isinstance(folder, Path):
        keep_sums(folder)


def _refusal(address: str, error: Exception) -> DiskError:
    what = " ".join(_COLOURS.sub("", str(error)).split())[:300]
    return DiskError(f"{address}: {what}; check the address and the credentials in the environment")


def mend_of(folder: Place) -> str:
    """Return what to do about a damaged table."""
    return (
        f"restore a back-up with `overheard restore`, or delete the folder {folder} and run again: it is made anew, "
        "without its past and without what was decided by hand"
    )
