"""Comments under comments: nested in the page's tree or set in from the margin, each knows which it stands under."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from overheard.forums.reader import Content
from overheard.forums.structure.thread import READER
from overheard.records import Page, Post

WORDS = (
    "The dough is too wet today.",
    "Use less water then.",
    "Or stronger flour.",
    "It rose in the end.",
    "Good to hear.",
)
PARENTS = (None, 0, 1, None, 3)
DEPTHS = (0, 1, 2, 0, 1)


def read(inner: str) -> tuple[Post, ...]:
    html = f"<html><head><title>Dough</title></head><body><div id='all'>{inner}</div></body></html>"
    page = Page("https://dough.example/t/3", html.encode(), "text/html", datetime(2022, 6, 1, tzinfo=UTC))
    (reading,) = READER.read(Content(page))
    return reading.posts


def comment(number: int, marks: str = "", before: str = "", inside: str = "") -> str:
    return (
        f"<div class='comment' id='c{number}' {marks}>{before}<a class='author' href='/u/{number}'>baker {number}</a> "
        f"<time datetime='2021-05-0{number + 1}T09:00:00Z'>May {number + 1}</time> <a href='/t/3#c{number}'>link</a>"
        f"<p class='comment-body'>{WORDS[number]}</p>{inside}</div>"
    )


def expected() -> list[str | None]:
    return [None if parent is None else f"https://dough.example/t/3#c{parent}" for parent in PARENTS]


def test_a_comment_nested_in_another_answers_it() -> None:
    posts = read(comment(0, inside=comment(1, inside=comment(2))) + comment(3, inside=comment(4)))
    assert [post.text for post in posts] == list(WORDS)
    assert [post.replies_to for post in posts] == expected()


@pytest.mark.parametrize(
    "marks",
    ["data-depth='{0}'", "style='margin-left: {1}px'", "style='padding-left:{0}.5em;color:red'", "aria-level='{0}'"],
)
def test_a_comment_set_in_further_answers_the_nearest_one_that_is_not(marks: str) -> None:
    posts = read("".join(comment(number, marks.format(depth, 20 * depth)) for number, depth in enumerate(DEPTHS)))
    assert [post.replies_to for post in posts] == expected()


def test_a_comment_whose_class_counts_its_depth_answers_the_nearest_one_above() -> None:
    page = "".join(
        comment(number).replace("'comment'", f"'comment depth-{depth}'") for number, depth in enumerate(DEPTHS)
    )
    assert [post.replies_to for post in read(page)] == expected()


def test_a_picture_of_nothing_sets_comments_in() -> None:
    page = "".join(
        comment(number, before=f"<img src='/s.gif' width='{40 * depth}' height='1'>")
        for number, depth in enumerate(DEPTHS)
    )
    assert [post.replies_to for post in read(page)] == expected()


@pytest.mark.parametrize("marks", ["", "style='margin-left: 10px'", "data-depth='1'"])
def test_posts_one_below_the_other_answer_nobody(marks: str) -> None:
    assert [post.replies_to for post in read("".join(comment(number, marks) for number in range(5)))] == [None] * 5


def test_posts_left_open_do_not_each_answer_the_one_before() -> None:
    page = "".join(comment(number).removesuffix("</div>") for number in range(5))
    assert [post.replies_to for post in read(page)] == [None] * 5
