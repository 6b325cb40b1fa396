"""Exported rows become posts, and what is wrong with a file is told with its line."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.errors import BadInputError, UnreadableError
from overheard.records import Post
from overheard.rows import read_rows
from overheard.settings import ColumnSettings

COLUMNS = ColumnSettings(text="body", author="who", said_at="at", document="thread", title="name", url="link")
URL = "https://a.example/1"
ONE = {"body": "The oven, again.", "who": "Ida", "at": "2026-05-03", "thread": "t1", "name": "Ovens", "link": URL}
TWO = {"body": "Mine too.", "who": "Jo", "at": "", "thread": "t2", "name": "", "link": ""}


def csv_of(delimiter: str) -> str:
    rows = [list(ONE), *(list(row.values()) for row in (ONE, TWO))]
    return "\n".join(delimiter.join(f'"{value}"' for value in row) for row in rows) + "\n"


def json_of() -> str:
    return json.dumps(ONE) + "\n\n" + json.dumps(TWO | {"at": None}) + "\n"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("a.csv", csv_of(",")),
        ("a.csv", csv_of(";")),
        ("a.tsv", csv_of("\t")),
        ("A.TSV", csv_of("\t")),
        ("a.txt", csv_of("\t")),
        ("a.csv", "sep=;\n" + csv_of(";")),
        ("a.csv", "\n\n" + csv_of(",")),
        ("a.csv", csv_of(",").replace("\n", "\r\n")),
        ("a.csv", csv_of(",").replace("\n", "\r")),
        ("a.jsonl", json_of()),
        ("A.NDJSON", json_of()),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_become_posts_by_document_in_every_format(place: str, text: str, encoding: str) -> None:
    readings = read_rows(place, text.encode(encoding), COLUMNS)
    assert {key: reading.title for key, reading in readings.items()} == {"t1": "Ovens", "t2": "t2"}
    said_at = datetime(2026, 5, 3, tzinfo=UTC)
    assert readings["t1"].posts == (Post("The oven, again.", "Ida", 0, said_at=said_at, url=URL),)
    assert readings["t2"].posts == (Post("Mine too.", "Jo", 0),)


def test_without_a_document_column_the_file_is_the_document() -> None:
    readings = read_rows("a.csv", b"text\none\ntwo\n", ColumnSettings())
    posts = readings["a.csv"].posts
    assert [(post.text, post.position, post.author) for post in posts] == [("one", 0, ""), ("two", 1, "")]


def test_a_quoted_field_may_span_lines() -> None:
    readings = read_rows("a.csv", b'text,who\n"one\r\ntwo, three",Ida\n,Jo\n', ColumnSettings(author="who"))
    assert readings["a.csv"].posts[0].text == "one\ntwo, three"
    assert readings["a.csv"].problems == ((4, "`text` is empty"),)


def test_fields_beyond_the_header_are_told() -> None:
    readings = read_rows("a.csv", b"text,who\nwell, no, never\n", ColumnSettings())
    assert readings["a.csv"].posts[0].text == "well"
    assert [line for line, _ in readings["a.csv"].problems] == [2]


def test_bad_lines_are_told_and_the_others_are_read() -> None:
    lines = ['{"text": "one"}', "{", "[1]", "{}", '{"text": " "}', "[" * 100_000, '{"text": "two"}']
    reading = read_rows("a.jsonl", "\n".join(lines).encode(), ColumnSettings())["a.jsonl"]
    assert [post.text for post in reading.posts] == ["one", "two"]
    assert sorted(line for line, _ in reading.problems) == [2, 3, 4, 5, 6]


def test_half_a_character_is_replaced() -> None:
    reading = read_rows("a.jsonl", b'{"text": "so \\ud83d sad \\ud83d\\ude00"}', ColumnSettings())["a.jsonl"]
    assert reading.posts[0].text == "so \ufffd sad \U0001f600"


@pytest.mark.parametrize(
    ("place", "body", "columns", "told"),
    [
        ("a.csv", b"", ColumnSettings(), "a.csv: is empty"),
        ("a.csv", b"\xef\xbb\xbf\n", ColumnSettings(), "a.csv: is empty"),
        ("a.csv", b"text,who\n", ColumnSettings(), "a.csv: has a header and no row"),
        ("a.csv", b"sep=;\n", ColumnSettings(), "a.csv: has a header and no row"),
        ("a.xlsx", b"PK\x03\x04...", ColumnSettings(), "a.xlsx: is a workbook"),
        ("a.csv", b"body\none\n", ColumnSettings(), "a.csv:1: no column `text`; the columns are `body`"),
        (
            "a.csv",
            b"<!DOCTYPE html>\n<p>one\n",
            ColumnSettings(),
            "a.csv:1: is a web page, not a table; give it a source",
        ),
        ("a.csv", b"sep=;\ntext;b\none;2\n", ColumnSettings(author="who"), "a.csv:2: no column `who`"),
        ("a.csv", b"text,text\none,two\n", ColumnSettings(), "a.csv:1: two columns are called `text`"),
        ("a.jsonl", b'{"text": "one"}\n', ColumnSettings(author="who"), "a.jsonl: no column `who`"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_mend(
    place: str, body: bytes, columns: ColumnSettings, told: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        read_rows(place, body, columns)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize(
    ("text", "said_at"),
    [
        ("2026-05-03", datetime(2026, 5, 3, tzinfo=UTC)),
        ("20260503", datetime(2026, 5, 3, tzinfo=UTC)),
        ("2026-05-03T09:14:00Z", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("2026-05-03 09:14:00+02:00", datetime(2026, 5, 3, 7, 14, tzinfo=UTC)),
        ("2026-05-03 09:14:00 +0200", datetime(2026, 5, 3, 7, 14, tzinfo=UTC)),
        ("2026-05-03 09:14:00 UTC", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("Sun, 03 May 2026 09:14:00 +0000", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("2026/05/03 09:14", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("3 May 2026", datetime(2026, 5, 3, tzinfo=UTC)),
        ("May 3, 2026", datetime(2026, 5, 3, tzinfo=UTC)),
        ("1777799640", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("1777799640.0", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("1777799640000", datetime(2026, 5, 3, 9, 14, tzinfo=UTC)),
        ("2026", None),
        ("03/04/2026", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("yesterday", None),
    ],
)
def test_dates_are_read_where_they_can_mean_one_day_only(text: str, said_at: datetime | None) -> None:
    reading = read_rows("a.tsv", f"text\tat\none\t{text}\n".encode(), ColumnSettings(said_at="at"))["a.tsv"]
    assert reading.posts[0].said_at == said_at
    assert len(reading.problems) == (said_at is None)


PIECES = st.sampled_from(
    ["text", "sep=;", ",", ";", "\t", "\n", "\r", '"', "a", "{", "}", '{"text": "a"}', '"text":', "\0", "\\ud800"]
)
ROWS = st.lists(PIECES, max_size=25).map(lambda pieces: "".join(["text\n", *pieces]).encode())


@given(
    st.sampled_from(["a.csv", "a.tsv", "a.jsonl"]),
    st.one_of(st.binary(max_size=120), ROWS),
)
@settings(max_examples=120, deadline=None)
def test_any_bytes_are_read_or_refused(place: str, body: bytes) -> None:
    try:
        readings = read_rows(place, body, ColumnSettings())
    except BadInputError as refused:
        assert str(refused).startswith(place)
        return
    for reading in readings.values():
        assert all(post.text.strip() and post.text.encode() for post in reading.posts)
        assert [post.position for post in reading.posts] == list(range(len(reading.posts)))
    assert readings


def test_an_empty_file_is_skipped_and_not_a_mistake_in_the_settings() -> None:
    with pytest.raises(UnreadableError):
        read_rows("a.csv", b" \n", ColumnSettings())
