"""An .xlsx workbook, row by row: its first sheet that holds a header and a row.

Card: cells as they are shown, dates as ISO, formulas as their stored result. Refused: workbooks that would unpack to
more than 300 MB or more than 100 times their size, and old .xls files.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from overheard.errors import UnreadableError
from overheard.rows.sheet import SheetRow, column_names

LARGEST_BYTES = 300_000_000
MOST_PACKED = 100
MEND = "save its sheet as CSV"


def read_workbook(place: str, body: bytes) -> Iterator[SheetRow]:
    """Read the rows of a workbook.

    Args:
        place: the file's name, told in errors.
        body: the file.

    Raises:
        UnreadableError: it is no .xlsx workbook, is packed too tightly, or has no sheet with a header and a row.
    """
    _check_size(place, body)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # Styles and data validation it does not know are no matter of ours.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
            sheets = [[[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    except Exception as error:  # a broken workbook fails in as many ways as it has parts
        raise UnreadableError(place, f"is no readable workbook ({type(error).__name__})", MEND) from None
    for cells in sheets:
        filled = [(number, row) for number, row in enumerate(cells, 1) if any(row)]
        if len(filled) > 1:
            return _rows(filled)
    raise UnreadableError(place, "has no sheet with a header and a row", "export it again")


def _check_size(place: str, body: bytes) -> None:
    try:
        with ZipFile(BytesIO(body)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except BadZipFile:
        raise UnreadableError(place, "is a workbook of an old kind", MEND) from None
    if size > LARGEST_BYTES or size > MOST_PACKED * max(len(body), 10_000):
        raise UnreadableError(place, "unpacks to far more than its size", MEND)


def _rows(filled: list[tuple[int, list[str]]]) -> Iterator[SheetRow]:
    names = column_names(filled[0][1])
    for number, row in filled[1:]:
        yield SheetRow(number, dict(zip(names, row, strict=False)))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
