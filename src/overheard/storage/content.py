"""What is in a column, whatever its history: equal values, equal digest, on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def digest_of_column(column: pa.ChunkedArray) -> str:
    """Return a digest of a column's values in their order; none is another than an empty text or 0.

    It reads Arrow's own bytes (little-endian), twenty times as fast as making values of them.
    """
    digest = hashlib.sha256()
    whole = column.combine_chunks()
    for piece in whole.chunks if isinstance(whole, pa.ChunkedArray) else [whole]:  # of more than 2 GB of text
        for part in _parts_of(piece):
            digest.update(part)
    return digest.hexdigest()


def _parts_of(column: pa.Array) -> Iterator[bytes]:
    """Yield which values there are and how long, then what they are; what lies where there is none is left out."""
    kind = column.type
    if pa.types.is_list(kind):
        yield _plain(pc.list_value_length(column).fill_null(-1))
        yield from _parts_of(column.flatten())
    elif pa.types.is_struct(kind):
        yield _plain(column.is_valid().cast(pa.int8()))
        there = column.drop_null()
        for place in range(kind.num_fields):
            yield from _parts_of(pc.struct_field(there, place))
    elif pa.types.is_string(kind):
        yield _plain(pc.binary_length(column).fill_null(-1))
        there = column.drop_null()
        _, ends, text = there.buffers()
        if len(there):
            first, last = np.frombuffer(ends, dtype=np.int32)[[there.offset, there.offset + len(there)]]
            yield memoryview(text)[first:last].tobytes() if text else b""
    else:
        yield _plain(column.is_valid().cast(pa.int8()))
        yield _plain(column.drop_null())


def _plain(column: pa.Array) -> bytes:
    content: bytes = column.to_numpy(zero_copy_only=False).tobytes()
    return content
