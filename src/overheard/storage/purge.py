"""Rows that are gone for good: no earlier version, no file, no log of a table tells them any more.

Delta keeps what was deleted: files of earlier versions, and in its log the least and greatest value of every column,
texts among them. So after a deletion the files are vacuumed with no retention, the state is written as a checkpoint,
and the log before it is removed. The number of the version goes on rising; earlier ones cannot be read any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake

from overheard.storage.delta import Place, load_delta, writing

# See `Tables`.
_WRITER = WriterProperties(compression="ZSTD")
_NOW = {"delta.logRetentionDuration": "interval 0 days", "delta.deletedFileRetentionDuration": "interval 0 days"}
_LATER = {"delta.logRetentionDuration": "interval 30 days", "delta.deletedFileRetentionDuration": "interval 7 days"}
"""What Delta keeps by itself, for the nights to come."""

Row = dict[str, Any]


def purge_table(folder: Place, change: Callable[[Row], Row | None]) -> tuple[int, int]:
    """Change or drop rows of a table and remove its history.

    Args:
        folder: of the table.
        change: returns a row as it shall be; None for one that goes.

    Returns:
        How many rows were dropped and how many changed. Doing it twice does no harm.
    """
    table = load_delta(folder)
    rows = table.to_pylist()
    changed = [change(row) for row in rows]
    kept = [row for row in changed if row is not None]
    altered = sum(new is not None and new != old for new, old in zip(changed, rows, strict=True))
    with writing(folder):
        if altered or len(kept) < len(rows):
            made = pa.Table.from_pylist(kept, schema=table.schema)
            write_deltalake(folder, made, mode="overwrite", writer_properties=_WRITER)
        _erase_history(folder)
    return len(rows) - len(kept), altered


def purge_keys(folder: Path, column: str, values: Collection[str]) -> int:
    """Delete the rows whose `column` holds one of `values`, and remove the table's history; return how many went."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    with writing(folder):
        told = DeltaTable(folder).delete(f"{column} IN ({listed})") if listed else {"num_deleted_rows": 0}
        _erase_history(folder)
    return int(told["num_deleted_rows"] or 0)


def _erase_history(folder: Place) -> None:
    """Remove the files and the log of every earlier version, and what killed runs left of their writing."""
    DeltaTable(folder).alter.set_table_properties(_NOW)
    DeltaTable(folder).vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True)
    table = DeltaTable(folder)
    table.create_checkpoint()
    table.cleanup_metadata()
    for left in (folder / "_delta_log").glob("*.tmp") if isinstance(folder, Path) else ():
        left.unlink()
    DeltaTable(folder).alter.set_table_properties(_LATER)
