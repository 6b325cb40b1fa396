"""What is wrong in a market.toml, in the words of who wrote it: which key of which table, and the mend."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

_SHOULD_BE = {
    "string": 'text in quotes, such as "so"',
    "int": "a whole number, without quotes",
    "float": "a number, without quotes",
    "bool": "true or false, without quotes",
    "tuple": "a list, in [ ]",
}
"""By the first word of pydantic's name of a problem; what else has a wrong type should be a table."""

Keys = tuple[int | str, ...]
Table = type[BaseModel]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a problem is.

    Attributes:
        keys: from the top of the file to the key it is about; numbers count the tables of a list.
        tables: what the last key's table may be: one, unless its `kind` does not tell.
    """

    keys: Keys
    tables: Sequence[Table]


def spot_of(loc: Keys, settings: Table) -> Spot:
    """Return where a problem is: pydantic's path without what it puts between two keys and below the last one."""
    tables: Sequence[Table] = (settings,)
    keys: list[int | str] = []
    for key in loc:
        if isinstance(key, str) and len(tables) > 1:
            tables = [table for table in tables if key in get_args(table.model_fields["kind"].annotation)]
            continue
        keys.append(key)
        if isinstance(key, str) and len(keys) < len(loc):
            below = _tables_below(tables[0], key)
            if not below:
                break
            tables = below
    return Spot(tuple(keys), tables)


def tell_problem(problem: Any, spot: Spot, values: Mapping[str, Any], settings: Table) -> tuple[str, str]:
    """Return what is wrong and its mend.

    Args:
        problem: of pydantic's `errors()`.
        spot: where it is.
        values: what the file holds.
        settings: what it should hold.
    """
    kind, given = str(problem["type"]), problem["input"]
    key, table = str(spot.keys[-1]), _header(spot.keys[:-1], values)
    if kind.startswith("union_tag"):
        return _tell_kind(_header(spot.keys, values), given.get("kind"), spot.tables)
    if kind == "extra_forbidden":
        return _tell_unknown(key, table, given, spot, settings)
    if kind == "missing" or (kind == "too_short" and spot.keys == ("source",)):
        if key == "source":
            return (
                "names no [[source]]",
                "add one: `overheard new FOLDER` writes a market.toml with examples of each kind",
            )
        return (f"{table} has no `{key}`" if table else f"[{key}] is missing"), "add it"
    if kind == "tuple_type" and isinstance(given, dict):
        return f"[{key}] may stand several times", f"write [[{key}]], with two brackets on each side"
    about = _header(spot.keys, values) if isinstance(given, dict) or not table else f"`{key}` of {table}"
    return f"{about} {_said(problem)}", "correct it" if isinstance(given, dict) else f"it is {given!r} now"[:120]


def _said(problem: Any) -> str:
    """Return pydantic's message in the words of this file."""
    kind = str(problem["type"])
    if kind.endswith(("_type", "_parsing", "_from_float")):
        return f"should be {_SHOULD_BE.get(kind.split('_')[0], 'a table')}"
    if kind == "string_pattern_mismatch" and problem["ctx"]["pattern"].startswith("^[a-z0-9]"):
        return "should be small letters, digits and hyphens, without spaces"
    said = str(problem["msg"]).removeprefix("Value error, ")
    return said.replace("Input should", "should").replace("String should", "should").replace("Tuple should", "should")


def _tell_kind(table: str, given: Any, tables: Sequence[Table]) -> tuple[str, str]:
    kinds = [one for option in tables for one in get_args(option.model_fields["kind"].annotation)]
    what = f"{table} has no `kind`" if given is None else f"`kind` of {table} cannot be {given!r}"
    return what, f"write kind = {' or '.join(json.dumps(one) for one in kinds)}"


def _tell_unknown(key: str, table: str, given: Any, spot: Spot, settings: Table) -> tuple[str, str]:
    if not table and not isinstance(given, dict | list):
        return f"`{key}` stands above every table", "put it below the [table] it belongs to"
    what = f"`{key}` is no key of {table}" if table else f"[{key}] is no table of market.toml"
    here = list(spot.tables[0].model_fields)
    if meant := get_close_matches(key, here, 1):
        return what, f"did you mean `{meant[0]}`?"
    elsewhere = [
        name for name in settings.model_fields for one in _tables_below(settings, name) if key in one.model_fields
    ]
    if table and elsewhere:
        return what, f"it belongs to [{elsewhere[0]}]; or remove it"
    return what, f"remove it, or name one of {', '.join(here)}"


def _tables_below(table: Table, key: str) -> list[Table]:
    """Return the tables a key may hold, one or more of a list or the only one; none where it holds values."""
    field = table.model_fields.get(key)
    waiting, found = [field.annotation if field else None], list[Table]()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, type) and issubclass(one, BaseModel):
            found.append(one)
        waiting += get_args(one)
    return found


def _header(keys: Keys, values: Mapping[str, Any]) -> str:
    """Return a table's header as it is written, with the name of the one that is meant; "" for the file's top."""
    names = [key for key in keys if isinstance(key, str)]
    if not names:
        return ""
    found: Any = values
    called = ""
    for key in keys:
        found = found[key] if isinstance(key, int) or key in found else {}
        if isinstance(key, int):
            called = str(found.get("name", found.get("segment", f"number {key + 1}")))
    header = ".".join(names)
    header = f"[[{header}]]" if isinstance(keys[-1], int) else f"[{header}]"
    return f"{header} {called!r}" if called else header
