"""The file in which a person sorts people into segments: one row a person, one empty column to fill."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from overheard.errors import BadInputError
from overheard.report import csv_of

NAME = "segments.csv"
HEADER = ("your_choice", "segment_now", "proposal", "person", "sentences", "threads", "quote_1", "quote_2", "quote_3",
          "person_id")  # fmt: skip
QUOTES = 3
NOWHERE = "-"
"""Written as a choice: this person is in no segment."""
LONGEST_NAME = 80
"""Characters of a name; more does not fit a heading."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person to sort. `person` is the name they go by in reports, `proposal` a group nobody has judged yet."""

    person_id: str
    person: str
    segment_now: str
    proposal: str
    sentences: int
    threads: int
    quotes: tuple[str, ...]


def write_people(rows: Sequence[PersonRow]) -> bytes:
    """Write the file, `your_choice` left empty."""
    return csv_of(HEADER, [_cells(row) for row in rows])


def _cells(row: PersonRow) -> list[str | int]:
    quotes = [*row.quotes, *[""] * QUOTES][:QUOTES]
    return ["", row.segment_now, row.proposal, row.person, row.sentences, row.threads, *quotes, row.person_id]


def read_choices(
    place: str, content: bytes, known: Mapping[str, str], gone: Collection[str] = ()
) -> dict[str, tuple[int, str]]:
    """Read what a person chose.

    Args:
        place: the file, told in errors.
        content: its bytes, as a spreadsheet may have saved them (comma, semicolon or tab; UTF-8).
        known: person_id and the name in reports → person_id.
        gone: ids of people who were in the market once.

    Returns:
        person_id → (line, choice), for those with a choice; `NOWHERE` is one.

    Raises:
        BadInputError: the file cannot be read, a person is unknown, gone or there twice, or a name is too long.
    """
    chosen: dict[str, tuple[int, str]] = {}
    lines: dict[str, int] = {}
    for line, row in _rows(place, content):
        where = f"{place}:{line}"
        asked = (row["person_id"] or "").strip()
        person = known.get(asked) or known.get((row.get("person") or "").strip())
        if person is None:
            what = "this person is no longer in the market" if asked in gone else f"no person has the id `{asked[:40]}`"
            raise BadInputError(where, what, "delete the line, or write the file again and fill that")
        if person in lines:
            raise BadInputError(where, f"this person stands in line {lines[person]} already", "delete one of the two")
        lines[person] = line
        choice = " ".join((row["your_choice"] or "").split())
        if len(choice) > LONGEST_NAME:
            raise BadInputError(where, f"the name has {len(choice)} characters", f"give it at most {LONGEST_NAME}")
        if choice:
            # Spreadsheets are kept from taking a name for a formula with an apostrophe before it.
            chosen[person] = (line, choice.removeprefix("'") if choice != "'" else choice)
    return chosen


def _rows(place: str, content: bytes) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInputError(f"{place}:{line}", "is not UTF-8 text", "save it as CSV (UTF-8)") from None
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        missing = [name for name in ("your_choice", "person_id") if name not in (reader.fieldnames or ())]
        if missing:
            mend = "keep the first line as it was written"
            raise BadInputError(f"{place}:1", f"no column `{missing[0]}`", mend)
        for row in reader:
            if None in row or row["person_id"] is None:
                what = f"has {'more' if None in row else 'fewer'} fields than the first line"
                raise BadInputError(f"{place}:{reader.line_num}", what, "quote texts that hold commas or quotes")
            yield reader.line_num, row
    except csv.Error as error:
        mend = "save it from a spreadsheet as CSV"
        line = min(reader.line_num + 1, text.count("\n") + 1)  # counted when a line was read without an error
        raise BadInputError(f"{place}:{line}", f"is no CSV ({error})", mend) from None
