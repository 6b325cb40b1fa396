"""A market's folder opened for a step: its settings, its tables, its key, and whether a step has anything to do."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import overheard
from overheard.privacy import new_key
from overheard.settings import Settings, load_settings
from overheard.storage import Note, Tables, digest_of, load_note, save_note, write_atomically

log = logging.getLogger("overheard")

# What is computed depends on these; another version makes the steps run again.
_LIBRARIES = (
    "bertopic",
    "hdbscan",
    "numpy",
    "onnxruntime",
    "scikit-learn",
    "sentence-transformers",
    "spacy",
    "torch",
    "umap-learn",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: pages asked for, posts seen in them, threads known to be waiting."""

    source: str
    pages: int
    posts: int
    waiting: int


@dataclass(frozen=True, slots=True)
class StepSummary:
    """What a step did: rows in and out, what was left out by reason, or that nothing was to do (`reused`)."""

    step: str
    rows_in: int
    rows_out: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    reused: bool = False

    def line(self) -> str:
        """Say it in one line."""
        if self.reused:
            return f"{self.step}: nothing new, {self.rows_out} rows reused"
        left_out = "".join(f", {count} {why}" for why, count in sorted(self.left_out.items()))
        return f"{self.step}: {self.rows_in} in, {self.rows_out} out{left_out}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step's work hands back: the tables it wrote with the class of their rows, and its counts."""

    tables: Mapping[str, type[Any]]
    rows_in: int
    rows_out: int
    left_out: Mapping[str, int] = field(default_factory=dict)


class Market:
    """One market folder."""

    def __init__(
        self,
        folder: Path,
        night: date | None = None,
        full: bool = False,
        tell: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """Open a market.

        Args:
            folder: with market.toml.
            night: the date of this run (default: today, UTC).
            full: do every step again.
            tell: is told how far a long step is.

        Raises:
            BadInputError: market.toml is missing or wrong.
        """
        self.folder = folder
        self.settings: Settings = load_settings(folder)
        self.night = night or datetime.now(UTC).date()
        self.full = full
        self.tell = tell
        self.data_dir = folder / "data"
        self.tables = Tables(self.data_dir / "tables")

    @property
    def key(self) -> bytes:
        """The key that makes pseudonyms: made once, kept apart from the tables, readable by its owner alone."""
        path = self.folder / "private" / "person.key"
        if not path.exists():
            write_atomically(path, new_key(), mode=0o600)
            path.parent.chmod(0o700)
        return path.read_bytes()

    def save_names(self, names: Mapping[str, str]) -> None:
        """Keep the shown names by person id, beside the key: needed to know staff and to blot names out of quotes."""
        content = json.dumps(names, ensure_ascii=False, indent=0, sort_keys=True).encode()
        write_atomically(self.folder / "private" / "names.json", content, mode=0o600)

    def load_names(self) -> dict[str, str]:
        """Return the shown names by person id."""
        path = self.folder / "private" / "names.json"
        names: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return names

    def do_step(
        self, step: str, after: Sequence[str], inputs: object, work: Callable[[], Outcome], lost: bool = False
    ) -> StepSummary:
        """Run `work` unless its last finish had the same inputs, settings and code; log one line either way.

        Args:
            step: the step's name.
            after: steps whose outputs it reads.
            inputs: settings and whatever else decides the outcome, by its text form.
            work: does it and writes the tables; the note is written after it, last.
            lost: what it made is gone, so it is done again whatever its note says.
        """
        upstream = [note.made if (note := load_note(self.data_dir, name)) else "" for name in after]
        digest = digest_of(step, code_digest(), inputs, *upstream)
        note = load_note(self.data_dir, step)
        if note and note.digest == digest and not self.full and not lost:
            summary = StepSummary(step, note.counts["in"], note.counts["out"], reused=True)
        else:
            outcome = work()
            # A step that writes no table (vectors) made whatever its inputs ask for.
            digests = [self.tables.digest(name, record) for name, record in outcome.tables.items()]
            made = digest_of(*digests) if digests else digest
            versions = {name: self.tables.version(name) for name in outcome.tables}
            counts = {"in": outcome.rows_in, "out": outcome.rows_out}
            save_note(self.data_dir, Note(step, digest, made, versions, counts))
            summary = StepSummary(step, outcome.rows_in, outcome.rows_out, outcome.left_out)
        log.info(summary.line())
        return summary

    def load_finished(self, step: str, table: str, record: type[Any]) -> list[Any]:
        """Return a table as the step last finished it, not as a killed run left it; [] before any finish."""
        note = load_note(self.data_dir, step)
        return self.tables.load(table, record, note.tables[table]) if note and table in note.tables else []


def library_versions() -> dict[str, str]:
    """Return the versions of this package and of the libraries results depend on, by name."""
    return {name: metadata.version(name) for name in ("overheard", *_LIBRARIES)}


@cache
def code_digest() -> str:
    """Return a digest of this package's files and of the versions of the libraries results depend on."""
    folder = Path(overheard.__file__).parent
    parts = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            parts.append(f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return digest_of(*parts)
