"""When a page is read by what it tells machines, and when by what it shows."""

import json

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import read_html, script, shown

WORDS = (
    "The oven is slow on most days.",
    "Mine is slow as well, since May.",
    "Then it is the thermostat.",
    "Mine was the door.",
)


def told(count: int, kind: str = "Comment") -> str:
    rows = [
        {"@type": kind, "text": WORDS[n], "author": {"name": f"p{n}"}, "datePublished": f"2021-05-0{n + 1}"}
        for n in range(count)
    ]
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "comment": rows})}</script>'
    )


def drawn(count: int) -> str:
    return "".join(
        f'<div class="post"><a class="author" href="/u/{n}">p{n}</a><time datetime="2021-05-0{n + 1}">May</time>'
        f'<div class="body">{WORDS[n]}</div></div>'
        for n in range(count)
    )


def marked(count: int) -> str:
    return "".join(
        f'<li itemscope itemtype="http://schema.org/Comment"><i itemprop="author">p{n}</i>'
        f'<q-x itemprop="text">{WORDS[n]}</q-x></li>'
        for n in range(count)
    )


def test_reviews_that_only_a_script_holds_are_read_from_it() -> None:
    reading = read_html(f"<html><head><title>Oven</title></head><body>{told(2, 'Review')}<h1>Oven</h1></body></html>")
    assert [(post.text, *shown(post)[:2]) for post in reading.posts] == [
        (WORDS[0], "p0", "2021-05-01 00:00"),
        (WORDS[1], "p1", "2021-05-02 00:00"),
    ]


@pytest.mark.parametrize(("in_script", "on_page", "read"), [(1, 3, 3), (3, 2, 2), (4, 2, 4)])
def test_a_script_is_believed_only_where_it_holds_much_more(in_script: int, on_page: int, read: int) -> None:
    assert len(read_html(f"<html><body>{told(in_script)}{drawn(on_page)}</body></html>").posts) == read


def test_a_script_that_tells_of_something_else_is_not_believed() -> None:
    other = json.dumps(
        [{"@type": "Review", "reviewBody": f"Lovely place, we came {n} times.", "author": "x"} for n in range(9)]
    )
    page = f'<html><body><p>schema.org</p><script type="application/ld+json">{other}</script>{drawn(3)}</body></html>'
    assert [post.text for post in read_html(page).posts] == list(WORDS[:3])


def test_the_same_words_told_twice_are_one_post() -> None:
    long = "The oven is slow on most days, and on the others it does not get warm at all, whatever I do."
    rows = [
        {"@type": "DiscussionForumPosting", "text": long, "datePublished": "2021-05-03"},
        {"@type": "Comment", "text": long, "author": "ann"},
    ]
    carried = script({"@context": "https://schema.org", "x": rows}, type="application/ld+json")
    (post,) = read_html(f"<html><body>{carried}</body></html>").posts
    assert shown(post)[:2] == ("ann", "2021-05-03 00:00")


def test_an_answer_points_to_what_it_stands_in() -> None:
    rows = {
        "@context": "https://schema.org",
        "@type": "Question",
        "text": WORDS[0],
        "author": "ann",
        "url": "/q/1",
        "suggestedAnswer": {"@type": "Answer", "text": WORDS[1], "url": "/q/1#2", "author": "bo"},
    }
    question, answer = read_html(
        f'<html><body><script type="application/ld+json">{json.dumps(rows)}</script></body></html>'
    ).posts
    assert (question.url, answer.replies_to) == ("https://forum.example/q/1", "https://forum.example/q/1")


def test_a_page_that_tells_of_an_article_alone_is_refused() -> None:
    article = json.dumps(
        {"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "Review: ovens.", "author": "ann"}
    )
    with pytest.raises(UnreadableError):
        read_html(f'<html><body><script type="application/ld+json">{article}</script></body></html>')


def test_marked_posts_are_read_where_structure_finds_fewer() -> None:
    posts = read_html(f"<html><body><ul>{marked(4)}</ul></body></html>").posts
    assert [(post.author, post.text) for post in posts] == [(f"p{n}", WORDS[n]) for n in range(4)]
