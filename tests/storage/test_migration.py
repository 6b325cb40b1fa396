"""A market of any earlier release is read by this one; one of a newer release is refused before anything is touched."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from deltalake import Schema, write_deltalake

import overheard.records
from overheard.errors import NewerSchemaError
from overheard.storage import Tables, hold_market, load_schema, migration
from overheard.storage.migration import SCHEMA, migrate

pytestmark = pytest.mark.slow

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.json"))


def tables_until(release: Path) -> dict[str, Any]:
    """Return the tables of a release: what it changed, and of the others what releases before it wrote."""
    tables: dict[str, Any] = {}
    for path in SCHEMAS[: SCHEMAS.index(release) + 1]:
        tables |= json.loads(path.read_text(encoding="utf-8"))
    return tables


def write_tables(data_dir: Path, tables: dict[str, Any]) -> None:
    for name, told in tables.items():
        schema = pa.schema(Schema.from_json(json.dumps(told["schema"])).to_arrow())
        rows = [{column: plain(schema.field(column).type, row[column]) for column in row} for row in told["rows"]]
        (data_dir / "tables" / name).mkdir(parents=True)
        write_deltalake(data_dir / "tables" / name, pa.Table.from_pylist(rows, schema=schema))


def plain(kind: pa.DataType, value: Any) -> Any:
    if value is not None and pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value is not None and pa.types.is_date(kind) else value


@pytest.mark.parametrize("release", SCHEMAS, ids=lambda path: path.stem)
def test_every_table_of_an_earlier_release_is_loaded(release: Path, tmp_path: Path) -> None:
    told = tables_until(release)
    write_tables(tmp_path, told)
    migrate(tmp_path)
    for name, table in told.items():
        record = getattr(overheard.records, table["record"])
        (loaded,) = Tables(tmp_path / "tables").load(name, record)
        (row,) = table["rows"]
        key = fields(record)[0].name
        assert getattr(loaded, key) == plain(
            pa.date32() if isinstance(getattr(loaded, key), date) else pa.string(), row[key]
        )
    assert load_schema(tmp_path) == SCHEMA


def test_a_market_of_a_newer_release_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps({"schema": SCHEMA + 1}))
    with pytest.raises(NewerSchemaError, match="newer release") as told, hold_market(tmp_path, "run"):
        pass
    assert "\n" not in str(told.value)


def test_a_migration_that_was_killed_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def dies(_: Path) -> None:
        done.append("second")
        if done.count("second") == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(migration, "MIGRATIONS", (lambda _: done.append("first"), dies))
    monkeypatch.setattr(migration, "SCHEMA", 2)
    with pytest.raises(KeyboardInterrupt):
        migrate(tmp_path)
    assert load_schema(tmp_path) == 0
    migrate(tmp_path)
    migrate(tmp_path)
    assert done == ["first", "second", "first", "second"]
    assert load_schema(tmp_path) == 2


def test_what_an_old_intake_does_not_tell_is_told_as_unknown_and_only_once(tmp_path: Path) -> None:
    old = pa.table({"intake_id": ["one"], "source": ["mails"]})
    write_deltalake(tmp_path / "tables" / "intakes", old)
    migrate(tmp_path)
    at = Tables(tmp_path / "tables").version("intakes")
    (tmp_path / "schema.json").unlink()  # as if killed before the number was written
    migrate(tmp_path)
    assert Tables(tmp_path / "tables").version("intakes") == at
