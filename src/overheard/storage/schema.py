"""A record's dataclass is its table's schema: field types become Arrow types, records come back equal."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

R = TypeVar("R")

_PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
}


def _hints_of(record: Any) -> dict[str, Any]:
    return _cached_hints(record)


@cache
def _cached_hints(record: Any) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


def schema_of(record: Any) -> pa.Schema:
    """Return the Arrow schema of a record class, columns in field order."""
    return pa.schema([pa.field(name, _arrow_type(hint)) for name, hint in _hints_of(record).items()])


def row_of(record: Any) -> dict[str, Any]:
    """Return a record as a row of plain values."""
    hints = _hints_of(type(record))
    return {name: _plain(hint, getattr(record, name)) for name, hint in hints.items()}


def record_of(record: type[R], row: Mapping[str, Any]) -> R:
    """Return the record a row was made from; what an older row does not hold has the field's default."""
    hints = _hints_of(record)
    return record(**{name: _value(hints[name], row[name]) for name in row if not _is_absent(record, name, row[name])})


def _is_absent(record: Any, name: str, stored: Any) -> bool:
    return stored is None and name in _defaulted(record)


@cache
def _defaulted(record: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(record) if field.default is not MISSING)


def _arrow_type(hint: Any) -> pa.DataType:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _arrow_type(next(arg for arg in inner if arg is not type(None)))
    if origin is Literal:
        return pa.string()
    if origin is tuple and inner[-1] is Ellipsis:
        return pa.list_(_arrow_type(inner[0]))
    if origin is tuple:
        return pa.struct([pa.field(f"item_{i}", _arrow_type(arg)) for i, arg in enumerate(inner)])
    if origin is not None and issubclass(origin, Mapping):
        # A list of pairs: Delta's map type comes back in another shape from every reader.
        return pa.list_(pa.struct([pa.field("key", _arrow_type(inner[0])), pa.field("value", _arrow_type(inner[1]))]))
    return _PLAIN[hint]


def _plain(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _plain(next(arg for arg in inner if arg is not type(None)), value)
    if origin is tuple and inner[-1] is Ellipsis:
        return [_plain(inner[0], item) for item in value]
    if origin is tuple:
        return {f"item_{i}": _plain(arg, item) for i, (arg, item) in enumerate(zip(inner, value, strict=True))}
    if isinstance(value, Mapping):
        return [{"key": key, "value": value[key]} for key in sorted(value)]
    return value


def _value(hint: Any, stored: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if stored is None:
        return None
    if origin in (Union, types.UnionType):
        return _value(next(arg for arg in inner if arg is not type(None)), stored)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(_value(inner[0], item) for item in stored)
    if origin is tuple:
        return tuple(_value(arg, item) for arg, item in zip(inner, stored.values(), strict=True))
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {pair["key"]: pair["value"] for pair in stored}
    if hint is datetime:
        return stored.astimezone(UTC)
    return stored
