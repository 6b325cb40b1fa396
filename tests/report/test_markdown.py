import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from overheard.report import render_report
from overheard.report.escaping import escaped
from tests.report.make_findings import make_findings, make_settings
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
    assert cells == 2 * 9 + 1 * 9 + 1 * 10


def lines_of(findings):
    return render_report(findings)["report.md"].decode().splitlines()


def test_one_person_less_changes_numbers_and_nothing_else():
    before = lines_of(make_findings())
    roles = [replace(one, role="staff") if one.person_id == "p13" else one for one in make_findings().roles]
    after = lines_of(make_findings(roles=roles))
    assert len(before) == len(after)
    changed = [
        (line, other)
        for line, other in zip(before, after, strict=True)
        if line != other and not line.startswith(("- apiary: ", "- smokers: ", "- visits: "))
    ]
    assert changed
    assert [pair for pair in changed if len({re.sub(r"\d+(\.\d+)?", "", line) for line in pair}) > 1] == []


def test_a_pain_that_falls_behind_moves_a_line_and_not_its_section():
    everybody = make_settings(privacy={"smallest_group": 1})
    lost = {one.signal_id for one in make_findings().signals if one.person_id in {"p05", "p06"}}
    placements = [one for one in make_findings().placements if one.signal_id not in lost]
    before = lines_of(make_findings(settings=everybody))
    after = lines_of(make_findings(settings=everybody, placements=placements))
    ranks = [[line.rpartition(": ")[2] for line in night if re.match(r"- \d+ of 13 people: ", line)]
             for night in (before, after)]  # fmt: skip
    assert ranks[0] == ["hive log, notes, paper", "mite count, strips, wash", "swarming"]
    assert ranks[1] == ["mite count, strips, wash", "hive log, notes, paper", "swarming"]
    headings = [[line for line in night if line.startswith("#")] for night in (before, after)]
    assert headings[0] == headings[1]
