"""CSV, TSV or JSON Lines → posts by document.

Card: reads comma-, semicolon- or tab-separated text with a header line, and JSON Lines; UTF-8 or UTF-16 with
byte-order mark (Excel's "Unicode text"), UTF-8 without, else Windows-1252. Traps: a quoted field may span lines, so the
line told in a problem is the one where its row ends; Excel writes `sep=;` above the header; JSON may hold half a
character (`\\ud83d`), which no file or hash can take; `20260503` is a day, not a second of 1970.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from overheard.errors import BadInputError, UnreadableError
from overheard.records import Post, Reading
from overheard.settings import ColumnSettings

Row = tuple[int, Mapping[str, str]]

_SEPARATOR = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)


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
        UnreadableError: the file is empty, has no row, or is a workbook.
        BadInputError: a declared column is not there (in JSON Lines: in no row), or is there twice.
    """
    text = _decoded(body)
    if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableError(place, "is a workbook, not text", "save its sheet as CSV")
    if not text.strip():
        raise UnreadableError(place, "is empty", "save it again or take it out of the source")
    problems: list[tuple[int, str]] = []
    is_json = place.lower().endswith((".jsonl", ".ndjson"))
    rows = list(_json_rows(text, problems) if is_json else _csv_rows(place, text, columns, problems))
    if not rows and not problems:
        raise UnreadableError(place, "has a header and no row", "export it again or take it out of the source")
    if is_json and rows:
        _check_columns(place, list(dict.fromkeys(key for _, row in rows for key in row)), columns)
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
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
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
        except (ValueError, RecursionError) as error:
            problems.append((line, f"is no JSON ({str(error).split(':')[0]})"))
            continue
        if isinstance(row, dict):
            yield line, {_whole(key): "" if value is None else _whole(str(value)) for key, value in row.items()}
        else:
            problems.append((line, "is no JSON object"))


def _whole(text: str) -> str:
    """Replace halves of characters, which cannot be written down."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _csv_rows(place: str, text: str, columns: ColumnSettings, problems: list[tuple[int, str]]) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    above = 0
    while not lines[above].strip() or _SEPARATOR.fullmatch(lines[above]):
        above += 1
        if above == len(lines):
            return
    told = _SEPARATOR.fullmatch(lines[above - 1]) if above else None
    delimiter = "\t" if place.lower().endswith(".tsv") else max(",;\t", key=lines[above].count)
    delimiter = told[1] if told else delimiter
    reader = csv.DictReader(io.StringIO("\n".join(lines[above:])), delimiter=delimiter, restval="")
    names = list(reader.fieldnames or [])
    _check_columns(f"{place}:{above + 1}", names, columns)
    for row in reader:
        line = above + reader.line_num
        if None in row:
            problems.append((line, f"has more fields than the header's {len(names)}; what stands beyond is left out"))
        yield line, {key: value for key, value in row.items() if isinstance(key, str)}


def _check_columns(place: str, names: Sequence[str], columns: ColumnSettings) -> None:
    """Raise BadInputError where a declared column is not among `names`, or is there twice."""
    for field, column in columns.model_dump().items():
        if column is not None and column not in names:
            if names and names[0].lstrip().startswith("<"):
                raise BadInputError(place, "is a web page, not a table", 'give it a source of kind = "pages"')
            there = ", ".join(f"`{name}`" for name in names)
            mend = f"the columns are {there}: correct `{field}` in the source's columns"
            raise BadInputError(place, f"no column `{column}`", mend)
        if column is not None and names.count(column) > 1:
            raise BadInputError(place, f"two columns are called `{column}`", "give each its own name")


def _post(
    row: Mapping[str, str], columns: ColumnSettings, position: int, line: int, problems: list[tuple[int, str]]
) -> Post:
    said = _value(row, columns.said_at)
    said_at = _read_date(said)
    if said and said_at is None:
        # Its form alone: what stands in the wrong column may be somebody's name, and this line is logged.
        form = re.sub(r"\d", "9", re.sub(r"[^\W\d]", "a", said[:40]))
        problems.append((line, f"a date of the form {form!r} is not understood; the row is kept without it"))
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
    "%Y-%m-%d %H:%M:%S UTC",
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?", re.ASCII)
_MILLISECONDS = re.compile(r"\d{12,13}", re.ASCII)
"""Since 1970. Fewer digits are years and days written together."""


def _read_date(text: str) -> datetime | None:
    """Read an exported date as UTC; a date without a zone is taken as UTC."""
    if not text:
        return None
    try:
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        by_form = next((date for form in _DATE_FORMS if (date := _by_form(text, form))), None)
        if by_form is None:
            return None
        found = by_form
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def _by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None
