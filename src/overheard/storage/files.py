"""A file appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write `content` beside `path`, flush it to the disk, and move it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append a line to a journal; one cut off by a kill is closed first, so that it takes no other with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        is_cut = False
        if stream.tell() > 0:
            stream.seek(-1, 2)
            is_cut = stream.read(1) != b"\n"
        stream.write((b"\n" if is_cut else b"") + line + b"\n")


def replace_folder(folder: Path, write: Callable[[Path], None] | None) -> None:
    """Let `write` fill a new folder and put it in the place of the old one; None leaves none.

    A run killed between the two leaves no folder, never half of one.
    """
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    if write:
        part.mkdir(parents=True)
        write(part)
    if folder.exists():
        shutil.rmtree(folder)
    if write:
        part.rename(folder)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names, so that a rename survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
