"""JSON Lines in and out, for the plain filters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from overheard.errors import BadInputError


def load_lines(path: Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    """Read a JSON Lines file; every line must be an object with `fields`.

    Raises:
        BadInputError: the file or a line cannot be read; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInputError(str(path), "no such file", "check its name") from None
    except (UnicodeDecodeError, OSError) as error:
        raise BadInputError(str(path), f"cannot be read ({error})", "save it as UTF-8 JSON Lines") from None
    rows = []
    # Only \n ends a line of JSON Lines: splitlines() would cut texts at form feeds and Unicode separators.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise BadInputError(f"{path}:{number}", "is no JSON", "write one JSON object a line") from None
        if not isinstance(row, dict):
            raise BadInputError(f"{path}:{number}", "is no JSON object", "write one JSON object a line")
        missing = [field for field in fields if row.get(field) is None]
        if missing:
            raise BadInputError(f"{path}:{number}", f"has no `{missing[0]}`", f"give every line {', '.join(fields)}")
        rows.append(row)
    return rows


def line_of(row: object) -> str:
    """Write one row."""
    return json.dumps(row, ensure_ascii=False)
