"""Records in Delta tables: one table a record type, atomic commits, merged by natural key, earlier versions readable.

Rows lie sorted by their key, so that the same records make the same table whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake

from overheard.storage.content import digest_of_column
from overheard.storage.delta import Place, is_delta, load_delta, reading, tables_at, writing
from overheard.storage.memory import give_back_tables
from overheard.storage.notes import digest_of
from overheard.storage.schema import records_of, schema_of, table_of

R = TypeVar("R")

# zstd halves the text; statistics over long texts are of no use to anybody.
_WRITER = WriterProperties(compression="ZSTD")


class Tables:
    """The market's tables. A table is named after its record ("utterances") and typed by the record's class."""

    def __init__(self, place: Place) -> None:
        """Args: place: a folder, made at the first save, or the address of one in an object store.

        What a store wants to know beside its address (keys, endpoint, region) is taken from the environment.
        """
        self._place = place

    def load(self, name: str, record: type[R], version: int | None = None) -> list[R]:
        """Return all records of a table, by key; [] where the table is not there yet.

        A field that a table of an earlier release does not hold has its default.

        Args:
            name: the table.
            record: the class of its rows.
            version: as it was then; None for now.
        """
        if not self.exists(name):
            return []
        records = records_of(record, _sorted(load_delta(self.place(name), version), record))
        give_back_tables()
        return records

    def load_column(self, name: str, column: str) -> list[Any]:
        """Return one field of all records of a table, in no order; [] where the table is not there yet."""
        return load_delta(self.place(name), columns=[column]).column(column).to_pylist() if self.exists(name) else []

    def place(self, name: str) -> Place:
        """Return where a table lies."""
        return self._place / name if isinstance(self._place, Path) else f"{self._place.rstrip('/')}/{name}"

    def places(self) -> list[Place]:
        """Return where every table lies that was ever written."""
        if isinstance(self._place, Path):
            return sorted(path.parent for path in self._place.rglob("_delta_log") if path.is_dir())
        return [place for name in tables_at(self._place) if is_delta(place := self.place(name))]

    def exists(self, name: str) -> bool:
        """Tell whether the table was ever written."""
        return is_delta(self.place(name))

    def version(self, name: str) -> int:
        """Return the number of the table's last commit.

        Raises:
            DamagedError: its log cannot be read.
        """
        with reading(self.place(name)):
            return DeltaTable(self.place(name)).version()

    def replace(self, name: str, record: type[R], records: Iterable[R]) -> None:
        """Make `records` the table's content, in one commit."""
        table = _sorted(table_of(record, records), record)
        with writing(self.place(name)):
            write_deltalake(
                self.place(name), table, mode="overwrite", schema_mode="overwrite", writer_properties=_WRITER
            )

    def merge(self, name: str, record: type[R], records: Iterable[R]) -> tuple[int, int]:
        """Add new records and update changed ones by their key (the record's first field).

        Returns:
            How many were added and how many changed; where both are 0 nothing is committed.
        """
        key = fields(record)[0].name  # type: ignore[arg-type]
        known = {getattr(row, key): row for row in self.load(name, record)}
        latest = {getattr(row, key): row for row in records}
        added = [row for at, row in latest.items() if at not in known]
        changed = [row for at, row in latest.items() if at in known and known[at] != row]
        if not known:
            self.replace(name, record, added)
        elif added or changed:
            source = _sorted(table_of(record, added + changed), record)
            merger = DeltaTable(self.place(name)).merge(
                source,
                predicate=f"now.{key} = new.{key}",
                source_alias="new",
                target_alias="now",
                merge_schema=True,
                writer_properties=_WRITER,
            )
            with writing(self.place(name)):
                merger.when_matched_update_all().when_not_matched_insert_all().execute()
        return len(added), len(changed)

    def delete(self, name: str, record: type[R], keys: Collection[str]) -> None:
        """Delete the records of these keys (the record's first field), in one commit; earlier versions keep them."""
        if keys and self.exists(name):
            key = fields(record)[0].name  # type: ignore[arg-type]
            listed = ", ".join(f"'{value}'" for value in sorted(keys))
            with writing(self.place(name)):
                DeltaTable(self.place(name)).delete(f"{key} IN ({listed})", writer_properties=_WRITER)

    def digest(self, name: str, record: type[R]) -> str:
        """Return a digest of the table's content: equal content, equal digest, whatever its history."""
        table = _sorted(load_delta(self.place(name)), record) if self.exists(name) else None
        if table is None or not table.num_rows:
            return digest_of(name)
        digests = [digest_of_column(table.column(column)) for column in table.column_names]
        return digest_of(name, *table.column_names, *digests)


def _sorted(table: pa.Table, record: type[object]) -> pa.Table:
    """Order rows by every column that can be ordered, the record's first field first."""
    schema = pa.schema([column for column in schema_of(record) if column.name in table.column_names])
    names: Sequence[str] = [
        column.name for column in schema if not (pa.types.is_list(column.type) or pa.types.is_struct(column.type))
    ]
    frame = pl.DataFrame(pl.from_arrow(table.select(schema.names))).sort(names, nulls_last=True, maintain_order=True)
    return frame.to_arrow().cast(schema)
