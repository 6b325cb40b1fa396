"""Layouts that differ from site to site: nesting, suggestions, comments, numbers, what machines are told."""

import json
from datetime import UTC, datetime

from overheard.forums import read_page
from overheard.records import Page, Post

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
WORDS = (
    "The pump starts and then stops again after a minute.",
    "Did you clean the filter before you put it back?",
    "Twice, and it still stops as soon as the tank is half full.",
)


def read(inner: str, head: str = "") -> tuple[Post, ...]:
    html = f"<html><head><title>Pump</title>{head}</head><body><div id='all'>{inner}</div></body></html>"
    (reading,) = read_page(Page("https://wells.example/t/3", html.encode(), "text/html", FETCHED))
    return reading.posts


def post(number: int, words: str, printed: str = "", name: str = "", nested: str = "") -> str:
    link = name or f"<a class='username' href='/members/{number}'>user {'abcdefgh'[number]}</a>"
    return (
        f"<div class='post' id='post-{number}'><div class='head'>{link}{printed}"
        f" <time datetime='2021-05-0{number + 1}T09:00:00Z'>May {number + 1}</time></div>"
        f"<div class='message-body'>{words}</div>{nested}</div>"
    )


def thread(*printed: str) -> str:
    marks = printed or ("",) * len(WORDS)
    return "".join(post(number, words, mark) for number, (words, mark) in enumerate(zip(WORDS, marks, strict=True)))


def test_posts_of_a_later_page_keep_the_places_the_page_prints() -> None:
    posts = read(thread("<a href='#post-0'>#21</a>", "<a href='#post-1'>#22</a>", "<a href='#post-2'>#24</a>"))
    assert [post.position for post in posts] == [20, 21, 23]


def test_ids_of_the_whole_board_are_not_taken_for_places_in_the_thread() -> None:
    posts = read(thread("<a href='#post-0'>#1715</a>", "<a href='#post-1'>#1822</a>", "<a href='#post-2'>#1960</a>"))
    assert [post.position for post in posts] == [0, 1, 2]


def test_a_post_with_answers_nested_in_it_keeps_its_own_name_and_words() -> None:
    posts = read(post(0, WORDS[0], nested=post(1, WORDS[1], nested=post(2, WORDS[2]))))
    assert [(post.author, post.text) for post in posts] == list(zip(["user a", "user b", "user c"], WORDS, strict=True))


def test_a_question_marked_otherwise_than_its_answers_is_read_with_them() -> None:
    question = post(3, "How deep must the intake hang?").replace("message-body", "question-body")
    assert [post.text for post in read(question + thread())] == ["How deep must the intake hang?", *WORDS]


def test_suggested_threads_below_the_posts_are_no_posts() -> None:
    rows = "".join(
        f"<li><h4><a href='/t/9{number}'>Another thread about {word}</a></h4><div class='post' id='post-{number}'>"
        f"<a class='username' href='/members/{number}'>user x</a> <time datetime='2020-01-01T09:00:00Z'>Jan</time>"
        f"<div class='message-body'>About {word}.</div></div></li>"
        for number, word in enumerate(["wells", "hoses", "tanks"], 5)
    )
    assert [post.text for post in read(f"<div>{thread()}</div><ul>{rows}</ul>")] == list(WORDS)


def test_a_name_inside_a_quotation_is_not_the_author() -> None:
    quote = "<blockquote class='quote'><a class='username' href='/members/7'>somebody</a> said: no</blockquote>"
    posts = read(thread().replace(WORDS[1], quote + WORDS[1]))
    assert [post.author for post in posts] == ["user a", "user b", "user c"]


def test_a_name_and_date_inside_the_same_element_as_the_words_are_left_out_of_the_text() -> None:
    rows = "".join(
        f"<tr><td><a class='username' href='/u/{number}'>user {name}</a> {words} "
        f"<small><span class='date'>{number + 1} May 2021</span></small></td></tr>"
        for number, (name, words) in enumerate(zip("abc", WORDS, strict=True))
    )
    posts = read(f"<table>{rows}</table>")
    assert [post.text for post in posts] == list(WORDS)
    assert [post.said_at.day if post.said_at else None for post in posts] == [1, 2, 3]


def test_what_the_page_does_not_show_is_filled_in_from_what_it_tells_machines() -> None:
    told = {
        "@type": "DiscussionForumPosting",
        "comment": [{"text": WORDS[1], "author": {"name": "Told Name"}, "datePublished": "2021-05-02T09:00:00Z"}],
    }
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    anonymous = post(0, WORDS[0]) + post(1, WORDS[1], name="<i>–</i>") + post(2, WORDS[2])
    assert [post.author for post in read(anonymous, head)] == ["user a", "Told Name", "user c"]
    assert [post.author for post in read(anonymous)] == ["user a", "", "user c"]


def test_machine_data_that_is_no_json_does_no_harm() -> None:
    assert len(read(thread(), "<script type='application/ld+json'>{broken</script>")) == 3
