"""A market in one file: every byte with its sha256, and never a byte outside the folder it is unpacked into."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from overheard.errors import BadInputError, NewerSchemaError
from overheard.storage.files import sync_folder
from overheard.storage.migration import SCHEMA
from overheard.storage.stored import Stored

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 200_000_000
_CHUNK = 1 << 20
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same market makes the same bytes; true times stand in the manifest."""
_PACKED = (".parquet", ".gz", ".safetensors", ".png", ".zip", ".docx", ".xlsx", ".pdf")
_PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a market to put into an archive: its name below the market, and where or what its bytes are."""

    name: str
    content: Path | Stored | bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds: the number of its files and of their bytes, and whether private/ is among them."""

    files: int
    size: int
    has_private: bool


def write_archive(path: Path, members: Iterable[Member], latest: str, release: str) -> Archive:
    """Write an archive, whole or not at all, readable by its owner alone.

    Args:
        path: of the archive; nothing may be there.
        members: read in their order.
        latest: the newest report's folder; empty where there is none.
        release: of overheard, told in the manifest.
    """
    part = path.with_name(f".{path.name}.part")
    told: dict[str, Any] = {}
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as stream, zipfile.ZipFile(stream, "w", allowZip64=True) as archive:
            for member in members:
                told[member.name] = _add(archive, member)
            manifest = {"schema": SCHEMA, "overheard": release, "latest": latest, "files": told}
            archive.writestr(_info(MANIFEST), json.dumps(manifest, indent=0, sort_keys=True))
            archive.close()
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return _told(told)


def restore_archive(path: Path, market_dir: Path) -> Archive:
    """Unpack an archive as a new market folder, whole or not at all.

    Raises:
        BadInputError: it is no archive of ours, is damaged, names a file outside the folder, or the folder is there.
        NewerSchemaError: a newer release wrote it.
    """
    if market_dir.exists() and (not market_dir.is_dir() or any(market_dir.iterdir())):
        raise BadInputError(str(market_dir), "is there already", "name another folder, or move this one away first")
    market_dir.parent.mkdir(parents=True, exist_ok=True)
    part = market_dir.with_name(f".{market_dir.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _read_manifest(path, archive)
            if sum(one["bytes"] for one in manifest["files"].values()) > shutil.disk_usage(market_dir.parent).free:
                raise BadInputError(str(market_dir.parent), "has too little space for it", "free some space")
            for name, expected in manifest["files"].items():
                _extract(path, archive, name, expected, part)
        _put_in_place(part, market_dir, manifest["latest"])
    except FileNotFoundError:
        raise BadInputError(str(path), "no such file", "name a file written by `overheard backup`") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path, str(error)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return _told(manifest["files"])


def _add(archive: zipfile.ZipFile, member: Member) -> dict[str, Any]:
    """Put a member into the archive; return its sum, size and time."""
    info = _info(member.name)
    if isinstance(member.content, bytes):
        archive.writestr(info, member.content)
        return {"sha256": hashlib.sha256(member.content).hexdigest(), "bytes": len(member.content), "changed_ns": None}
    is_here = isinstance(member.content, Path)
    opened = member.content.open("rb") if isinstance(member.content, Path) else member.content.open()
    with opened as source, archive.open(info, "w", force_zip64=True) as target:
        changed_ns = os.fstat(source.fileno()).st_mtime_ns if is_here else None
        digest, size = _copy(source, target)
    return {"sha256": digest, "bytes": size, "changed_ns": changed_ns}


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ALWAYS)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    return info


def _copy(source: IO[bytes], target: IO[bytes], most_bytes: float = float("inf")) -> tuple[str, int]:
    """Copy a stream, stopping behind `most_bytes`; return its sha256 and size."""
    digest, size = hashlib.sha256(), 0
    while size <= most_bytes and (chunk := source.read(_CHUNK)):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _read_manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read and check the manifest: every member is named in it, once, and below the market."""
    names = archive.namelist()
    try:
        if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise _damaged(path, "its manifest is too large")
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        files = manifest["files"]
        strange = [name for name in files if not _is_below(name)]
        latest, is_newer = manifest["latest"], int(manifest["schema"]) > SCHEMA
        is_there = not latest or (_is_below(latest) and any(name.startswith(f"reports/{latest}/") for name in files))
        are_whole = all(isinstance(one["sha256"], str) and one["bytes"] >= 0 for one in files.values())
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _damaged(path, "its manifest cannot be read") from None
    if is_newer:
        raise NewerSchemaError(f"{path}: a newer release wrote it ({manifest.get('overheard')!r}); install that one")
    if strange or not is_there or not are_whole or sorted(names) != sorted([*files, MANIFEST]):
        raise _damaged(path, "its manifest does not fit what it holds")
    return manifest


def _is_below(name: str) -> bool:
    """Tell whether a name leads to a place below the folder it is unpacked into, on any system."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not set(name) & set("\\:\0")


def _extract(path: Path, archive: zipfile.ZipFile, name: str, expected: dict[str, Any], part: Path) -> None:
    """Write one file below `part`, as a plain file whatever the archive says it is, and check its bytes."""
    target = part / name
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o600 if name.startswith(f"{_PRIVATE}/") else 0o644
    with archive.open(name) as source, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, mode), "wb") as stream:
        found = _copy(source, stream, expected["bytes"])
    if found != (expected["sha256"], expected["bytes"]):
        raise _damaged(path, f"{name!r} in it is not what was backed up")
    if isinstance(expected.get("changed_ns"), int):
        # A saved page's relative dates ("yesterday") count from the file's time.
        os.utime(target, ns=(expected["changed_ns"], expected["changed_ns"]))


def _put_in_place(part: Path, market_dir: Path, latest: str) -> None:
    if (part / _PRIVATE).is_dir():
        (part / _PRIVATE).chmod(0o700)
    if latest:
        (part / "reports" / "latest").symlink_to(latest)
    if market_dir.exists():
        market_dir.rmdir()
    part.rename(market_dir)
    sync_folder(market_dir.parent)


def _damaged(path: Path, what: str) -> BadInputError:
    return BadInputError(str(path), f"is no whole back-up ({what})", "take another one")


def _told(files: dict[str, Any]) -> Archive:
    has_private = any(name.startswith(f"{_PRIVATE}/") for name in files)
    return Archive(len(files), sum(one["bytes"] for one in files.values()), has_private)
