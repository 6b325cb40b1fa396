"""The same talk, whatever the bytes: with the encoding declared, declared wrongly, and not at all."""

from __future__ import annotations

import re

import pytest

from overheard.forums.decoding import decode_body
from overheard.records import Page
from tests.forums.structure.threads.make_threads import FETCHED, make_thread

CASES = [
    ("ipb2_russian", "windows-1251"),
    ("ipb2_russian", "koi8-r"),
    ("tieba_like", "gb18030"),
    ("tieba_like", "big5"),
    ("textboard_dl", "shift_jis"),
    ("textboard_dl", "euc-jp"),
    ("textboard_dl", "iso-2022-jp"),
    ("gnuboard_comments", "euc-kr"),
    ("guestbook_table", "cp1252"),
    ("dl_pairs", "iso-8859-15"),
    ("minibb", "iso-8859-2"),
    ("minibb", "windows-1250"),
    ("flat_headings", "windows-1254"),
    ("vbulletin3_arabic", "windows-1256"),
    ("hebrew_custom", "iso-8859-8"),
]


@pytest.mark.parametrize("told", ["in the header", "in the page", "nowhere", "wrongly"])
@pytest.mark.parametrize(("name", "encoding"), CASES)
def test_the_words_are_the_same_in_every_encoding(name: str, encoding: str, told: str) -> None:
    page = re.sub("<meta charset[^>]*>", "", make_thread(name, 5)[0])
    if told == "in the page":
        page = page.replace("<head>", f"<head><meta http-equiv='Content-Type' content='text/html; charset={encoding}'>")
    charset = {"in the header": f"; charset={encoding}", "wrongly": "; charset=utf-8"}.get(told, "")
    body = page.encode(encoding, "ignore")
    assert decode_body(Page("t.html", body, f"text/html{charset}", FETCHED)) == body.decode(encoding)


def test_letters_of_windows_are_read_where_a_page_of_mostly_ascii_says_it_is_utf8() -> None:
    body = ("<p>" + "plain words " * 40 + "50 € für Käse</p>").encode("cp1252")
    assert decode_body(Page("t.html", body, "text/html; charset=utf-8", FETCHED)).endswith("50 € für Käse</p>")
