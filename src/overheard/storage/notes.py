"""What is done, and from what: a step's note carries the digest of its inputs, settings and code.

The note is written last. A run killed before it does the step again; a run after it finds nothing to do. It stands in
the journal of runs, too: a note that is damaged or lost is read there, so that no step is done twice for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from overheard.storage.files import write_atomically
from overheard.storage.runs import last_step, note_step


@dataclass(frozen=True, slots=True)
class Note:
    """One finished step. `digest`: of all that went in; `made`: of what came out; `tables`: their Delta versions."""

    step: str
    digest: str
    made: str
    tables: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def digest_of(*parts: object) -> str:
    """Return sha256 over the parts' text forms, as 32 hex digits."""
    return hashlib.sha256("\x1e".join(str(part) for part in parts).encode()).hexdigest()[:32]


def save_note(data_dir: Path, note: Note, night: date) -> None:
    """Write the note of a step that finished for a night."""
    text = json.dumps({**asdict(note), "sum": _sum_of(note)}, indent=1, sort_keys=True)
    write_atomically(_path(data_dir, note.step), text.encode())
    note_step(data_dir, night, asdict(note))


def load_note(data_dir: Path, step: str) -> Note | None:
    """Return the note of the step's last finish, None where it never finished or nobody knows of it any more."""
    return _read(_path(data_dir, step)) or _noted(data_dir, step)


def damaged_notes(data_dir: Path) -> list[str]:
    """Return the steps whose note is there and cannot be read."""
    return sorted(path.stem for path in (data_dir / "notes").glob("*.json") if _read(path) is None)


def _path(data_dir: Path, step: str) -> Path:
    return data_dir / "notes" / f"{step}.json"


def _sum_of(note: Note) -> str:
    return digest_of(json.dumps(asdict(note), sort_keys=True))


def _read(path: Path) -> Note | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        was = told.pop("sum", None)  # older releases wrote none
        note = Note(**told)
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return None
    return note if was in (None, _sum_of(note)) else None


def _noted(data_dir: Path, step: str) -> Note | None:
    told = last_step(data_dir, step)
    if told is None:
        return None
    # Older releases noted the tables alone: such a step is done again, from what it finished last.
    counts = told.get("counts") or {"in": 0, "out": 0}
    return Note(step, told.get("digest", ""), told.get("made", ""), told["tables"], counts)
