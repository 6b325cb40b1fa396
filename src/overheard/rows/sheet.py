"""A file of customers, row by row as it is read: CSV, TSV or JSON Lines with whatever columns it has.

Card: as `read.py`, but rows come one at a time, so that a file of any length needs the memory of one row, and no row is
lost: one that cannot be read comes with its problem. Traps: a quote that is opened and never closed swallows every row
after it; Excel writes `sep=;` above the header; two columns may have one name.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from overheard.errors import BadInputError, UnreadableError

LARGEST_ROW = 16_000_000
"""Characters; more in one row is a quote that was never closed."""

_SEPARATOR = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. `line` is where it ends; `problem` says what is wrong with it, "" where nothing is."""

    line: int
    values: Mapping[str, str]
    problem: str = ""


def read_sheet(place: str, lines: Iterable[str]) -> Iterator[SheetRow]:
    """Read a file's rows as they are asked for.

    Args:
        place: the file's name, told in errors; its ending decides the format (.jsonl, .ndjson, .tsv, else CSV).
        lines: its lines, each with its end, line ends as "\\n".

    Raises:
        UnreadableError: it has no header.
        BadInputError: a quote is never closed; names the line where the row begins.
    """
    whole = (line.replace("\0", "") for line in lines)
    if place.lower().endswith((".jsonl", ".ndjson")):
        return _json_rows(whole)
    return _csv_rows(place, whole)


def _json_rows(lines: Iterable[str]) -> Iterator[SheetRow]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield SheetRow(number, {}, "is no JSON")
            continue
        if isinstance(row, dict):
            yield SheetRow(number, {_whole(key): _text(value) for key, value in row.items()})
        else:
            yield SheetRow(number, {}, "is no JSON object")


def _text(value: object) -> str:
    if value is None:
        return ""
    return _whole(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """Replace halves of characters, which cannot be written down."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Lines:
    """Hands out lines and remembers those of the row that is being read."""

    def __init__(self, place: str, lines: Iterator[str]) -> None:
        self._place, self._lines = place, lines
        self.number, self.begin, self.own, self._size = 0, 1, list[str](), 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.own.append(line)
        self._size += len(line)
        if self._size > LARGEST_ROW:
            raise self.unclosed()
        return line

    def end_row(self) -> None:
        """Forget the row that was read."""
        self.begin, self.own, self._size = self.number + 1, [], 0

    def unclosed(self) -> BadInputError:
        """Say that the row being read has no end."""
        what = "a quote is opened in this row and never closed"
        return BadInputError(f"{self._place}:{self.begin}", what, 'close it, or write it twice ("") inside a cell')


def _csv_rows(place: str, plain: Iterator[str]) -> Iterator[SheetRow]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = _Lines(place, plain)
    header, delimiter = "", ""
    for header in lines:
        told = _SEPARATOR.fullmatch(header)
        delimiter = told[1] if told else delimiter
        if header.strip() and not told:
            break
        lines.end_row()
    if not header.strip() or _SEPARATOR.fullmatch(header):
        raise UnreadableError(place, "is empty", "export it again, with a line of column names")
    if not delimiter:
        delimiter = "\t" if place.lower().endswith(".tsv") else max(",;\t|", key=header.count)
    reader = csv.reader(_again(header, lines), delimiter=delimiter)
    names = column_names(next(reader))
    lines.end_row()
    for cells in reader:
        if lines.number and _is_open(lines.own, delimiter):
            raise lines.unclosed()
        lines.end_row()
        if cells:
            problem = "" if len(cells) == len(names) else f"has {len(cells)} fields, the header has {len(names)}"
            yield SheetRow(lines.number, dict(zip(names, cells, strict=False)), problem)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _is_open(own: list[str], delimiter: str) -> bool:
    """Tell whether a row's last line leaves a quote open, as only the last row of a file can."""
    if len(own) < 2 and own[0].count('"') % 2 == 0:
        return False
    try:
        list(csv.reader(own, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def column_names(header: list[str]) -> list[str]:
    """Return the columns' names, each its own: a second `note` is `note (2)`, a nameless one `column 3`."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = plain = cell.strip() or f"column {number}"
        again = 2
        while name in names:
            name, again = f"{plain} ({again})", again + 1
        names.append(name)
    return names
