"""Which files of a market belong together while a run may be writing others?

A step's note is read before the tables it names, and each table is taken at the version its note names: what comes out
is a market as a kill would have left it, which every run knows how to go on from.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from deltalake import DeltaTable

from overheard.errors import DamagedError
from overheard.storage.archive import Member
from overheard.storage.delta import Place, check_delta, is_delta, mend_of, reading, tables_at
from overheard.storage.publication import latest_report
from overheard.storage.stored import find_stored
from overheard.storage.sums import SUMS_FILE, load_sums

_LOCK = "run.lock"
_LOG = "_delta_log"
_COMMIT = re.compile(r"(\d{20})\.(?:json|checkpoint\.parquet)")


def snapshot_market(
    market_dir: Path, steps: Sequence[str], with_private: bool, address: str = ""
) -> tuple[list[Member], list[str]]:
    """List a market's files for an archive.

    Args:
        market_dir: of the market.
        steps: in the order they run; the last one's note is read first, so that no note is newer than one before it.
        with_private: take the key and the names too.
        address: of the tables where they lie in an object store; they are taken as if they lay in the folder.

    Returns:
        The files, and what was left out and why: caches that are damaged, and linked folders, which are not followed.

    Raises:
        DamagedError: a table cannot be backed up whole.
        DiskError: the object store cannot be read.
    """
    data_dir = market_dir / "data"
    notes = {step: path for step in steps if (path := data_dir / "notes" / f"{step}.json").is_file()}
    read = {step: notes[step].read_bytes() for step in reversed(notes)}
    members = [Member(f"data/notes/{step}.json", content) for step, content in sorted(read.items())]
    versions = {name: at for content in read.values() for name, at in _tables_of(content).items()}
    for folder in sorted(path for path in (data_dir / "tables").glob("*") if path.is_dir()):
        members += _delta_members(market_dir, folder, versions.get(folder.name))
    members += _stored_members(address, versions) if address else []
    damaged = []
    for caches in ("vectors", "scores"):
        for folder in sorted(path for path in (data_dir / caches).glob("*") if path.is_dir()):
            try:
                members += list(_delta_members(market_dir, folder, None))
            except DamagedError:
                place = folder.relative_to(market_dir).as_posix()
                damaged.append(f"{place} is damaged; the next run that needs it makes it anew")
    # A page is captured before its visit is noted, so the journals go first: no visit without its page.
    raw = sorted((data_dir / "raw").glob("*.jsonl"))
    members += [Member(path.relative_to(market_dir).as_posix(), path.read_bytes()) for path in raw]
    others, linked = _other_files(market_dir, {member.name for member in members}, with_private)
    return members + others, damaged + [f"{name} is a link to a folder elsewhere" for name in linked]


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
        names = _names_at(folder, at, [path.name for path in (folder / "_delta_log").iterdir()])
    sums = {name: known for name, known in load_sums(folder).items() if name in names}
    place = folder.relative_to(market_dir).as_posix()
    yield from (Member(f"{place}/{name}", folder / name) for name in names)
    yield Member(f"{place}/{SUMS_FILE}", json.dumps(sums, indent=0).encode())


def _stored_members(address: str, versions: Mapping[str, int]) -> Iterator[Member]:
    """Yield the same of every table in an object store, each under the name it would have in the folder."""
    for name in tables_at(address):
        place = f"{address.rstrip('/')}/{name}"
        if is_delta(place):
            files = {one.name: one for one in find_stored(place)}
            with reading(place):
                at = versions.get(name, DeltaTable(place).version())
                names = _names_at(place, at, [one.removeprefix(f"{_LOG}/") for one in files])
            if lost := sorted(set(names) - set(files)):
                raise DamagedError(f"{place}/{lost[0]}", mend_of(place))
            yield from (Member(f"data/tables/{name}/{one}", files[one]) for one in names)


def _names_at(place: Place, version: int, log: Iterable[str]) -> list[str]:
    """Return the names of what a table consists of at a version, and of its log up to it, of the names in `log`."""
    paths = DeltaTable(place, version=version).get_add_actions(flatten=True).column("path")
    commits = [name for name in log if (commit := _COMMIT.fullmatch(name)) and int(commit[1]) <= version]
    return sorted([*(str(path) for path in paths.to_pylist()), *(f"{_LOG}/{name}" for name in commits)])


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
