"""Files in an object store, as bytes: what a search looks through and a back-up takes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileSelector, PyFileSystem

from overheard.storage.delta import reading


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of `size` bytes, by its `name` below an `address`."""

    address: str
    name: str
    size: int

    def __str__(self) -> str:
        return f"{self.address}/{self.name}"

    def open(self) -> IO[bytes]:
        """Open it for reading.

        Raises:
            DiskError: the store does not give it.
        """
        with reading(self.address):
            stream: Any = PyFileSystem(DeltaStorageHandler(self.address)).open_input_stream(self.name)
            return stream  # type: ignore[no-any-return]

    def read_bytes(self) -> bytes:
        """Return what it holds; see `open`."""
        with self.open() as stream, reading(self.address):
            return stream.read()


def find_stored(address: str) -> list[Stored]:
    """Return every file below an address, by name.

    Raises:
        DiskError: the store cannot be reached.
    """
    with reading(address):
        store = PyFileSystem(DeltaStorageHandler(address))
        found = store.get_file_info(FileSelector("", allow_not_found=True, recursive=True))
        return sorted(
            (Stored(address.rstrip("/"), one.path, one.size) for one in found if one.is_file), key=lambda one: one.name
        )
