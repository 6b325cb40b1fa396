"""What Drupal's topics say, from version 6 to 10, in its own themes and others."""

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import read_html, read_saved

NODE = "https://bakers.example/node/9"
LOOKS = ("6", "6_theme", "7", "10", "advanced_forum")


@pytest.mark.parametrize("look", LOOKS)
def test_the_node_is_the_first_post_and_comments_follow(look: str) -> None:
    reading = read_saved(f"drupal/{look}.html", NODE)
    assert reading.title == "Slow oven"
    assert [(post.author, post.text) for post in reading.posts] == [
        ("ann", "The oven is slow.\n\nAny idea?"),
        ("bo", "Check the seal."),
        ("ann", "That was it."),
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_printed_dates_and_dates_for_machines_agree(look: str) -> None:
    posts = read_saved(f"drupal/{look}.html", NODE).posts
    assert [post.said_at and post.said_at.hour for post in posts] == [9, 10, 11]
    assert {post.said_at and post.said_at.date().isoformat() for post in posts} == {"2021-05-03"}


@pytest.mark.parametrize("look", LOOKS)
def test_an_indented_comment_answers_the_one_before_the_indentation(look: str) -> None:
    node, first, under = read_saved(f"drupal/{look}.html", NODE).posts
    assert node.url == NODE
    assert first.url and first.url.endswith("#comment-21")
    assert (node.replies_to, first.replies_to, under.replies_to) == (None, None, first.url)


HEAD = '<html><head><title>Bread</title><script src="/misc/drupal.js"></script></head><body>'
ARTICLE = (
    '<div class="node{kind}"><span class="submitted">Mon, 05/03/2021 - 09:00 — ann</span>'
    '<div class="content"><p>Bread, {n}.</p></div></div>'
)


def test_a_topic_nobody_answered_is_read() -> None:
    reading = read_html(HEAD + ARTICLE.format(kind=" node-forum", n=1), NODE)
    assert [(post.author, post.text) for post in reading.posts] == [("ann", "Bread, 1.")]


def test_an_article_nobody_commented_on_is_no_thread() -> None:
    page = HEAD + ARTICLE.format(kind="", n=1).replace("Mon, 05/03/2021 - 09:00 — ann", "")
    with pytest.raises(UnreadableError):
        read_html(page, NODE)


@pytest.mark.parametrize("name", ["Anonymous", "Guest", "Anonymous (not verified)"])
def test_nobodys_name_is_no_name(name: str) -> None:
    page = HEAD + ARTICLE.format(kind=" node-forum", n=1).replace("ann", name)
    assert read_html(page, NODE).posts[0].author == ""
