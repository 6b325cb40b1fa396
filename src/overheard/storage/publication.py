"""A report appears whole or not at all, and `latest` moves last."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from overheard.storage.files import sync_folder, write_atomically

_FOLDER = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z-]*")


def publish_report(reports_dir: Path, report_id: str, files: Mapping[str, bytes]) -> Path:
    """Write `files` (name → content) as reports_dir/report_id and point `latest` at it.

    Publishing the same report again leaves it as it is.
    """
    reports_dir.mkdir(parents=True, exist_ok=True)
    target = reports_dir / report_id
    if not target.exists():
        for left_over in reports_dir.glob(".part-*"):
            shutil.rmtree(left_over)
        part = reports_dir / f".part-{report_id}"
        for name, content in sorted(files.items()):
            write_atomically(part / name, content)
        part.rename(target)
        sync_folder(reports_dir)
    link = reports_dir / ".latest"
    link.unlink(missing_ok=True)
    link.symlink_to(report_id)
    link.replace(reports_dir / "latest")
    return target


def load_published(reports_dir: Path, name: str) -> dict[str, bytes]:
    """Load the file `name` of every published report that has it, by the report's folder."""
    folders = sorted(path for path in reports_dir.glob("*") if _FOLDER.fullmatch(path.name) and not path.is_symlink())
    return {folder.name: (folder / name).read_bytes() for folder in folders if (folder / name).is_file()}


def latest_report(reports_dir: Path) -> Path | None:
    """Return the folder of the newest report, None where there is none."""
    link = reports_dir / "latest"
    return link.resolve() if link.exists() else None
