import datetime
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from overheard.errors import UnreadableError
from overheard.rows import read_workbook


def workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def test_the_first_sheet_with_rows_is_read_as_it_is_shown():
    when = datetime.datetime(2026, 5, 4, 10, 30)
    body = workbook([["only a title"]], [[], ["When", "Rating", "Note", None], [when, 5.0, "=1+1", ""], [None] * 4])
    (row,) = read_workbook("a.xlsx", body)
    assert row.line == 3
    # A formula nobody computed has no result.
    assert row.values == {"When": "2026-05-04T10:30:00", "Rating": "5", "Note": "", "column 4": ""}


def bomb():
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return body.getvalue()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\xd0\xcf\x11\xe0old", "old kind"),
        (b"PK\x03\x04cut short", "old kind"),
        (workbook([["only a header"]]), "no sheet with a header and a row"),
        (bomb(), "far more than its size"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_mend(body, why):
    with pytest.raises(UnreadableError, match=why):
        list(read_workbook("a.xlsx", body))


def test_a_zip_that_is_no_workbook_is_told():
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as packed:
        packed.writestr("note.txt", "nothing")
    with pytest.raises(UnreadableError, match="no readable workbook"):
        list(read_workbook("a.xlsx", body.getvalue()))
