"""Which columns of a file of customers hold what they wrote, and which one tells the rows apart?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overheard.rows.sheet import SheetRow

LEAST_WORDS = 6
"""Mean words of a column that is taken for free text; job titles and addresses have two to five."""
_LOOKED_AT = 1000
"""Rows the length of free text is judged by."""
_LEAST_VARIED = 0.05
"""Distinct share of the values; long answers to pick from repeat, what people write does not."""
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: `rows`, how many have `problems`, its columns, those of free text, those of unique values."""

    rows: int
    problems: int
    columns: tuple[str, ...]
    free_text: tuple[str, ...]
    unique: tuple[str, ...]


class _Column:
    """What is known of a column while the file is read."""

    def __init__(self) -> None:
        self.values = 0
        self.words = 0
        self.judged: set[int] = set()
        self.seen: set[int] | None = set()

    def add(self, value: str, judging: bool) -> None:
        if judging and value.strip():
            self.values += 1
            self.words += len(value[:2000].split())
            self.judged.add(hash(value))
        if self.seen is not None:
            key = hash(value)
            if not value or len(value) > _LONGEST_ID or key in self.seen:
                self.seen = None
            else:
                self.seen.add(key)


def survey(rows: Iterable[SheetRow]) -> Survey:
    """Look a file through once."""
    columns: dict[str, _Column] = {}
    count = problems = 0
    for row in rows:
        count += 1
        problems += bool(row.problem)
        for name, value in row.values.items():
            columns.setdefault(name, _Column()).add(value, count <= _LOOKED_AT)
    unique = tuple(name for name, one in columns.items() if one.seen is not None and len(one.seen) == count)
    free_text = tuple(name for name, one in columns.items() if _is_free_text(one))
    return Survey(count, problems, tuple(columns), free_text, unique)


def _is_free_text(column: _Column) -> bool:
    enough = column.words >= LEAST_WORDS * column.values
    return column.values > 0 and enough and len(column.judged) >= _LEAST_VARIED * column.values


def text_of(row: SheetRow, columns: Sequence[str]) -> str:
    """Return what a row's customer wrote: the given columns, one below the other."""
    return "\n".join(value for name in columns if (value := row.values.get(name, "").strip()))
