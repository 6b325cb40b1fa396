"""Vectors by content: a text that was encoded once is never encoded again, for one encoder at one precision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from numpy.typing import NDArray


class VectorCache:
    """The vectors of one encoder. Delta keeps no fixed-size lists, hence list<float32>."""

    def __init__(self, folder: Path, encoder_id: str) -> None:
        """Args: folder: of all caches; encoder_id: name, revision, precision (vectors of two are never mixed)."""
        self._folder = folder / re.sub(r"[^\w.-]+", "_", encoder_id)
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((0, 0), dtype=np.float32)
        if DeltaTable.is_deltatable(str(self._folder)):
            table = DeltaTable(self._folder).to_pyarrow_dataset().to_table(use_threads=False)
            keys = table.column("key").to_pylist()
            flat = table.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False)
            self._vectors = np.asarray(flat, dtype=np.float32).reshape(len(keys), -1)
            self._rows = {key: row for row, key in enumerate(keys)}

    def keys(self) -> frozenset[str]:
        """Return the keys whose vectors are here."""
        return frozenset(self._rows)

    def add(self, keys: list[str], vectors: NDArray[np.float32]) -> None:
        """Keep vectors of shape (keys, dimensions), in one commit."""
        ends = pa.array(np.arange(0, vectors.size + 1, vectors.shape[1]), pa.int32())
        lists = pa.ListArray.from_arrays(ends, pa.array(vectors.ravel(), pa.float32()))
        self._folder.mkdir(parents=True, exist_ok=True)
        write_deltalake(self._folder, pa.table({"key": pa.array(keys), "vector": lists}), mode="append")
        self._rows |= {key: len(self._vectors) + i for i, key in enumerate(keys)}
        self._vectors = np.vstack([self._vectors, vectors]) if self._vectors.size else vectors

    def take(self, keys: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `keys`, shape (keys, dimensions), in their order. All must be here."""
        return self._vectors[[self._rows[key] for key in keys]] if keys else self._vectors[:0]
