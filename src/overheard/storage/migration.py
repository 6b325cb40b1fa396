"""Which release wrote a market's data, and what must be changed for this one to read them?

A column that came later has its default, which needs nothing done (see `schema.records_of`). What a default cannot do
is a function here. Each leaves data that are up to date as they are, and the number is written last, so a migration
that was killed is done again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from deltalake import write_deltalake

from overheard.errors import DamagedError, NewerSchemaError
from overheard.storage.delta import is_delta, load_delta, writing
from overheard.storage.files import write_atomically


def _tell_contents_of_intakes(tables_dir: Path) -> None:
    """An intake tells its item's bytes since rows of exports add up; of older ones nothing is known."""
    folder = tables_dir / "intakes"
    if is_delta(folder):
        table = load_delta(folder)
        if "content" not in table.column_names:
            with writing(folder):
                told = table.append_column("content", pa.array([""] * len(table), pa.string()))
                write_deltalake(folder, told, mode="overwrite", schema_mode="overwrite")


MIGRATIONS: tuple[Callable[[Path], None], ...] = (_tell_contents_of_intakes,)
"""The n-th brings tables of schema n - 1 to schema n."""
SCHEMA = len(MIGRATIONS)


def migrate(data_dir: Path) -> None:
    """Bring a market's tables to this release's schema; only under the market's lock.

    Raises:
        NewerSchemaError: a newer release wrote them.
    """
    found = load_schema(data_dir)
    for change in MIGRATIONS[found:]:
        change(data_dir / "tables")
    if found < SCHEMA:
        write_atomically(_path(data_dir), json.dumps({"schema": SCHEMA}).encode())


def load_schema(data_dir: Path) -> int:
    """Return the number of the schema a market was written with; 0 where it has none.

    Raises:
        NewerSchemaError: it is one of a newer release.
        DamagedError: its file cannot be read.
    """
    path = _path(data_dir)
    try:
        found = int(json.loads(path.read_text(encoding="utf-8"))["schema"])
    except FileNotFoundError:
        return 0
    except (ValueError, KeyError, TypeError):
        raise DamagedError(str(path), "delete it and run again") from None
    if found > SCHEMA:
        mend = "install the newer overheard, or restore a back-up made with this one"
        raise NewerSchemaError(f"{path}: schema {found} is of a newer release than this one ({SCHEMA}); {mend}")
    return found


def _path(data_dir: Path) -> Path:
    return data_dir / "schema.json"
