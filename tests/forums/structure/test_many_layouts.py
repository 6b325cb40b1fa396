"""Invented talks in twelve languages, in layouts after those of many engines and of sites of their own."""

from __future__ import annotations

import pytest

from overheard.errors import UnreadableError
from overheard.forums.reader import Content
from overheard.forums.structure.thread import READER
from overheard.records import Page, Post
from tests.forums.structure.threads.make_threads import FETCHED, LAYOUTS, Said, make_thread

AMBIGUOUS = {"mybb_classic"}
"""These print day and month as numbers, and nothing on the page tells which is which."""
NEED_THREE = {
    *("burning_board2", "cgi_hr", "gnuboard_comments", "guestbook_lines", "hashed_modules", "list_no_dates"),
    *("name_cell_left", "plain_pre_mails", "rows_of_three", "smf1_tables", "snitz_asp", "vbulletin3_arabic"),
    *("blogger_dl", "wwwboard_hr", "yaf_dotnet", "question2answer", "news_comments", "discuz"),
}
"""Without marks that tell a text from a menu, two posts repeat too little."""
MONOLOGUE = {"guestbook_lines"}
"""A name without a mark that never changes is taken for a label."""
OPENED_UNMARKED = {"gnuboard_comments"}
"""The text that opens the thread is in no element that differs in kind from the boxes around it."""


def read(page: str) -> tuple[Post, ...]:
    content = Content(Page("https://any.example/t/7", page.encode(), "text/html; charset=utf-8", FETCHED))
    (reading,) = READER.read(content)
    return reading.posts


def told(posts: tuple[Post, ...], dated: bool) -> list[Said]:
    return [Said(post.text, post.author, post.said_at if dated else None) for post in posts]


def as_shown(said: list[Said], dated: bool) -> list[Said]:
    return [Said(one.text, one.author, one.said_at if dated else None) for one in said]


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - MONOLOGUE - OPENED_UNMARKED))
def test_every_post_of_a_page_is_read_with_its_words_its_author_and_its_date(name: str) -> None:
    page, said = make_thread(name, 6)
    dated = name not in AMBIGUOUS
    assert told(read(page), dated) == as_shown(said, dated)


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - NEED_THREE))
def test_two_posts_are_enough_where_they_are_marked(name: str) -> None:
    page, said = make_thread(name, 2)
    assert told(read(page), dated=False) == as_shown(said, dated=False)


def test_a_page_with_more_elements_than_any_thread_is_refused_before_it_takes_minutes() -> None:
    page, _ = make_thread("mybb_classic", 3)
    with pytest.raises(UnreadableError, match="larger than any page of a thread"):
        read(page.replace('<div id="posts">', '<div id="posts">' + "<i>a</i>" * 26_000))


def test_posts_of_a_single_word_are_posts() -> None:
    towns = ("Ghent", "Tartu", "Urbino", "Odense", "Evora", "Aarhus")
    items = "".join(
        f"<li class='message' id='post-{number}' data-author='walker {number}'><h3 class='userText'>"
        f"<a class='username' href='members/walker.{number}/'>walker {number}</a></h3>"
        f"<article><blockquote class='messageText ugc'>{town}</blockquote></article>"
        f"<a class='datePermalink' href='posts/{number}/'>May {number}, 2021</a></li>"
        for number, town in enumerate(towns, 1)
    )
    posts = read(f"<html><head><title>A game</title></head><body><div id='all'><ol>{items}</ol></div></body></html>")
    assert [(post.text, post.author) for post in posts] == [
        (town, f"walker {number}") for number, town in enumerate(towns, 1)
    ]
