"""A report appears whole or not at all, and `latest` moves last."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from overheard.storage.files import sync_folder, write_atomically
from overheard.storage.sums import sum_of

_FOLDER = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z-]*")


def publish_report(reports_dir: Path, report_id: str, files: Mapping[str, bytes]) -> Path:
    """Write `files` (name → content) as reports_dir/report_id and point `latest` at it.

    Publishing the same report again leaves it as it is, unless somebody or something changed it since.
    """
    reports_dir.mkdir(parents=True, exist_ok=True)
    target = reports_dir / report_id
    if target.exists() and find_changed(target) is not None:
        shutil.rmtree(target)
    if not all((target / name).exists() for name in files):  # not there, or withdrawn
        for left_over in reports_dir.glob(".part-*"):
            shutil.rmtree(left_over)
        part = reports_dir / f".part-{report_id}"
        for name, content in sorted(files.items()):
            write_atomically(part / name, content)
        _save_sums(target, files)
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
        sync_folder(reports_dir)
    link = reports_dir / ".latest"
    link.unlink(missing_ok=True)
    link.symlink_to(report_id)
    link.replace(reports_dir / "latest")
    return target


def find_changed(report: Path) -> str | None:
    """Return the first file of a published report that is missing or not what was published; None where none is.

    Reports of releases that noted no sums count as they are.
    """
    path = _sums_path(report)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        expected, name = line.split("  ", 1)
        file = report.parent / name
        if not file.is_file() or sum_of(file) != expected:
            return name
    return None


def _save_sums(report: Path, files: Mapping[str, bytes]) -> None:
    """Note what is published where `sha256sum -c` looks for it: beside the folder, whose every file is the report's."""
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {report.name}/{name}\n" for name in sorted(files))
    write_atomically(_sums_path(report), "".join(sums).encode())


def _sums_path(report: Path) -> Path:
    return report.with_name(f".{report.name}.sha256")


def withdraw_report(reports_dir: Path, report_id: str, files: Mapping[str, bytes]) -> None:
    """Leave nothing of a published report but `files`; it is the latest no more."""
    link = reports_dir / "latest"
    if link.is_symlink() and link.readlink().name == report_id:
        link.unlink()
    part = reports_dir / f".part-{report_id}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name, content in sorted(files.items()):
        write_atomically(part / name, content)
    _sums_path(reports_dir / report_id).unlink(missing_ok=True)
    shutil.rmtree(reports_dir / report_id)
    _save_sums(reports_dir / report_id, files)
    part.rename(reports_dir / report_id)
    sync_folder(reports_dir)


def load_published(reports_dir: Path, name: str) -> dict[str, bytes]:
    """Load the file `name` of every published report that has it, by the report's folder."""
    folders = sorted(path for path in reports_dir.glob("*") if _FOLDER.fullmatch(path.name) and not path.is_symlink())
    return {folder.name: (folder / name).read_bytes() for folder in folders if (folder / name).is_file()}


def latest_report(reports_dir: Path) -> Path | None:
    """Return the folder of the newest report, None where there is none."""
    link = reports_dir / "latest"
    return link.resolve() if link.exists() else None
