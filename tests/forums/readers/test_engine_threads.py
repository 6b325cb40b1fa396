"""What people read in a thread is the same whatever engine shows it. The thread is invented; see engine_threads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from overheard.forums import engine_of, read_page
from overheard.forums.read import READERS
from overheard.forums.reader import Content
from overheard.records import Post
from tests.forums.readers.engine_threads import QUOTED, TEMPLATES, THREAD, Written, make_thread

NAMES = sorted(path.stem for path in TEMPLATES.glob("*.html"))
WORDS = ("Water seeps in.\n\nWhy?", "Look at the rim & the strap: mine was cracked.", "Thanks!")
UNNAMED_QUOTES = ("phorum-classic", "phorum-emerald", "simple-press-6")
"""They name the quoted in words that are no attribution elsewhere."""


def read(written: Written) -> tuple[Post, ...]:
    (reading,) = read_page(written.page)
    return reading.posts


def own_words(post: Post) -> str:
    kept, at = "", 0
    for start, end in post.not_own:
        kept, at = kept + post.text[at:start], end
    return (kept + post.text[at:]).strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_post_is_read_with_its_own_words_name_date_address_and_rank(name: str) -> None:
    written = make_thread(name)
    posts = read(written)
    assert [own_words(post) for post in posts] == list(WORDS)
    assert [post.author for post in posts] == [said.author for said in THREAD]
    dates = [post.said_at for post in posts]
    if written.is_exact:
        assert dates == [said.said_at for said in THREAD]
    else:
        assert [at.date() if at else None for at in dates] == [said.said_at.date() for said in THREAD]
    if None not in written.addresses:
        assert [post.url for post in posts] == list(written.addresses)
    assert [post.rank for post in posts] == [said.rank if written.has_ranks else "" for said in THREAD]


@pytest.mark.parametrize("name", NAMES)
def test_a_thread_nobody_has_answered_yet_is_read_too(name: str) -> None:
    (post,) = read(make_thread(name, THREAD[2:]))
    assert (post.text, post.author) == ("Thanks!", "Ida Moss")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_quoted_is_in_the_text_and_leads_to_the_post_it_is_from(name: str) -> None:
    first, second, _ = read(make_thread(name))
    assert QUOTED in second.text
    assert second.not_own
    if name in UNNAMED_QUOTES:
        assert second.replies_to is None
    else:
        assert second.replies_to in (first.url, first.author)
    assert first.not_own == () and first.replies_to is None


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_known_by_the_marks_of_its_engine_and_by_no_others(name: str) -> None:
    written = make_thread(name)
    assert engine_of(written.page) == written.reader


@pytest.mark.parametrize("name", NAMES)
def test_the_thread_is_named_by_its_heading(name: str) -> None:
    (reading,) = read_page(make_thread(name).page)
    assert "Leaking hatch" in reading.title


def test_a_quoted_post_is_known_by_its_number_however_the_link_to_it_is_written() -> None:
    for name in ("xenforo-1", "xenforo-2", "vbulletin-3.8", "woltlab-suite-6", "smf-2.0"):
        first, second, _ = read(make_thread(name))
        assert second.replies_to == first.url


def test_an_advert_between_posts_is_no_post() -> None:
    written = make_thread("phpbb-3.3")
    assert b"Advertisement" in written.page.body
    assert len(read(written)) == len(THREAD)


def test_a_theme_that_changed_some_of_the_posts_loses_none() -> None:
    whole = read(make_thread("vanilla-2"))
    changed = make_thread("vanilla-2", changes={'ItemComment" id="Comment_101': 'Opening" id="Comment_101'})
    assert [post.text for post in read(changed)] == [post.text for post in whole]


def test_a_theme_with_marks_of_its_own_is_read_by_its_structure() -> None:
    changed = make_thread("phpbb-3.0", changes={'class="postbody"': 'class="leaf"', 'class="content"': 'class="words"'})
    assert [own_words(post) for post in read(changed)] == list(WORDS)


def test_a_solution_shown_above_the_others_as_well_is_one_post() -> None:
    written = make_thread("vanilla-2")
    page = written.page.body.decode()
    solution = page[page.index('<li class="Item Alt ItemComment" id="Comment_105') : page.index("\n</ul>")]
    twice = page.replace(
        '<li class="Item Alt ItemComment" id="Comment_102',
        solution + '<li class="Item Alt ItemComment" id="Comment_102',
    )
    posts = read(replace(written, page=replace(written.page, body=twice.encode())))
    assert [post.url for post in posts] == list(written.addresses)


def test_a_guests_shown_name_is_a_name() -> None:
    changed = make_thread("smf-2.0", THREAD[2:])
    page = changed.page.body.decode()
    start, end = page.index("<h4>") + 4, page.index("</h4>")
    guest = page[:start] + "Harbour guest" + page[end:]
    (post,) = read(replace(changed, page=replace(changed.page, body=guest.encode())))
    assert post.author == "Harbour guest"


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_finds_no_post_where_none_is(name: str) -> None:
    written = make_thread(name, ())
    (reader,) = (reader for reader in READERS if reader.name == written.reader)
    assert not reader.read(Content(written.page))


@pytest.mark.parametrize("body", [b"[1]", b'{"postbody": null}', b"phpBB viewtopic.php", b"", b"\xff\xfe<"])
def test_no_reader_breaks_on_what_is_no_web_page(body: bytes) -> None:
    page = replace(make_thread("phpbb-3.3").page, body=body)
    assert engine_of(page) not in {make_thread(name).reader for name in NAMES}


@pytest.mark.slow
def test_posts_nested_deeper_than_any_stack_are_read() -> None:
    written = make_thread("phpbb-3.3")
    deep = written.page.body.replace(b"Thanks!", b"<div class='post'><div class='postbody'><div class='content'>" * 200)
    posts = read(replace(written, page=replace(written.page, body=deep)))
    assert WORDS[0] in posts[0].text
