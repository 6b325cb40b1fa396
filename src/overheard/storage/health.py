"""What of a market's data is not what was written?"""

from __future__ import annotations

import stat
from pathlib import Path

from deltalake import DeltaTable

from overheard.errors import DamagedError, DiskError
from overheard.storage.delta import check_delta, is_delta, mend_of, reading
from overheard.storage.stored import find_stored
from overheard.storage.tables import Tables

_CACHES = ("vectors", "scores")


def find_damaged_tables(data_dir: Path, address: str = "") -> tuple[list[tuple[str, bool]], int]:
    """Check every byte of every table and cache; in an object store, which checks bytes, that every file is there.

    Args:
        data_dir: of the market.
        address: of the tables where they lie in an object store.

    Returns:
        Of each damaged one what is told and whether it is a cache, which the next run makes again; and how many are
        whole.
    """
    damaged, whole = [], 0
    for kind in ("tables", *_CACHES):
        for folder in sorted(path for path in (data_dir / kind).glob("*") if path.is_dir()):
            try:
                if is_delta(folder):
                    check_delta(folder)
                    whole += 1
            except DamagedError as error:
                is_cache = kind in _CACHES
                told = f"{folder}: is damaged; nothing is to be done: the next run makes it again"
                damaged.append((told if is_cache else str(error), is_cache))
    for place in Tables(address).places() if address else ():
        try:
            _check_stored(str(place))
            whole += 1
        except (DamagedError, DiskError) as error:
            damaged.append((str(error), False))
    return damaged, whole


def _check_stored(place: str) -> None:
    sizes = {one.name: one.size for one in find_stored(place)}
    with reading(place):
        table = DeltaTable(place).get_add_actions(flatten=True)
    for name, size in zip(table.column("path").to_pylist(), table.column("size_bytes").to_pylist(), strict=True):
        if sizes.get(name) != size:
            raise DamagedError(f"{place}/{name}", mend_of(place))


def is_private(path: Path) -> bool:
    """Tell whether a file can be read by its owner alone."""
    return not stat.S_IMODE(path.stat().st_mode) & 0o077
