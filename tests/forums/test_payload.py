"""What fields of strangers' payloads hold."""

from datetime import UTC, datetime

import pytest

from overheard.forums.api_links import address_in, page_after, path_before, sibling_of, with_query
from overheard.forums.payload import (
    count_of,
    html_body,
    id_text_of,
    instant_of,
    line_of,
    markdown_body,
    rows_of,
    text_of,
)

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        1620032400,
        1620032400.0,
        "1620032400",
        1620032400000,
        1620032400000000,
        "2021-05-03T09:00:00Z",
        "2021-05-03T09:00:00.000Z",
        "2021-05-03T11:00:00+02:00",
        "2021-05-03 03:00:00 -0600",
        "2021-05-03 09:00:00 UTC",
        "2021-05-03T09:00:00",
    ],
)
def test_an_instant_is_utc_however_it_is_written(value: object) -> None:
    assert instant_of(value) == NINE


@pytest.mark.parametrize(
    "value",
    [None, True, "", "soon", 0, -5, 7, 1e400, float("nan"), 10**400, "9" * 400, [], {}, "0001-01-01T00:00:00+23:59"],
)
def test_what_is_no_instant_is_none(value: object) -> None:
    assert instant_of(value) is None


@pytest.mark.parametrize(
    ("value", "count", "name", "line"),
    [
        (7, 7, "7", ""),
        (True, None, "", ""),
        (-1, None, "-1", ""),
        (" a\n b ", None, "a\n b", "a b"),
        (None, None, "", ""),
    ],
)
def test_a_value_of_another_type_is_nothing(value: object, count: int | None, name: str, line: str) -> None:
    assert (count_of(value), id_text_of(value), line_of(value)) == (count, name, line)


def test_half_a_character_is_one_that_can_be_stored() -> None:
    assert (text_of("a\ud83d"), line_of("é\udc00 b"), text_of("\U0001f600")) == ("a?", "é? b", "\U0001f600")


def test_rows_are_the_objects_of_a_list() -> None:
    assert rows_of([{"a": 1}, None, [], "x"]) == [{"a": 1}]
    assert rows_of({"a": 1}) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> a\n> b\n\nc", ["> a\n> b"]),
        ("Ann wrote:\n\n> a\n\nc", ["Ann wrote:\n\n> a"]),
        ("c\n\n> a\n\n> b\n\nd\n> e", ["> a\n\n> b", "> e"]),
        (">!a!<", []),
        ("```\n> a\n```\n> b", ["> b"]),
        ("~~~~\n```\n> a\n~~~\n> b\n~~~~\n> c", ["> c"]),
        ("    > a", []),
    ],
)
def test_quoted_lines_of_markdown_are_not_own(text: str, quoted: list[str]) -> None:
    body = markdown_body(text)
    assert body is not None
    assert [body.text[slice(*span)] for span in body.not_own] == quoted


@pytest.mark.parametrize("value", [None, 5, "", "  ", "<img src='x'>", "<!-- a -->"])
def test_html_without_a_word_is_no_text(value: object) -> None:
    assert html_body(value) is None


@pytest.mark.parametrize(
    ("base", "link", "address"),
    [
        ("https://a.example/b/c", "/d?e#f", "https://a.example/d?e#f"),
        ("file.json", "/d", ""),
        ("file.json", "https://a.example/d", "https://a.example/d"),
        ("https://a.example/", "http://[", ""),
        ("https://a.example/", "javascript:alert(1)", ""),
        ("https://a.example/", None, ""),
        ("http://[", "/d", ""),
    ],
)
def test_a_link_leads_to_a_web_address_or_nowhere(base: str, link: object, address: str) -> None:
    assert address_in(base, link) == address


def test_a_query_is_changed_and_the_rest_is_kept() -> None:
    assert with_query("https://a.example/b?c=1&d=", {"c": "2,3"}) == "https://a.example/b?d=&c=2,3"
    assert with_query("file.json", {"c": "2"}) == ""
    assert sibling_of("https://a.example/b?c=1", "/d") == "https://a.example/d"


@pytest.mark.parametrize(
    ("url", "after"),
    [
        ("https://a.example/b", "https://a.example/b?page=2"),
        ("https://a.example/b?page=9", "https://a.example/b?page=10"),
        ("https://a.example/b?page=last", ""),
        ("https://a.example/b?page=" + "9" * 50, ""),
    ],
)
def test_pages_are_counted_by_their_query(url: str, after: str) -> None:
    assert page_after(url) == after


def test_what_stands_before_a_part_of_the_path_is_the_home() -> None:
    assert path_before("https://a.example/sub/api/b/api/c", "/api/") == "https://a.example/sub"
    assert path_before("https://a.example/b", "/api/") is None
    assert path_before("api/b", "/api/") is None
