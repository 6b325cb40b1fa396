"""Keep this release's tables as a test market: `python -m tests.storage.make_schema tests/storage/schemas/NN.json`.

One invented row a table, with the schema Delta wrote. Of a release only what is new or changed since the one before is
kept; a release that changed no record adds no file.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import tempfile
import types
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from deltalake import DeltaTable

import overheard
import overheard.records
from overheard.storage.tables import Tables

_CALLS = re.compile(r'(?:replace|merge|load|load_finished|delete)\(\s*(?:STEP, )?("?\w+"?), (\w+)')
_LISTED = re.compile(r'"(\w+)": (\w+),?\s')
_NAMED = re.compile(r'^([A-Z_]+) = "(\w+)"', re.MULTILINE)


def records_by_table() -> dict[str, Any]:
    """Return which record each table holds, as the steps name them."""
    found = {}
    steps = Path(overheard.__file__).parent / "steps"
    for path in sorted(steps.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        named = dict(_NAMED.findall(text))
        calls = [
            (table.strip('"') if '"' in table else named.get(table), record) for table, record in _CALLS.findall(text)
        ]
        for table, record in [*calls, *_LISTED.findall(text)]:
            made = getattr(overheard.records, record, None)
            if table and isinstance(made, type) and dataclasses.is_dataclass(made):
                found[table] = made
    return found


def fill(hint: Any, name: str) -> Any:
    """Return an invented value of a field."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return fill(next(part for part in inner if part is not type(None)), name)
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return tuple(fill(part, name) for part in inner if part is not Ellipsis)
    if origin is not None:
        return {fill(inner[0], name): fill(inner[1], name)}
    at = datetime(2026, 3, 4, 9, tzinfo=UTC)
    return {str: f"a {name}", int: 3, float: 0.25, bool: True, datetime: at, date: at.date()}[hint]


def make_tables() -> dict[str, Any]:
    """Return each table's Delta schema and its one row."""
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for table, record in sorted(records_by_table().items()):
            hints = get_type_hints(record)
            row = record(**{one.name: fill(hints[one.name], one.name) for one in dataclasses.fields(record)})
            Tables(Path(folder)).replace(table, record, [row])
            kept = DeltaTable(Path(folder) / table)
            rows = kept.to_pyarrow_dataset().to_table(use_threads=False).to_pylist()
            schema = json.loads(kept.schema().to_json())
            made[table] = {"record": record.__name__, "schema": schema, "rows": rows}
    return made


def changed_since(before: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    """Return the tables that are new or have other columns."""
    return {name: one for name, one in tables.items() if name not in before or before[name]["schema"] != one["schema"]}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    known: dict[str, Any] = {}
    for earlier in sorted(target.parent.glob("*.json")):
        if earlier != target:
            known |= json.loads(earlier.read_text(encoding="utf-8"))
    new = changed_since(known, json.loads(json.dumps(make_tables(), default=str)))
    if new:
        target.write_text(
            "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in new.items()) + "\n}\n"
        )
    print(f"{len(new)} tables: {', '.join(new)}")
