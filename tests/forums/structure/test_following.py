"""Where boards and threads lead, what changes when a thread has a new post, and what is no thread."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from overheard.forums import follow_page
from overheard.records import Links, Page

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
BOARD = "https://kites.example/viewforum.php?f=4"
TITLES = ("Line snaps in the wet", "Which spars for a delta?", "Flying in fog", "A tail of ribbons")


def follow(inner: str, url: str = BOARD, head: str = "") -> Links:
    html = f"<html><head><title>Kites</title>{head}</head><body><div id='wrap'>{inner}</div></body></html>"
    return follow_page(Page(url, html.encode(), "text/html", FETCHED))


def row(number: int, answers: int = 3, views: int = 90, last: int = 500, kind: str = "topic") -> str:
    when = f"{number + 1} May 2022, 10:1{number}"
    return (
        f"<tr class='{kind}'><td><a class='topictitle' href='viewtopic.php?f=4&amp;t={10 + number}&amp;sid=ab{views}'>"
        f"{TITLES[number]}</a> [ <a href='viewtopic.php?f=4&amp;t={10 + number}&amp;start=15'>2</a> ]</td>"
        f"<td>{answers}</td><td><a href='memberlist.php?mode=viewprofile&amp;u={number}'>flyer {number}</a></td>"
        f"<td>{views}</td><td>{when}<br><a href='memberlist.php?mode=viewprofile&amp;u=9'>nine</a> "
        f"<a href='viewtopic.php?f=4&amp;p={last + number}#p{last + number}'><img src='last.gif'></a></td></tr>"
    )


def board(rows: str) -> str:
    head = "<tr><th>Topics</th><th>Replies</th><th>Author</th><th>Views</th><th>Last post</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


SUB_BOARDS = (
    "<table><tr><th>Forum</th><th>Topics</th><th>Posts</th><th>Last post</th></tr>"
    + "".join(
        f"<tr><td><a class='forumtitle' href='viewforum.php?f={number}'>Board of {word}</a></td><td>{number}12</td>"
        f"<td>{number}345</td><td>3 May 2022 <a class='username' href='memberlist.php?mode=viewprofile&amp;u=2'>ann</a>"
        f" <a href='viewtopic.php?p={number}77#p{number}77'>{TITLES[number - 6]}</a></td></tr>"
        for number, word in enumerate(("box kites", "deltas", "reels"), 6)
    )
    + "</table>"
)


def test_a_board_leads_to_its_threads_and_to_nothing_else() -> None:
    links = follow(SUB_BOARDS + board(row(0, kind="sticky") + row(1) + row(2) + row(3)))
    assert [link.url for link in links.threads] == [
        f"https://kites.example/viewtopic.php?f=4&t={number}" for number in (10, 11, 12, 13)
    ]
    assert links.more == ()


def test_a_list_of_boards_lists_no_threads() -> None:
    assert follow(SUB_BOARDS).threads == ()


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({"answers": 4}, True),
        ({"last": 900}, True),
        ({"views": 95}, False),
        ({}, False),
    ],
)
def test_a_mark_changes_with_a_new_post_and_not_with_a_new_reader(change: dict[str, int], is_news: bool) -> None:
    before = follow(board(row(0) + row(1) + row(2)))
    after = follow(board(row(0, **change) + row(1) + row(2)))  # type: ignore[arg-type]
    assert before.threads[0].mark
    assert (before.threads[0].mark != after.threads[0].mark) == is_news
    assert before.threads[1:] == after.threads[1:]


def cards(when: str, answers: str = "{n} replies") -> str:
    return "".join(
        f"<div class='card'><h3><a href='/d/{20 + number}-{title.split()[0].lower()}'>{title}</a></h3>"
        f"<p>by <a class='author' href='/u/{number}'>flyer {number}</a>, {when}</p>"
        f"<span>{answers.format(n=number)}</span></div>"
        for number, title in enumerate(TITLES)
    )


def test_a_relative_date_is_no_mark_since_it_changes_by_itself() -> None:
    today = follow(cards("2 hours ago"), "https://kites.example/latest")
    later = follow(cards("3 hours ago"), "https://kites.example/latest")
    assert [link.mark for link in today.threads] == ["0 answers", "1 answers", "2 answers", "3 answers"]
    assert today == later


def test_the_date_of_the_last_post_is_a_mark_where_no_link_leads_to_it() -> None:
    links = follow(cards("3 May 2022, 10:14", ""), "https://kites.example/latest")
    assert links.threads[0].mark == "2022-05-03T10:14:00+00:00"


def test_threads_are_told_by_their_addresses_whatever_their_words() -> None:
    rows = board(row(0) + row(1) + row(2)).replace(
        "viewtopic.php?f=4&amp;t=11&amp;sid=ab90", "/register-your-kite-help/t-11"
    )
    assert "https://kites.example/register-your-kite-help/t-11" in {link.url for link in follow(rows).threads}


POSTS = "".join(
    f"<div class='post' id='p{number}'><a class='username' href='/members/{number}'>flyer {number}</a> "
    f"<time datetime='2022-05-0{number}T09:00:00Z'>May</time> <a href='#p{number}'>#{number}</a>"
    f"<div class='post-body'>Words about lines and wind, said by number {number}.</div></div>"
    for number in (1, 2, 3)
)


def test_a_thread_lists_no_threads_even_with_similar_ones_below_it() -> None:
    links = follow(POSTS + "<h3>Similar threads</h3>" + board(row(0) + row(1) + row(2)), "https://kites.example/t/7")
    assert links.threads == ()


@pytest.mark.parametrize(
    ("url", "pager", "pages"),
    [
        (
            "t/7",
            "<b>1</b> <a href='/t/7?page=2'>2</a> <a href='/t/7?page=3'>3</a> … <a href='/t/7?page=9'>9</a>",
            [2, 3],
        ),
        ("t/7?page=2", "<a href='/t/7'>1</a> <b>2</b> <a href='/t/7?page=3'>3</a> <a href='/t/7?page=3'>Next</a>", [3]),
        ("t/7?page=2", "<a href='/t/7'>1</a> <b>2</b> <a href='/t/7?sort=new'>Newest</a>", []),
        ("t/7", "Page 1 of 9 <a href='/t/7?page=9'>Last</a> <a href='/t/7?page=2'>Weiter »</a>", [2]),
        ("t/7", "<a rel='next' href='/t/7?page=2'><img src='r.gif'></a>", [2]),
        ("t/7", "<a href='/t/8'>Next</a> <a href='/print/7?page=2'>2</a> <a href='/members/2'>2</a>", []),
        ("t/7?page=1", "<a href='/t/7?page=1' class='current'>1</a> <a href='/t/7?page=2'>2</a>", [2]),
    ],
)
def test_a_thread_leads_to_its_pages_after_this_one_as_far_as_they_are_listed(
    url: str, pager: str, pages: list[int]
) -> None:
    links = follow(f"{POSTS}<div class='pager'>{pager}</div>", f"https://kites.example/{url}")
    assert list(links.more) == [f"https://kites.example/t/7?page={number}" for number in pages]


@pytest.mark.parametrize(
    ("here", "following"),
    [
        ("/forum/index.php?board=18.0", "/forum/index.php?board=18.20"),
        ("/viewforum.php?f=4", "/viewforum.php?f=4&start=25"),
        ("/threads/line.405/", "/threads/line.405/page-2"),
        ("/f42-kites", "/f42-kites-2.html"),
        ("/103-929/", "/103-929/index2.html"),
        ("/categories/help/p6", "/categories/help/p7"),
        ("/forum/kites/page/2/", "/forum/kites/page/3/"),
        ("/topic/146/1/line-snaps", "/topic/146/2/line-snaps"),
    ],
)
def test_pages_are_numbered_in_the_ways_of_many_engines(here: str, following: str) -> None:
    links = follow(f"{POSTS}<p><a href='{following}'>Next page</a></p>", f"https://kites.example{here}")
    assert links.more == (f"https://kites.example{following}",)


def test_links_are_relative_to_the_base_the_page_names() -> None:
    links = follow(f"{POSTS}<a rel='next' href='t/7?page=2'>2</a>", "https://kites.example/t/7", "<base href='/'>")
    assert links.more == ("https://kites.example/t/7?page=2",)


@pytest.mark.parametrize("inner", ["", "<a href='http://[broken'>Next</a>", "<a href='javascript:x(2)'>2</a>", "words"])
def test_a_page_that_leads_nowhere_breaks_nothing(inner: str) -> None:
    assert follow(inner) == Links()


def test_a_file_without_an_address_leads_nowhere() -> None:
    assert follow(board(row(0) + row(1) + row(2)), "board.html") == Links()
