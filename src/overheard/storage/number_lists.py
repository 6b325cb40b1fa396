"""Lists of whole numbers by content: what was read of a text once is never read again. No text is kept."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake
from numpy.typing import NDArray

from overheard.errors import DamagedError
from overheard.storage.delta import is_delta, load_delta, writing
from overheard.storage.vectors import discard_damaged, folder_of_vectors

Numbers = NDArray[np.int32]


class NumberLists:
    """One list of numbers a key, of any length."""

    def __init__(self, folder: Path, kind: str, made_by: str) -> None:
        """Open the lists that `made_by` made; what another recipe left, or is damaged, is discarded.

        Args:
            folder: of all caches.
            kind: what the numbers say.
            made_by: names all that decides what the numbers are, beside the text.
        """
        made_by = f"{kind}-{made_by}"
        self._folder = folder_of_vectors(folder, made_by)
        for other in sorted(folder.glob(f"{kind}-*")):
            if other != self._folder:
                shutil.rmtree(other)
        discard_damaged(folder, made_by)
        self._rows = _load_rows(self._folder)

    def keys(self) -> Collection[str]:
        """Return the keys whose numbers are here."""
        return self._rows.keys()

    def add(self, keys: Sequence[str], rows: Sequence[Numbers]) -> None:
        """Keep one list a key, in one commit."""
        ends = pa.array(np.cumsum([0, *map(len, rows)]), pa.int32())
        lists = pa.ListArray.from_arrays(ends, pa.array(np.concatenate([*rows, np.zeros(0, np.int32)]), pa.int32()))
        with writing(self._folder):
            write_deltalake(self._folder, pa.table({"key": pa.array(keys), "numbers": lists}), mode="append")
        self._rows.update(zip(keys, rows, strict=True))

    def take(self, keys: Sequence[str]) -> list[Numbers]:
        """Return the numbers of `keys`, in their order. All must be here."""
        return [self._rows[key] for key in keys]


def load_number_lists(folder: Path, kind: str, made_by: str) -> Mapping[str, Numbers]:
    """Load the lists that `made_by` made, to be looked at alone; none where there are none, or they are damaged."""
    try:
        return _load_rows(folder_of_vectors(folder, f"{kind}-{made_by}"))
    except DamagedError:
        return {}


def _load_rows(folder: Path) -> dict[str, Numbers]:
    if not is_delta(folder):
        return {}
    table = load_delta(folder)
    lists = table.column("numbers").combine_chunks()
    flat = np.asarray(lists.flatten().to_numpy(zero_copy_only=False), dtype=np.int32)
    # Offsets of a slice do not begin at 0.
    ends = lists.offsets.to_numpy() - lists.offsets[0].as_py() if len(lists) else np.zeros(1, dtype=np.int32)
    return dict(zip(table.column("key").to_pylist(), np.split(flat, ends[1:-1]), strict=True))
