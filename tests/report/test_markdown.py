import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from overheard.report import render_report
from overheard.report.markdown import escaped
from tests.report.make_findings import make_findings
from tests.report.properties import PROPERTY
from tests.report.test_pages import PAYLOADS, poison

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown):
    """Return what a reader of CommonMark sees, and the kinds of markup in it."""
    tokens = [token for block in READER.parse(markdown) for token in (block.children or [block])]
    return "".join(token.content for token in tokens), {token.type for token in tokens}


@pytest.mark.parametrize(
    "text",
    ["# head", "- item", "+ item", "1. item", "2) item", "> quote", "***", "===", "a*b*c", "_x_", "`code`", "~~x~~",
     "[x](https://a.example)", "![x](y)", "<b>x</b>", "&amp; &copy;", "a|b", "\\", "$x$", "    code", "https://a.example",
     "[x]: https://a.example", "x\n# y", "<https://a.example>", "#", "-", "=", "1.", "\\*x\\*"],
)  # fmt: skip
def test_markdown_shows_text_as_it_is(text):
    content, kinds = shown(escaped(text))
    assert content == " ".join(text.split())
    assert kinds <= {"paragraph_open", "text", "text_special", "paragraph_close"}


@PROPERTY
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60))
def test_any_text_is_text_on_one_line(text):
    line = escaped(text)
    assert "\n" not in line
    assert shown(line)[1] <= {"paragraph_open", "text", "text_special", "paragraph_close"}


@pytest.mark.parametrize("name", ["report.md", "sheets.md"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_anybody_wrote_becomes_markdown(payload, name):
    markdown = render_report(poison(payload))[name].decode()
    content, kinds = shown(markdown)
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
    links = [token.attrs["href"] for block in READER.parse(markdown) for token in block.children or [] if token.attrs]
    assert all(re.match("https?://", link) for link in links)
    assert " ".join(payload.split()) in content


def test_a_table_keeps_its_columns():
    terms = [replace(one, text="a | b") for one in make_findings().terms]
    blocks = READER.parse(render_report(make_findings(terms=terms))["report.md"].decode())
    cells = [block.type for block in blocks].count("td_open")
    rows = [block.type for block in blocks].count("tbody_open")
    assert rows == 3
    assert cells == 2 * 4 + 1 * 4 + 1 * 5


def test_two_nights_differ_only_where_something_happened():
    before = render_report(make_findings())["report.md"].decode().splitlines()
    roles = [replace(one, role="staff") if one.person_id == "p13" else one for one in make_findings().roles]
    after = render_report(make_findings(roles=roles))["report.md"].decode().splitlines()
    assert len(before) == len(after)
    changed = [line for line, other in zip(before, after, strict=True) if line != other]
    assert all("people" in line or "post" in line or "thread" in line or line.startswith("|") for line in changed)
