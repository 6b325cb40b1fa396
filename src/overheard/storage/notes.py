"""What is done, and from what: a step's note carries the digest of its inputs, settings and code.

The note is written last. A run killed before it does the step again; a run after it finds nothing to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from overheard.storage.files import write_atomically


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


def save_note(data_dir: Path, note: Note) -> None:
    """Write the note of a finished step."""
    text = json.dumps(asdict(note), indent=1, sort_keys=True)
    write_atomically(data_dir / "notes" / f"{note.step}.json", text.encode())


def load_note(data_dir: Path, step: str) -> Note | None:
    """Return the note of the step's last finish, None where it never finished or the note is unreadable."""
    try:
        return Note(**json.loads((data_dir / "notes" / f"{step}.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
