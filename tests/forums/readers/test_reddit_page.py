"""What Reddit's pages say, in each of their looks."""

import json

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import not_own, read_html, read_saved, shown

THREAD = "https://www.reddit.example/r/bakers/comments/aa1/which_flour/"
LOOKS = ("old", "elements", "redesign")
DELETED_NAME = '<shreddit-comment thingid="t1_c1" author="[deleted]"><div slot="comment"><p>Still warm.</p></div>'


@pytest.mark.parametrize("look", LOOKS)
def test_a_submission_with_a_text_and_its_comments_are_posts_in_every_look(look: str) -> None:
    reading = read_saved(f"reddit/{look}.html", THREAD)
    assert reading.title == "Which flour for rye?"
    assert [post.text for post in reading.posts] == [
        "My loaf stays flat.\n\nWhat do you use?",
        "stays flat\n\nWhole rye, always.",
        "Add some malt.",
        "Read the rules.",
    ]
    assert [post.author for post in reading.posts] == ["ann", "bo", "cy", "AutoModerator"]
    assert [post.key for post in reading.posts] == ["t3_aa1", "t1_bb1", "t1_bb2", "t1_bb4"]


@pytest.mark.parametrize("look", LOOKS)
def test_an_answer_points_to_the_comment_it_stands_under(look: str) -> None:
    first, under, below, robot = read_saved(f"reddit/{look}.html", THREAD).posts
    assert under.url and below.url and "bb1" in under.url and "?" not in under.url
    assert (first.replies_to, under.replies_to, below.replies_to) == (None, first.url, under.url)
    assert robot.replies_to == first.url == THREAD


@pytest.mark.parametrize("look", LOOKS)
def test_a_quotation_is_not_own_and_a_robot_is_ranked_as_one(look: str) -> None:
    _, quoting, _, robot = read_saved(f"reddit/{look}.html", THREAD).posts
    assert not_own(quoting) == ["stays flat"]
    assert robot.rank == "Bot"


@pytest.mark.parametrize("look", ["old", "elements"])
def test_dates_are_when_a_comment_was_written_not_edited(look: str) -> None:
    posts = read_saved(f"reddit/{look}.html", THREAD).posts
    assert [shown(post)[1][-5:] for post in posts] == ["09:00", "10:00", "11:00", "09:00"]


def test_relative_dates_of_the_redesign_are_counted_from_when_it_was_saved() -> None:
    posts = read_saved("reddit/redesign.html", THREAD).posts
    assert [shown(post)[1] for post in posts[:2]] == ["2026-05-02 12:00", "2026-05-03 12:00"]


def test_a_distinguished_moderator_is_ranked_in_the_old_look() -> None:
    assert read_saved("reddit/old.html", THREAD).posts[2].rank == "Moderator"


def test_a_comment_outlives_its_writer_without_a_name() -> None:
    (post,) = read_html(DELETED_NAME, THREAD).posts
    assert (post.text, post.author) == ("Still warm.", "")


def test_a_list_of_submissions_is_no_thread() -> None:
    rows = "".join(
        f'<div class="thing link self" id="thing_t3_x{n}" data-fullname="t3_x{n}"><p class="title">'
        f'<a class="title" href="/r/b/comments/x{n}/">Question number {n}</a></p>'
        f'<a class="comments" href="/r/b/comments/x{n}/">{n} comments</a></div>'
        for n in range(8)
    )
    with pytest.raises(UnreadableError):
        read_html(f"<html><body>{rows}</body></html>", "https://old.reddit.example/r/b/")


def state(comments: object, submission: object = None) -> str:
    store = {"posts": {"models": {"t3_aa1": submission}}, "features": {"comments": {"models": comments}}}
    return (
        f"<html><body><script id='data'>window.___r = {json.dumps(store)};</script><div id='app'></div></body></html>"
    )


def run(text: str) -> dict[str, str]:
    return {"e": "text", "t": text}


SUBMISSION = {
    "id": "t3_aa1",
    "title": "Which flour for rye?",
    "author": "ann",
    "created": 1620032400000,
    "permalink": THREAD,
    "media": {"type": "rtjson", "richtextContent": {"document": [{"e": "par", "c": [run("My loaf stays flat.")]}]}},
}


def comment(document: list[object], **more: object) -> dict[str, object]:
    media = {"type": "rtjson", "richtextContent": {"document": document}}
    return {"author": "bo", "created": 1620036000, "postId": "t3_aa1", "media": media} | more


def test_a_page_whose_comments_stand_in_its_script_is_read_from_there() -> None:
    quote = {"e": "blockquote", "c": [{"e": "par", "c": [run("stays flat")]}]}
    listed = {"e": "list", "o": True, "c": [{"e": "li", "c": [{"e": "par", "c": [run("rye")]}]}]}
    words = {
        "e": "par",
        "c": [run("See "), {"e": "link", "t": "this", "u": "https://a.example"}, {"e": "u/", "t": "cy"}],
    }
    first = comment([quote, words, listed], permalink=f"{THREAD}bb1/")
    second = comment([{"e": "code", "c": [{"e": "raw", "t": "a < b"}, {"e": "raw", "t": "c"}]}], parentId="t1_bb1")
    reading = read_html(state({"t1_bb1": first, "t1_bb2": second}, SUBMISSION), THREAD)
    assert reading.title == "Which flour for rye?"
    assert [post.text for post in reading.posts] == [
        "My loaf stays flat.",
        "stays flat\n\nSee thisu/cy\n\nrye",
        "a < b\nc",
    ]
    assert not_own(reading.posts[1]) == ["stays flat"]
    assert [shown(post)[1:3] for post in reading.posts] == [
        ("2021-05-03 09:00", None),
        ("2021-05-03 10:00", THREAD),
        ("2021-05-03 10:00", f"{THREAD}bb1/"),
    ]


def test_markdown_of_the_script_stays_as_written_where_there_is_nothing_else() -> None:
    row = {"author": "bo", "postId": "t3_aa1", "bodyMD": "> stays flat\n\n*Whole* rye."}
    (post,) = read_html(state({"t1_bb1": row}), THREAD).posts
    assert post.text == "> stays flat\n\n*Whole* rye."
    assert not_own(post) == ["> stays flat"]


@pytest.mark.parametrize(
    "rows", [None, [], {"t1_a": None}, {"t1_a": {"media": 7}}, {"t1_a": {"media": {"richtextContent": []}}}]
)
def test_a_script_of_another_make_holds_no_post(rows: object) -> None:
    with pytest.raises(UnreadableError):
        read_html(state(rows), THREAD)


def test_a_text_nested_without_end_is_cut() -> None:
    deep: dict[str, object] = {"e": "text", "t": "too deep"}
    for _ in range(200):
        deep = {"e": "blockquote", "c": [deep]}
    (post,) = read_html(state({"t1_a": comment([{"e": "par", "c": [run("Shallow.")]}, deep])}), THREAD).posts
    assert post.text == "Shallow."
