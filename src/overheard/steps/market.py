"""A market's folder opened for a step: its settings, its tables, its key, and whether a step has anything to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from overheard.errors import BadInputError, DamagedError
from overheard.privacy import new_key
from overheard.settings import MARKET_FILE, Settings, load_settings
from overheard.steps.code import code_digest
from overheard.steps.engine import Engine, open_engine
from overheard.storage import (
    Note,
    Tables,
    digest_of,
    give_back_memory,
    last_night,
    load_note,
    load_schema,
    save_note,
    write_atomically,
)

log = logging.getLogger("overheard")


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
            NewerSchemaError: a newer release wrote its data.
        """
        self.folder = folder
        self.settings: Settings = load_settings(folder)
        self.night = night or datetime.now(UTC).date()
        self.full = full
        self.tell = tell
        self.data_dir = folder / "data"
        load_schema(self.data_dir)
        address, here = self.settings.storage.tables, self.data_dir / "tables"
        if address and Tables(here).places():
            # Restored, or moved only in part: two markets would write into one store, or words be left behind unseen.
            mend = "take it out to go on with those of the folder, or copy them to a free address and delete the folder"
            raise BadInputError(str(folder / MARKET_FILE), f"[storage] tables is set, and {here} holds some too", mend)
        self.tables = Tables(address or here)

    @property
    def key(self) -> bytes:
        """The key that makes pseudonyms: made once, kept apart from the tables, readable by its owner alone."""
        path = self.folder / "private" / "person.key"
        if not path.exists():
            if self.tables.exists("utterances"):
                # A new key would make a second person of everybody.
                mend = f"put it back from a back-up made --with-private, or delete {self.data_dir} and run again"
                raise DamagedError(str(path), mend)
            write_atomically(path, new_key(), mode=0o600)
            path.parent.chmod(0o700)
        return path.read_bytes()

    @cached_property
    def engine(self) -> Engine:
        """Where work that costs per post is done."""
        return open_engine(self.settings.engine)

    def save_names(self, names: Mapping[str, str]) -> None:
        """Keep the shown names by person id, beside the key: needed to know staff and to blot names out of quotes."""
        content = json.dumps(names, ensure_ascii=False, indent=0, sort_keys=True).encode()
        write_atomically(self.folder / "private" / "names.json", content, mode=0o600)

    def load_names(self) -> dict[str, str]:
        """Return the shown names by person id.

        Raises:
            DamagedError: they are lost, though people were read; a run with `full` reads their names again.
        """
        path = self.folder / "private" / "names.json"
        try:
            names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            # Names that are not known are not covered either, so a run does not go on without them.
            if self.tables.exists("utterances") and not self.full:
                mend = "put it back from a back-up made --with-private, or run with --full: names are read again"
                raise DamagedError(str(path), mend) from None
            return {}
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
        lost = lost or any(self.has_lost(step, table) for table in (note.tables if note else ()))
        if note and note.digest == digest and not self.full and not lost:
            summary = StepSummary(step, note.counts["in"], note.counts["out"], reused=True)
        else:
            self.check_night()
            outcome = work()
            # A step that writes no table (vectors) made whatever its inputs ask for.
            digests = [self.tables.digest(name, record) for name, record in outcome.tables.items()]
            made = digest_of(*digests) if digests else digest
            versions = {name: self.tables.version(name) for name in outcome.tables}
            counts = {"in": outcome.rows_in, "out": outcome.rows_out}
            save_note(self.data_dir, Note(step, digest, made, versions, counts), self.night)
            summary = StepSummary(step, outcome.rows_in, outcome.rows_out, outcome.left_out)
            give_back_memory()
        log.info(summary.line(), extra={"counts": asdict(summary)})
        return summary

    def check_night(self) -> None:
        """Refuse a night before the last one: what lasts from night to night would be told in the wrong order.

        Raises:
            BadInputError: the clock, or --night, says an earlier day than the last finished step.
        """
        last = last_night(self.data_dir)
        if last and self.night < last:
            what = f"tonight would be {self.night}, and the last night was {last}"
            raise BadInputError(str(self.folder), what, f"set the clock right, or run with --night {last}")

    def has_lost(self, step: str, table: str) -> bool:
        """Tell whether a table is not there any more as the step last finished it."""
        version = self._versions(step).get(table)
        if version is None:
            return False
        return not self.tables.exists(table) or self.tables.version(table) < version

    def load_finished(self, step: str, table: str, record: type[Any]) -> list[Any]:
        """Return a table as the step last finished it, not as a killed run left it; [] before any finish."""
        versions = self._versions(step)
        if table not in versions or any(self.has_lost(step, name) for name in versions):
            return []  # what is left of its tables does not fit together any more
        return self.tables.load(table, record, versions[table])

    def _versions(self, step: str) -> Mapping[str, int]:
        """Return the table versions of a step's last finish."""
        note = load_note(self.data_dir, step)
        return note.tables if note else {}
