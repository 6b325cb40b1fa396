"""Every text a file holds, however it is packed: what a search must look through to prove that something is gone."""

from __future__ import annotations

import gzip
import io
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from overheard.storage.stored import Stored

MOST_BYTES = 1 << 30
"""Of one packed member; what unpacks to more is told as unread."""
_DEEPEST = 4
_ZSTD, _GZIP, _ZIP, _PARQUET, _SQLITE = b"\x28\xb5\x2f\xfd", b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"SQLite format 3\0"
_DAMAGE = (
    OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, pa.ArrowException, RuntimeError,
    NotImplementedError,
)  # fmt: skip
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Text = tuple[str, str]
"""Where in the file ("" for all of it), and what stands there."""


class UnreadError(Exception):
    """A packed file cannot be looked into."""


def unpack_texts(path: Path | Stored) -> Iterator[Text]:
    """Yield the texts of a file: a table's strings, an archive's members, a database's cells; else the file itself.

    Raises:
        UnreadError: it is packed and damaged, or unpacks to more than `MOST_BYTES`.
    """
    if isinstance(path, Path) and (path.suffix == ".db" or path.suffix.startswith(".sqlite")):
        with path.open("rb") as stream:
            is_database = stream.read(16) == _SQLITE
        if is_database:
            yield from _database_texts(path)
            return
    yield from _texts(path.read_bytes(), "", _DEEPEST)


def unpack_members(content: bytes) -> Iterator[Text]:
    """Yield the texts of an archive or a table that lies in bytes; none where they are neither.

    Raises:
        UnreadError: as `unpack_texts` does.
    """
    if content.startswith((_PARQUET, _GZIP, _ZSTD, _ZIP)) or content[257:262] == b"ustar":
        yield from _texts(content, "", _DEEPEST)


def _texts(content: bytes, where: str, deeper: int) -> Iterator[Text]:
    try:
        if content.startswith(_PARQUET):
            yield from _table_texts(content, where)
        elif deeper and (members := _members_of(content)) is not None:
            for name, member in members:
                if name:
                    yield where, name
                yield from _texts(member, f"{where}!{name}" if name else where, deeper - 1)
        else:
            yield where, decode(content)[0]
    except _DAMAGE as error:
        raise UnreadError(f"{where or 'it'} cannot be unpacked ({error})") from error


def _members_of(content: bytes) -> Iterator[tuple[str, bytes]] | None:
    """Yield what is packed in bytes by name ("" where it is one thing); None where nothing is."""
    if content.startswith(_GZIP):
        return iter([("", _limited(gzip.open(io.BytesIO(content))))])
    if content.startswith(_ZSTD):
        return iter([("", _limited(pa.CompressedInputStream(pa.BufferReader(content), "zstd")))])
    if content.startswith(_ZIP):
        return _zip_members(content)
    return _tar_members(content) if content[257:262] == b"ustar" else None


def _zip_members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            yield member.filename, _limited(archive.open(member))


def _tar_members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            yield member.name, _limited(stream) if stream else b""


def decode(content: bytes) -> tuple[str, str]:
    """Return bytes as text, and the encoding that gives the same bytes back."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8"
    try:
        text = content.decode(encoding)
        return (text, encoding) if text.encode(encoding) == content else (content.decode("latin-1"), "latin-1")
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _limited(stream: Any) -> bytes:
    with stream:
        content: bytes = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadError(f"unpacks to more than {MOST_BYTES:,} bytes")
    return content


def _table_texts(content: bytes, where: str) -> Iterator[Text]:
    """Yield a Parquet file's strings, and its uncompressed foot, which holds least and greatest values."""
    file = pq.ParquetFile(io.BytesIO(content))
    foot = int.from_bytes(content[-8:-4], "little")
    yield f"{where}:foot", content[-8 - foot :].decode("latin-1")
    for number in range(file.num_row_groups):
        table = file.read_row_group(number, use_threads=False)
        for name in table.column_names:
            for value in _strings(table.column(name)):
                yield f"{where}:{name}", value


def _strings(column: Any) -> Iterator[str]:
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield from (value for value in column.unique().to_pylist() if value)
    elif pa.types.is_binary(kind):
        yield from (decode(value)[0] for value in column.unique().to_pylist() if value)
    elif pa.types.is_dictionary(kind):
        yield from _strings(column.cast(kind.value_type))
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
            yield from _strings(chunk.flatten())
    elif pa.types.is_struct(kind):
        for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
            for field in chunk.flatten():
                yield from _strings(field)
    elif pa.types.is_map(kind):
        for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
            yield from (one for part in (chunk.keys, chunk.items) for one in _strings(part))


def _database_texts(path: Path) -> Iterator[Text]:
    """Yield every text of an SQLite file, and its bytes: pages that were freed keep what stood in them."""
    yield "", path.read_bytes().decode("latin-1")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                quoted = '"' + name.replace('"', '""') + '"'
                for row in database.execute(f"SELECT * FROM {quoted}"):  # noqa: S608 - a table's own name, quoted
                    for value in row:
                        if isinstance(value, bytes):
                            yield from _texts(value, name, 1)
                        elif isinstance(value, str):
                            yield name, value
    except sqlite3.Error as error:
        raise UnreadError(f"cannot be read as a database ({error})") from error
