"""What question pages say: Stack Exchange's, of two generations, and Askbot's."""

import pytest

from tests.forums.readers.engine_pages import read_html, read_saved, shown

ASKED = "https://baking.example/questions/5/why-does-my-bread-sink"
ASKBOT = "https://ask.example/question/5/why/"
TEXTS = ["It rises and then it sinks.\n\nWhy?", "Which flour?", "Too much water."]


@pytest.mark.parametrize("year", ["2014", "2024"])
def test_question_answers_and_comments_are_posts_in_the_order_of_the_page(year: str) -> None:
    reading = read_saved(f"stack_exchange/{year}.html", ASKED)
    question, answer = ASKED, "https://baking.example/a/6"
    assert reading.title == "Why does my bread sink?"
    assert [post.text for post in reading.posts] == [*TEXTS, "@user77 That was it."]
    assert [shown(post) for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", None, ""),
        ("bo", "2021-05-03 09:30", question, ""),
        ("user77", "2021-05-03 10:00", question, ""),
        ("cy", "2021-05-03 11:00", answer, "Moderator"),
    ]
    assert [post.url for post in reading.posts] == [question, f"{ASKED}#comment21_5", answer, f"{ASKED}#comment22_6"]


def test_a_question_repeated_on_a_further_page_has_one_address() -> None:
    assert read_saved("stack_exchange/2024.html", f"{ASKED}?page=2&tab=votes").posts[0].url == ASKED
    assert read_saved("askbot/question.html", f"{ASKBOT}?page=2").posts[0].url == ASKBOT


def test_askbot_tells_who_asked_from_who_updated() -> None:
    reading = read_saved("askbot/question.html", ASKBOT)
    assert reading.title == "Why does my bread sink?"
    assert [post.text for post in reading.posts] == [*TEXTS, "That was it."]
    assert [shown(post)[:3] for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", None),
        ("bo", "2021-05-03 09:30", ASKBOT),
        ("cy", "2021-05-03 10:00", ASKBOT),
        ("ann", "2021-05-03 11:00", f"{ASKBOT}?answer=6#post-id-6"),
    ]


def test_a_wiki_question_has_no_writer() -> None:
    page = """<html><head><title>Sites</title></head><body><script>var askbot = {};</script><h1>Which sites?</h1>
    <div class="post js-question"><div id="post-id-5" class="post-content"><div class="post-body">
    <div class="post-update-info"><p class="tip">This post is a wiki. Anyone may improve it.</p></div>
    <p>Which sites do you know?</p></div></div></div></body></html>"""
    (post,) = read_html(page, ASKBOT).posts
    assert (post.text, post.author) == ("Which sites do you know?", "")
