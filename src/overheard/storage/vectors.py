"""Vectors by content: a text that was encoded once is never encoded again, for one encoder at one precision."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake
from numpy.typing import NDArray

from overheard.errors import DamagedError
from overheard.storage.delta import check_delta, is_delta, load_delta, writing
from overheard.storage.memory import give_back_tables

_MEND = "run `overheard understand MARKET`, which makes it again"


class VectorCache:
    """The vectors of one encoder. Delta keeps no fixed-size lists, hence list<float32>."""

    def __init__(self, folder: Path, encoder_id: str) -> None:
        """Open a cache.

        Args:
            folder: of all caches.
            encoder_id: name, revision, precision (vectors of two are never mixed).

        Raises:
            DamagedError: its bytes are not what was written.
        """
        self._folder = folder_of_vectors(folder, encoder_id)
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((0, 0), dtype=np.float32)
        self._added: list[NDArray[np.float32]] = []
        if is_delta(self._folder):
            keys, self._vectors = _load(self._folder)
            self._rows = {key: row for row, key in enumerate(keys)}
            give_back_tables()

    def keys(self) -> Collection[str]:
        """Return the keys whose vectors are here."""
        return self._rows.keys()

    def add(self, keys: list[str], vectors: NDArray[np.float32]) -> None:
        """Keep vectors of shape (keys, dimensions), in one commit."""
        ends = pa.array(np.arange(0, vectors.size + 1, vectors.shape[1]), pa.int32())
        lists = pa.ListArray.from_arrays(ends, pa.array(vectors.ravel(), pa.float32()))
        with writing(self._folder):
            write_deltalake(self._folder, pa.table({"key": pa.array(keys), "vector": lists}), mode="append")
        first = len(self._vectors) + sum(map(len, self._added))
        self._rows |= {key: first + i for i, key in enumerate(keys)}
        self._added.append(vectors)

    def take(self, keys: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `keys`, shape (keys, dimensions), in their order.

        Raises:
            DamagedError: one of them is not here.
        """
        if self._added:  # joined once, not at every chunk
            self._vectors = np.vstack([*([self._vectors] if self._vectors.size else []), *self._added])
            self._added = []
        try:
            return self._vectors[[self._rows[key] for key in keys]] if keys else self._vectors[:0]
        except KeyError:
            raise DamagedError(str(self._folder), _MEND) from None


def _load(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    table = load_delta(folder)
    keys = table.column("key").to_pylist()
    flat = table.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return keys, np.asarray(flat, dtype=np.float32).reshape(len(keys), -1)


def folder_of_vectors(folder: Path, encoder_id: str) -> Path:
    """Return where below `folder` the vectors of one encoder lie."""
    return folder / re.sub(r"[^\w.-]+", "_", encoder_id)


def discard_damaged(folder: Path, encoder_id: str) -> bool:
    """Delete a cache whose bytes are not what was written, since all of it can be made again.

    Returns:
        Whether there is no cache now.
    """
    cache = folder_of_vectors(folder, encoder_id)
    try:
        if is_delta(cache):
            check_delta(cache)
            return False
    except DamagedError:
        shutil.rmtree(cache)
    return True
