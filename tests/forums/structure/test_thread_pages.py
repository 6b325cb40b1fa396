"""What people read on thread pages of different engines. The pages are invented and written by hand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.records import Page, Post, Reading

PAGES = Path(__file__).parents[1] / "pages"
FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


def read(name: str, encoding: str = "utf-8", content_type: str = "text/html", cut_before: str = "") -> Reading:
    text = (PAGES / f"{name}.html").read_text("utf-8")
    body = text[: text.index(cut_before) if cut_before else None].encode(encoding)
    (reading,) = read_page(Page("https://clay.example/viewtopic.php?t=12", body, content_type, FETCHED))
    return reading


def own_words(post: Post) -> str:
    text, end = "", 0
    for start, stop in post.not_own:
        text += post.text[end:start]
        end = stop
    return (text + post.text[end:]).strip()


def test_a_post_is_its_words_without_title_signature_or_edit_note() -> None:
    posts = read("phpbb").posts
    assert posts[0].text == "My kiln trips the breaker every time it passes 900°.\n\nI have lost two firings & a week."
    assert posts[2].text == "Thank you, ordered."


def test_the_thread_is_named_by_its_own_heading() -> None:
    assert read("phpbb").title == "Kiln trips the breaker"


def test_the_author_the_date_and_the_address_stand_beside_the_post() -> None:
    posts = read("phpbb").posts
    assert [post.author for post in posts] == ["Maud Ferris", "old_potter", "Maud Ferris"]
    # "All times are UTC+01:00", and the date somebody joined or edited is not the date of a post.
    assert posts[0].said_at == datetime(2020, 3, 5, 18, 45, tzinfo=UTC)
    assert posts[2].said_at == datetime(2020, 3, 6, 20, 30, tzinfo=UTC)
    assert posts[1].url == "https://clay.example/viewtopic.php?p=102#p102"


def test_a_rank_is_read_where_one_is_shown_and_only_there() -> None:
    assert [post.rank for post in read("phpbb").posts] == ["Site Moderator", "", "Site Moderator"]


def test_a_quotation_is_in_the_text_and_not_the_quoters_own() -> None:
    post = read("phpbb").posts[1]
    assert "My kiln trips the breaker" in post.text
    assert own_words(post) == "Mine did too. A new relay cured it."
    assert post.replies_to == "Maud Ferris"


def test_an_engine_that_draws_every_post_as_a_blockquote_does_not_make_posts_quotations() -> None:
    posts = read("vbulletin", "cp1252").posts
    assert posts[0].not_own == ()
    assert own_words(posts[1]) == "Nimm Tape, das hält zwei Sommer."
    assert posts[1].replies_to == "https://clay.example/threads/8-Segel?p=71#post71"


def test_posts_laid_out_as_rows_keep_each_its_own_name_and_date() -> None:
    posts = read("rows").posts
    assert [(post.author, post.said_at.day if post.said_at else 0) for post in posts] == [
        ("hedge", 28),
        ("brae", 28),
        ("hedge", 29),
    ]
    assert posts[1].text == "Look for a stone first. It is nearly always a stone."


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("cp1252", "text/html"),
        ("cp1252", "text/html; charset=windows-1252"),
        ("utf-8", "text/html; charset=utf-8"),
        # The meta element still says ISO-8859-1 after a tool has saved the page anew.
        ("utf-8", "text/html"),
        ("utf-8-sig", "text/html"),
        ("utf-16", "text/html"),
    ],
)
def test_the_same_words_are_read_in_every_encoding(encoding: str, content_type: str) -> None:
    reading = read("vbulletin", encoding, content_type)
    assert reading.posts[0].text == "Das Groß reißt an der dritten Latte, für 80 € geflickt."


def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = read("phpbb")
    cut = read("phpbb", cut_before="A new relay")
    assert whole.problems == ()
    assert (cut.posts[0].text, cut.posts[0].author) == (whole.posts[0].text, whole.posts[0].author)
    assert cut.posts[-1].text.endswith("Mine did too.")
    ((line, what),) = cut.problems
    assert what == "the page is cut off"
    assert line > 1


@pytest.mark.parametrize("name", ["board", "login"])
def test_a_page_without_posts_is_refused_with_its_address_and_a_mend(name: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(name)
    assert raised.value.place == "https://clay.example/viewtopic.php?t=12"
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"<html></html>", b"plain words", b"\x00\xff\xfe\x01" * 50])
def test_what_holds_no_post_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_page(Page("https://clay.example/1", body, "text/html", FETCHED))


@pytest.mark.parametrize("name", ["phpbb", "vbulletin", "rows"])
def test_the_same_page_is_read_the_same_twice(name: str) -> None:
    assert read(name) == read(name)


@pytest.mark.parametrize("name", ["phpbb", "vbulletin", "rows"])
def test_spans_of_others_words_are_in_order_apart_and_inside_the_text(name: str) -> None:
    for post in read(name).posts:
        edges = [edge for span in post.not_own for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(post.text) for edge in edges)


def test_a_page_nested_deeper_than_any_stack_is_read_or_refused_but_never_breaks() -> None:
    deep = b"<blockquote>" * 1500 + b"deep" + b"</blockquote>" * 1500
    body = (PAGES / "phpbb.html").read_bytes().replace(b"Thank you, ordered.", deep)
    (reading,) = read_page(Page("https://clay.example/1", body, "text/html", FETCHED))
    assert len(reading.posts) >= 2
