"""Which files of a market belong together while a run may be writing others?

A step's note is read before the tables it names, and each table is taken at the version its note names: what comes out
is a market as a kill would have left it, which every run knows how to go on from.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from deltalake import DeltaTable

from overheard.storage.archive import Member
from overheard.storage.delta import check_delta, is_delta, reading
from overheard.storage.publication import latest_report
from overheard.storage.sums import SUMS_FILE, load_sums

_LOCK = "run.lock"
_COMMIT = re.compile(r"(\d{20})\.(?:json|checkpoint\.parquet)")


def snapshot_market(market_dir: Path, steps: Sequence[str], with_private: bool) -> tuple[list[Member], list[str]]:
    """List a market's files for an archive.

    Args:
        market_dir: of the market.
        steps: in the order they run; the last one's note is read first, so that no note is newer than one before it.
        with_private: take the key and the names too.

    Returns:
        The files, and linked folders that were not followed.

    Raises:
        DamagedError: a table cannot be backed up whole.
    """
    data_dir = market_dir / "data"
    notes = {step: path for step in steps if (path := data_dir / "notes" / f"{step}.json").is_file()}
    read = {step: notes[step].read_bytes() for step in reversed(notes)}
    members = [Member(f"data/notes/{step}.json", content) for step, content in sorted(read.items())]
    versions = {name: at for content in read.values() for name, at in _tables_of(content).items()}
    for folder in sorted(path for path in (data_dir / "tables").glob("*") if path.is_dir()):
        members += _delta_members(market_dir, folder, versions.get(folder.name))
    for caches in ("vectors", "scores"):
        for folder in sorted(path for path in (data_dir / caches).glob("*") if path.is_dir()):
            members += _delta_members(market_dir, folder, None)
    # A page is captured before its visit is noted, so the journals go first: no visit without its page.
    raw = sorted((data_dir / "raw").glob("*.jsonl"))
    members += [Member(path.relative_to(market_dir).as_posix(), path.read_bytes()) for path in raw]
    others, left_out = _other_files(market_dir, {member.name for member in members}, with_private)
    return members + others, left_out


def latest_of(market_dir: Path) -> str:
    """Return the name of the newest report's folder, empty where there is none."""
    latest = latest_report(market_dir / "reports")
    return latest.name if latest else ""


def _tables_of(note: bytes) -> dict[str, int]:
    try:
        tables: dict[str, int] = json.loads(note)["tables"]
    except (ValueError, KeyError, TypeError):
        return {}  # damaged: its step is done again, here as there
    return tables


def _delta_members(market_dir: Path, folder: Path, version: int | None) -> Iterator[Member]:
    """Yield the log of a table up to `version` and the files it consists of then."""
    if not is_delta(folder):
        return
    with reading(folder):
        at = DeltaTable(folder).version() if version is None else version
        check_delta(folder, at)
        paths = DeltaTable(folder, version=at).get_add_actions(flatten=True).column("path")
        names = [str(path) for path in paths.to_pylist()]
    for path in sorted((folder / "_delta_log").iterdir()):
        commit = _COMMIT.fullmatch(path.name)
        if commit and int(commit[1]) <= at:
            names.append(f"_delta_log/{path.name}")
    sums = {name: known for name, known in load_sums(folder).items() if name in names}
    place = folder.relative_to(market_dir).as_posix()
    yield from (Member(f"{place}/{name}", folder / name) for name in sorted(names))
    yield Member(f"{place}/{SUMS_FILE}", json.dumps(sums, indent=0).encode())


def _other_files(market_dir: Path, taken: set[str], with_private: bool) -> tuple[list[Member], list[str]]:
    """List what is no table, journal or note; a linked file is taken as a file, a linked folder is not followed."""
    members, linked = [], []
    for folder, folders, files in os.walk(market_dir):
        inside = Path(folder).relative_to(market_dir).as_posix()
        linked += [f"{inside}/{name}" for name in folders if Path(folder, name).is_symlink()]
        # Hidden are what is being written just now, and what is told by the versions of tables.
        hidden = ("data/tables", "data/vectors", "data/scores", "data/notes", *(() if with_private else ("private",)))
        folders[:] = [name for name in folders if f"{inside}/{name}".removeprefix("./") not in hidden]
        folders[:] = [name for name in folders if not name.startswith(".part-") and not name.endswith(".part")]
        for name in files:
            path = f"{inside}/{name}".removeprefix("./")
            if path not in taken and path != f"data/{_LOCK}" and not name.endswith(".part"):
                members.append(Member(path, Path(folder, name)))
    pointers = ("reports/latest", "reports/.latest")
    members = [member for member in members if isinstance(member.content, Path) and member.content.is_file()]
    return sorted(members, key=lambda member: member.name), sorted(set(linked) - set(pointers))
