"""A market says with CSS selectors where an odd theme keeps its posts. The pages are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from overheard.errors import BadInputError, UnreadableError
from overheard.forums import read_page
from overheard.records import Page, Post
from overheard.settings import SelectorSettings
from tests.make import make_page

ODD = SelectorSettings(
    post="section.leaf",
    text=".ink",
    author="i.hand",
    date="b.when",
    link="a.here",
    quote=".echo",
    rank="u",
    drop=".stamp",
)
LEAF = """<section class="leaf"><i class="hand">{author}</i> <u>{rank}</u> <b class="when">{when}</b>
<a class="here" href="/leaf/{number}">§</a><div class="ink">{text}<p class="stamp">Press to like</p></div></section>"""
FETCHED = datetime(2022, 6, 1, tzinfo=UTC)


def make_leaf(number: int, text: str, author: str = "wren", when: str = "2021-03-04 10:00", rank: str = "") -> str:
    return LEAF.format(number=number, text=text, author=author, when=when, rank=rank)


def read(body: str, selectors: SelectorSettings = ODD) -> tuple[Post, ...]:
    page = make_page(f"<html><title>Bees</title><body>{body}</body></html>".encode(), "https://hive.example/b/7?s=2")
    (reading,) = read_page(page, selectors)
    return reading.posts


def own_words(post: Post) -> str:
    kept, at = "", 0
    for start, end in post.not_own:
        kept, at = kept + post.text[at:start], end
    return (kept + post.text[at:]).strip()


def test_each_post_is_read_where_the_selectors_say() -> None:
    first, second = read(
        make_leaf(1, "Two hives died.", rank="Keeper")
        + make_leaf(2, '<div class="echo">Two hives died.</div>Feed them.', "moss")
    )
    assert first == Post(
        "Two hives died.",
        "wren",
        0,
        datetime(2021, 3, 4, 10, 0, tzinfo=UTC),
        "https://hive.example/leaf/1",
        rank="Keeper",
    )
    assert (second.author, second.url) == ("moss", "https://hive.example/leaf/2")
    assert (own_words(second), "Two hives died." in second.text) == ("Feed them.", True)


def test_a_single_post_is_enough() -> None:
    assert [post.text for post in read(make_leaf(1, "Thanks!"))] == ["Thanks!"]


def test_the_page_as_a_whole_tells_whether_the_day_or_the_month_stands_first() -> None:
    posts = read(make_leaf(1, "One.", when="04/05/2021") + make_leaf(2, "Two.", when="17/05/2021"))
    assert [post.said_at for post in posts] == [datetime(2021, 5, day, tzinfo=UTC) for day in (4, 17)]


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ('datetime="2021-03-04T10:00:00Z"', "last spring"),
        ('data-at="1614852000"', ""),
        ('title="2021-03-04 10:00"', "Thu"),
    ],
)
def test_a_date_written_for_machines_goes_before_the_printed_one(attributes: str, printed: str) -> None:
    body = make_leaf(1, "One.", when=printed).replace('<b class="when"', f'<b class="when" {attributes}')
    (post,) = read(body)
    assert post.said_at == datetime(2021, 3, 4, 10, 0, tzinfo=UTC)


def test_what_a_selector_does_not_find_is_not_there_even_if_the_page_has_its_like() -> None:
    nameless = make_leaf(2, "Two.").replace('<i class="hand">wren</i>', '<a href="/user/4" class="username">shop</a>')
    assert [post.author for post in read(make_leaf(1, "One.") + nameless)] == ["wren", ""]


def test_what_has_no_selector_is_told_by_the_structure_of_the_page() -> None:
    told = SelectorSettings(post="section.leaf", text=".ink", drop=".stamp")
    posts = read(make_leaf(1, "One.") + make_leaf(2, "Two.", "moss", "2021-03-05 11:00"), told)
    assert [post.said_at for post in posts] == [
        datetime(2021, 3, 4, 10, 0, tzinfo=UTC),
        datetime(2021, 3, 5, 11, 0, tzinfo=UTC),
    ]


def test_a_text_in_several_elements_is_one_text() -> None:
    body = '<section class="leaf"><p>One.</p><hr><p>Two <blockquote>said she</blockquote></p><p>Three.</p></section>'
    (post,) = read(body, SelectorSettings(post=".leaf", text="p, blockquote"))
    assert post.text == "One.\n\nTwo\n\nsaid she\n\nThree."


def test_a_post_that_is_its_own_text_leaves_its_name_and_date_out_of_it() -> None:
    selectors = SelectorSettings(post=".leaf", text=".leaf", author=".who", date=".at")
    body = '<li class="leaf"><b class="who">wren</b> <i class="at">2021-03-04 10:00</i> Two hives died.</li>'
    (post,) = read(f"<ul>{body}</ul>", selectors)
    assert (post.text, post.author) == ("Two hives died.", "wren")


def test_a_post_inside_another_answers_it_and_is_no_part_of_it() -> None:
    inner = make_leaf(2, "Feed them.", "moss")
    outer = make_leaf(1, "Two hives died.").replace("</section>", inner + "</section>")
    first, second = read(outer)
    assert (first.text, second.text) == ("Two hives died.", "Feed them.")
    assert second.replies_to == first.url


def test_posts_without_a_word_are_left_out() -> None:
    assert [post.text for post in read(make_leaf(1, '<img src="a.png">') + make_leaf(2, "Two."))] == ["Two."]


@pytest.mark.parametrize("wrong", ["div[", "..x", "a::before(", "", "p:nosuch", "> > a"])
@pytest.mark.parametrize("part", ["post", "text", "author", "drop"])
def test_what_is_no_selector_is_named_with_a_mend(part: str, wrong: str) -> None:
    selectors = SelectorSettings(**{"post": "section", "text": "p", part: wrong})
    with pytest.raises(BadInputError) as raised:
        read(make_leaf(1, "One."), selectors)
    assert raised.value.place == f"selectors.{part}"
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("selectors", "named"),
    [
        (SelectorSettings(post="article.none", text="p"), "selectors.post = 'article.none'"),
        (SelectorSettings(post="section.leaf", text=".gone"), "selectors.text = '.gone'"),
    ],
)
def test_a_page_on_which_the_selectors_find_nothing_is_refused_and_says_which(
    selectors: SelectorSettings, named: str
) -> None:
    with pytest.raises(UnreadableError, match=named.replace(".", r"\.")):
        read(make_leaf(1, "One."), selectors)


def test_selectors_are_for_web_pages_and_leave_payloads_to_their_readers() -> None:
    payload = (
        b'{"post_stream": {"posts": [{"post_number": 1, "username": "wren", "cooked": "<p>Two hives died.</p>"}]}}'
    )
    (reading,) = read_page(Page("https://hive.example/t/1.json", payload, "application/json", FETCHED), ODD)
    assert [post.text for post in reading.posts] == ["Two hives died."]
