"""What a page says, in which line, and nothing that its readers do not see."""

from __future__ import annotations

import time

import pytest

from overheard.positioning import CopyLine, read_copy

PAGE = """<!DOCTYPE html>
<html><head><title>Not copy</title><style>p { color: red }</style></head>
<body>
<nav><a href="/">Home</a></nav>
<div class="cookie-banner">We value crumbs. <button>Accept</button></div>
<h1>Bills,<br>paid</h1>
<p>Send a bill. Get
paid by <b>Friday</b>&nbsp;&mdash; or sooner.</p>
<a class="btn big" href="#">Try it</a>
<p hidden>Secret words</p>
<ul><li>One plan<li>Two plans</ul>
<script>if (a < b) { "<p>no</p>" }</script>
<p>We use cookies to improve things.</p>
<footer>© 2031 Someone. All rights reserved.</footer>
</body></html>"""


def test_sentences_headings_and_buttons_are_found_with_their_lines() -> None:
    assert read_copy(PAGE) == (
        CopyLine("Bills, paid", 6, "heading"),
        CopyLine("Send a bill.", 7, "text"),
        CopyLine("Get paid by Friday — or sooner.", 7, "text"),
        CopyLine("Try it", 9, "button"),
        CopyLine("One plan", 11, "text"),
        CopyLine("Two plans", 11, "text"),
    )


def test_plain_text_and_markdown_are_read_as_well() -> None:
    assert read_copy("# Bills\n\nSend one now. It is\neasy.\n- A list\n") == (
        CopyLine("Bills", 1, "heading"),
        CopyLine("Send one now.", 3, "text"),
        CopyLine("It is easy.", 3, "text"),
        CopyLine("A list", 5, "text"),
    )


def test_a_sentence_that_is_said_again_is_told_once() -> None:
    assert [line.line for line in read_copy("<p>Same words</p>\n<p>same words</p>")] == [1]


def test_an_unclosed_menu_ends_with_what_it_stands_in() -> None:
    assert [line.text for line in read_copy("<div><nav>Menu</div><p>Copy</p>")] == ["Copy"]


def test_a_bracket_inside_an_attribute_does_not_end_the_tag() -> None:
    assert [line.text for line in read_copy('<p class="[&>b]:mt-4" title="a > b">Copy</p>')] == ["Copy"]


@pytest.mark.parametrize(
    "page", ["", "<", "<p", "<p><", "<!-- <p>never closed", "<script>never closed", "<p></p></p>", "\0"]
)
def test_broken_pages_say_nothing_and_raise_nothing(page: str) -> None:
    assert read_copy(page) == ()


@pytest.mark.parametrize(
    "unit",
    ["<", "<p><a", "<!--", "<div>", "<p>Ab. ", "Ab. ", "<p>a</p>\n", "<p class='btn ", '<p "', "</p", "<p>&", "a"],
)
def test_hostile_pages_cost_no_more_than_their_length(unit: str) -> None:
    small, large = (_seconds("<p>x" + unit * (size // len(unit))) for size in (25_000, 200_000))
    # Eight times the text; the square of it would take 64 times as long.
    assert large < 30 * max(small, 0.004)


def _seconds(page: str) -> float:
    began = time.process_time()
    read_copy(page)
    return time.process_time() - began
