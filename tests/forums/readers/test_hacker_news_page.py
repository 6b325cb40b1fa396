"""What Hacker News' item pages say, in the markup of 2012 and of today."""

import pytest

from tests.forums.readers.engine_pages import not_own, read_html, read_saved, shown

ITEM = "https://news.example/item?id=100"
YEARS = ("2012", "2024")


@pytest.mark.parametrize("year", YEARS)
def test_the_question_and_its_comments_are_posts_without_buttons(year: str) -> None:
    reading = read_saved(f"hacker_news/{year}.html", ITEM)
    assert reading.title == "Ask: why is my oven slow?"
    assert [(post.author, post.text) for post in reading.posts] == [
        ("ann", "It takes an hour to heat.\n\nAny idea?"),
        ("bo", "Check the seal."),
        ("ann", "> Check the seal.\n\nIt is new."),
        ("cy", "Mine is slow too."),
    ]


@pytest.mark.parametrize("year", YEARS)
def test_indentation_tells_which_comment_is_answered(year: str) -> None:
    posts = read_saved(f"hacker_news/{year}.html", ITEM).posts
    assert [post.url for post in posts] == [f"https://news.example/item?id={number}" for number in (100, 101, 102, 103)]
    assert [post.replies_to for post in posts] == [None, posts[0].url, posts[1].url, posts[0].url]


@pytest.mark.parametrize("year", YEARS)
def test_a_line_that_begins_as_a_quotation_is_not_own(year: str) -> None:
    assert not_own(read_saved(f"hacker_news/{year}.html", ITEM).posts[2]) == ["> Check the seal."]


def test_the_date_for_machines_goes_before_the_printed_one() -> None:
    posts = read_saved("hacker_news/2024.html", ITEM).posts
    assert [shown(post)[1] for post in posts] == [
        "2024-05-02 12:00",
        "2024-05-03 09:00",
        "2024-05-03 10:00",
        "2024-05-03 11:00",
    ]


COMMENT = """<html><head><title>{title} | Hacker News</title></head><body>
<table class="fatitem"><tr class="athing" id="7">
<td class="ind"></td><td class="default"><div><span class="comhead"><a href="user?id=bo" class="hnuser">bo</a>
<span class="age" title="2024-05-03T09:00:00"><a href="item?id=7">1 day ago</a></span>
<span class="navs"> | <a href="item?id=5">parent</a> | <a href="item?id=1">context</a></span>
<span class="onstory"> | on: <a href="item?id=1">Slow ovens</a></span></span></div><br>
<div class="comment"><div class="commtext c00">Check the seal.</div></div></td></tr></table></body></html>"""


def test_a_comment_with_a_page_of_its_own_names_its_parent() -> None:
    (post,) = read_html(COMMENT.format(title="Check the seal."), "https://news.example/item?id=7").posts
    assert (post.url, post.replies_to) == ("https://news.example/item?id=7", "https://news.example/item?id=5")
