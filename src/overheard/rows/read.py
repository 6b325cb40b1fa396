"""CSV, TSV or JSON Lines → posts by document.

Card: reads comma-, semicolon- or tab-separated text with a header line, and JSON Lines;
UTF-8 with or without byte-order mark, else Windows-1252. Trap: a quoted field may span lines, so the line told in a
problem is the one where its row ends.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from overheard.errors import BadInputError, UnreadableError
from overheard.records import Post, Reading
from overheard.settings import ColumnSettings

Row = tuple[int, Mapping[str, str]]


def read_rows(place: str, body: bytes, columns: ColumnSettings) -> dict[str, Reading]:
    """Read every row of an exported file.

    Args:
        place: the file's name, told in errors; its ending decides the format (.jsonl, .ndjson, .tsv, else CSV).
        body: the file's bytes.
        columns: which column holds what.

    Returns:
        Readings by document: the value of the `document` column, or the file's name where none is declared. Rows that
        cannot be read are problems of the reading under the file's own name.

    Raises:
        UnreadableError: the file is empty.
        BadInputError: a declared column is not there.
    """
    if not body.strip():
        raise UnreadableError(place, "is empty", "save it again or take it out of the source")
    text = _decoded(body)
    problems: list[tuple[int, str]] = []
    is_json = place.endswith((".jsonl", ".ndjson"))
    rows = _json_rows(text, problems) if is_json else _csv_rows(place, text, columns)
    posts: dict[str, list[Post]] = {}
    titles: dict[str, str] = {}
    for line, row in rows:
        if is_json and columns.text not in row:
            problems.append((line, f"has no `{columns.text}`"))
        elif not row[columns.text].strip():
            problems.append((line, f"`{columns.text}` is empty"))
        else:
            document = _value(row, columns.document) or place
            titles.setdefault(document, _value(row, columns.title) or document)
            listed = posts.setdefault(document, [])
            listed.append(_post(row, columns, len(listed), line, problems))
    readings = {document: Reading(titles[document], tuple(listed)) for document, listed in posts.items()}
    if problems:
        own = readings.get(place, Reading(place, ()))
        readings[place] = Reading(own.title, own.posts, tuple(problems))
    return readings


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _json_rows(text: str, problems: list[tuple[int, str]]) -> Iterator[Row]:
    for line, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            row = json.loads(raw)
        except ValueError as error:
            problems.append((line, f"is no JSON ({error.args[0].split(':')[0]})"))
            continue
        if isinstance(row, dict):
            yield line, {key: "" if value is None else str(value) for key, value in row.items()}
        else:
            problems.append((line, "is no JSON object"))


def _csv_rows(place: str, text: str, columns: ColumnSettings) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    header = text.split("\n", 1)[0]
    delimiter = "\t" if place.endswith(".tsv") else max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    names = reader.fieldnames or []
    for field, column in columns.model_dump().items():
        if column is not None and column not in names:
            there = ", ".join(f"`{name}`" for name in names)
            mend = f"the columns are {there}: correct `{field}` in the source's columns"
            raise BadInputError(f"{place}:1", f"no column `{column}`", mend)
    for row in reader:
        yield reader.line_num, {key: value for key, value in row.items() if isinstance(key, str)}


def _post(
    row: Mapping[str, str], columns: ColumnSettings, position: int, line: int, problems: list[tuple[int, str]]
) -> Post:
    said = _value(row, columns.said_at)
    said_at = _read_date(said)
    if said and said_at is None:
        problems.append((line, f"date {said[:40]!r} is not understood; the row is kept without it"))
    return Post(
        text=row[columns.text],
        author=_value(row, columns.author),
        position=position,
        said_at=said_at,
        url=_value(row, columns.url) or None,
        replies_to=_value(row, columns.replies_to) or None,
    )


def _value(row: Mapping[str, str], column: str | None) -> str:
    return row.get(column, "").strip() if column else ""


# Unambiguous forms only: 03/04/2026 is two dates, and a wrong one is worse than none.
_DATE_FORMS = (
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
)


def _read_date(text: str) -> datetime | None:
    """Read an exported date as UTC; a date without a zone is taken as UTC."""
    if not text:
        return None
    found: datetime | None
    try:
        is_epoch = text.replace(".", "", 1).isdigit()
        found = datetime.fromtimestamp(float(text), UTC) if is_epoch else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        found = next((date for form in _DATE_FORMS if (date := _by_form(text, form))), None)
    if found is None:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None
