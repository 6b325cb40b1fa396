"""Customers' files as people have them: every row comes out, and free text is told from fields."""

from __future__ import annotations

import io

import pytest

from overheard.errors import BadInputError, UnreadableError
from overheard.rows import SheetRow, read_sheet, survey, text_of


def rows_of(text: str, place: str = "crm.csv") -> list[SheetRow]:
    return list(read_sheet(place, io.StringIO(text)))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("crm.csv", "id,note\n1,late\n2,early\n"),
        ("crm.csv", "id;note\n1;late\n2;early"),
        ("crm.csv", "sep=;\nid;note\n1;late\n2;early\n"),
        ("crm.csv", "\n\nid|note\n1|late\n\n2|early\n"),
        ("crm.tsv", "id\tnote\n1\tlate\n2\tearly\n"),
        ("crm.jsonl", '{"id": 1, "note": "late"}\n\n{"id": "2", "note": "early"}\n'),
        ("crm.csv", "id,note\n1,la\0te\n2,early\n"),
    ],
)
def test_rows_come_as_columns_by_name(place: str, text: str) -> None:
    assert [dict(row.values) for row in rows_of(text, place)] == [
        {"id": "1", "note": "late"},
        {"id": "2", "note": "early"},
    ]


def test_a_quoted_cell_may_span_lines_and_the_line_told_is_where_the_row_ends() -> None:
    (first, second) = rows_of('id,note\n1,"two\nlines, ""quoted"""\n2,x\n')
    assert (first.line, first.values["note"], second.line) == (3, 'two\nlines, "quoted"', 4)


def test_rows_of_too_many_or_too_few_fields_come_out_with_their_problem() -> None:
    rows = rows_of("id,note\n1\n2,b,c\n3,d\n")
    assert [bool(row.problem) for row in rows] == [True, True, False]
    assert [row.values["id"] for row in rows] == ["1", "2", "3"]


def test_lines_that_are_no_json_come_out_with_their_problem() -> None:
    rows = rows_of('{"id": 1}\nnot json\n[1]\n{"id": 2, "deep": {"a": [1]}}\n', "crm.jsonl")
    assert [row.problem for row in rows] == ["", "is no JSON", "is no JSON object", ""]
    assert rows[3].values == {"id": "2", "deep": '{"a": [1]}'}


def test_a_quote_that_is_never_closed_names_its_row() -> None:
    with pytest.raises(BadInputError, match=r"crm.csv:3: a quote is opened"):
        rows_of('id,note\n1,fine\n2,"never closed\n3,lost\n4,lost too\n')


def test_a_megabyte_in_one_cell_is_read() -> None:
    (row,) = rows_of(f'id,note\n1,"{"word " * 200_000}"\n')
    assert len(row.values["note"]) == 1_000_000


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is empty"):
        rows_of("\n \n")


def test_columns_of_one_name_are_told_apart() -> None:
    (row,) = rows_of("id,note,note,\n1,a,b,c\n")
    assert dict(row.values) == {"id": "1", "note": "a", "note (2)": "b", "column 4": "c"}


def test_free_text_is_what_people_write_not_titles_picks_or_ids() -> None:
    picks = ["I signed up because a friend of mine told me", "I signed up because I saw it in some advert"]
    lines = [f"{n},Head of Sales,{picks[n % 2]},Shelf {n} cracked again while it was cooling down\n" for n in range(60)]
    found = survey(read_sheet("crm.csv", io.StringIO("id,title,why,ticket\n" + "".join(lines))))
    assert (found.rows, found.problems) == (60, 0)
    assert found.free_text == ("ticket",)
    assert found.unique[0] == "id"


def test_a_column_with_a_repeated_or_empty_value_tells_no_rows_apart() -> None:
    found = survey(read_sheet("crm.csv", io.StringIO("a,b,c\n1,x,\n1,y,z\n")))
    assert found.unique == ("b",)


def test_the_text_of_a_row_is_its_declared_columns_alone() -> None:
    row = SheetRow(2, {"title": "CFO", "note": " late ", "ticket": "", "survey": "never"})
    assert text_of(row, ["note", "ticket", "survey"]) == "late\nnever"
