"""Are the bytes on the disk still those that were written? Every file's sha256 stands beside the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from overheard.storage.files import write_atomically

SUMS_FILE = "_sums.json"
_MUTABLE = {SUMS_FILE, "_last_checkpoint"}


def sum_of(path: Path) -> str:
    """Return a file's sha256 as 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep_sums(folder: Path) -> None:
    """Note the sums of the files of a Delta table that are new, and forget those that are gone.

    Data files and commits are never written twice, so a sum once noted stays right. A run killed before this leaves
    files without a sum; they are noted as they are by the next commit.
    """
    known = load_sums(folder)
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in _MUTABLE)
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    sums = {name: known.get(name) or sum_of(folder / name) for name in names if not name.endswith(".tmp")}
    if sums != known:
        write_atomically(folder / SUMS_FILE, json.dumps(sums, indent=0).encode())


def load_sums(folder: Path) -> dict[str, str]:
    """Return the noted sums by file; none where they were never noted or cannot be read."""
    try:
        sums = json.loads((folder / SUMS_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return sums if isinstance(sums, dict) else {}


def find_damaged(folder: Path, names: Iterable[str]) -> str | None:
    """Return the first of the named files that is missing or is not what its sum says; None where all are whole."""
    known = load_sums(folder)
    for name in sorted(names):
        path = folder / name
        if not path.is_file() or (name in known and sum_of(path) != known[name]):
            return name
    return None
