"""A record's dataclass is its table's schema: field types become Arrow types, records come back equal."""

from __future__ import annotations

import gc
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
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


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _hints_of(record: Any) -> dict[str, Any]:
    return _cached_hints(record)


@cache
def _cached_hints(record: Any) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


def schema_of(record: Any) -> pa.Schema:
    """Return the Arrow schema of a record class, columns in field order."""
    return pa.schema([pa.field(name, _arrow_type(hint)) for name, hint in _hints_of(record).items()])


def table_of(record: type[R], records: Iterable[R]) -> pa.Table:
    """Return records as a table, a row each."""
    kind: Any = record
    listed = list(records)
    columns = {
        name: [getattr(one, name) for one in listed]
        if plain is _as_it_is
        else [plain(getattr(one, name)) for one in listed]
        for name, plain in _plains_of(kind).items()
    }
    return pa.table(columns, schema=schema_of(record))


def records_of(record: type[R], table: pa.Table) -> list[R]:
    """Return the records a table was made from; what an older table does not hold has the field's default.

    Column by column and without looking for cycles meanwhile, each of which halves the time: records hold none.
    """
    kind: Any = record
    values, defaults = _values_of(kind), _defaults_of(kind)
    with _cycles_let_be():
        columns = [_column_of(table.column(name), values[name], defaults.get(name)) for name in table.column_names]
        if table.column_names == list(values):
            return [record(*row) for row in zip(*columns, strict=True)]
        return [record(**dict(zip(table.column_names, row, strict=True))) for row in zip(*columns, strict=True)]


@contextmanager
def _cycles_let_be() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _column_of(column: pa.ChunkedArray, value: Callable[[Any], Any], default: Any) -> list[Any]:
    """Return a column's values as a record holds them; one that is not there is the field's default, or None."""
    if pa.types.is_timestamp(column.type):
        since = column.cast(pa.int64()).to_pylist()  # seven times as fast as Arrow's own way to a datetime
        return [default if one is None else _EPOCH + timedelta(microseconds=one) for one in since]
    stored: list[Any] = column.to_pylist()
    if value is _as_it_is and (default is None or not column.null_count):
        return stored
    return [default if one is None else value(one) for one in stored]


@cache
def _plains_of(record: Any) -> dict[str, Callable[[Any], Any]]:
    return {name: _plain_of(hint) for name, hint in _hints_of(record).items()}


@cache
def _values_of(record: Any) -> dict[str, Callable[[Any], Any]]:
    return {name: _value_of(hint) for name, hint in _hints_of(record).items()}


@cache
def _defaults_of(record: Any) -> dict[str, Any]:
    return {field.name: field.default for field in fields(record) if field.default is not MISSING}


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


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _plain_of(hint: Any) -> Callable[[Any], Any]:
    """Return what turns values of a type into plain ones; a type is looked at once, not at every row."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        some = _plain_of(next(arg for arg in inner if arg is not type(None)))
        return some if some is _as_it_is else lambda value: None if value is None else some(value)
    if origin is tuple and inner[-1] is Ellipsis:
        item = _plain_of(inner[0])
        return list if item is _as_it_is else lambda value: [item(one) for one in value]
    if origin is tuple:
        items = [(f"item_{i}", _plain_of(arg)) for i, arg in enumerate(inner)]
        return lambda value: {name: plain(one) for (name, plain), one in zip(items, value, strict=True)}
    if _is_mapping(origin):
        return lambda value: [{"key": key, "value": value[key]} for key in sorted(value)]
    return _as_it_is


@cache
def _value_of(hint: Any) -> Callable[[Any], Any]:
    """Return what turns stored values, none of them None, into those of a type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value_of(next(arg for arg in inner if arg is not type(None)))
    if origin is tuple and inner[-1] is Ellipsis:
        item = _value_of(inner[0])
        return (
            tuple if item is _as_it_is else lambda stored: tuple(None if one is None else item(one) for one in stored)
        )
    if origin is tuple:
        items = [_value_of(arg) for arg in inner]
        return lambda stored: tuple(
            None if one is None else value(one) for value, one in zip(items, stored.values(), strict=True)
        )
    if _is_mapping(origin):
        return lambda stored: {pair["key"]: pair["value"] for pair in stored}
    if hint is datetime:
        return lambda stored: stored.astimezone(UTC)
    return _as_it_is


def _is_mapping(origin: Any) -> bool:
    return origin is not None and origin is not Literal and issubclass(origin, Mapping)
