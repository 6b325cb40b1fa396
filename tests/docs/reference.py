"""The reference in docs/, written from the docstrings and settings themselves, so that it cannot fall behind them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from overheard.cli.app import app
from overheard.settings import Settings

NOTE = "<!-- Written by tests/docs from the code: OVERHEARD_REWRITE_EXPECTED=1 pytest tests/docs -->"


def settings_page() -> str:
    """Every table and key of market.toml with type, default and meaning."""
    lines = [
        "# market.toml",
        NOTE,
        "",
        "Every key may be left out unless it is marked *required*. `[[name]]` may stand several times. An environment",
        "variable wins over the file: `OVERHEARD_PAINS__SEED=8` sets `seed` of `[pains]`.",
    ]
    told: set[tuple[type[BaseModel], str]] = set()
    for name, field in Settings.model_fields.items():
        for part, header in _parts(field.annotation, name):
            if (part, header) in told:
                continue
            told.add((part, header))
            lines += ["", f"## {header}", "", inspect.cleandoc(part.__doc__ or "")]
            lines += ["", "| key | type | default | meaning |", "|---|---|---|---|"]
            lines += [_row(key, value) for key, value in part.model_fields.items() if not _is_part(value.annotation)]
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = ["# Commands", NOTE, ""]
    group: Any = typer.main.get_command(app)
    for name in sorted(group.commands):
        command = group.commands[name]
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        usage = " ".join(one.metavar or one.name.upper() for one in arguments)
        lines += [f"## overheard {name} {usage}".rstrip(), "", inspect.cleandoc(command.help or "").replace("\b", "")]
        rows = [one for one in command.params if one.name != "help"]
        if rows:
            lines += ["", "| | |", "|---|---|"]
            lines += [f"| `{_shown(one)}` | {_escaped(one.help or '')} |" for one in rows]
        lines.append("")
    return "\n".join(lines)


def _shown(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{', '.join(parameter.opts)}{value}"


def _parts(annotation: Any, header: str) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield the settings classes an annotation holds, the ones inside them after each, with their TOML headers."""
    is_many = get_origin(annotation) is tuple
    for part in _classes(annotation):
        kind = getattr(part.model_fields.get("kind"), "annotation", None)
        of_kind = f' of kind = "{get_args(kind)[0]}"' if is_many and len(get_args(kind)) == 1 else ""
        yield part, f"[[{header}]]{of_kind}" if is_many else f"[{header}]"
        for name, field in part.model_fields.items():
            yield from _parts(field.annotation, f"{header}.{name}")


def _classes(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _classes(inner)]


def _is_part(annotation: Any) -> bool:
    return bool(_classes(annotation))


def _row(key: str, field: FieldInfo) -> str:
    default = "*required*" if field.is_required() else f"`{_default(field)}`"
    return (
        f"| `{key}` | {_escaped(_type(field.annotation))} | {_escaped(default)} | {_escaped(field.description or '')} |"
    )


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True) if field.default_factory is None else PydanticUndefined
    if value is None or value is PydanticUndefined:
        return "unset"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f'"{one}"' for one in inner)
    if origin in (Union, UnionType):
        return " or ".join(_type(one) for one in inner if one is not type(None))
    if origin is tuple:
        return f"list of {_type(inner[0])}" if inner[-1] is Ellipsis else f"{len(inner)} {_type(inner[0])}s"
    if hasattr(annotation, "__metadata__"):
        return _type(annotation.__origin__)
    if origin is not None:
        return "table of " + " to ".join(_type(one) for one in inner)
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names[annotation]


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
