"""What Reddit's API answers say."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, not_own_words, read_payload

THREAD = "/r/ovens/comments/aa1/slow_oven/"
PAGE = f"https://www.reddit.com{THREAD}"


def link(**data: object) -> dict[str, Any]:
    own: dict[str, object] = {"id": "aa1", "name": "t3_aa1", "title": "Slow oven", "selftext": "It takes an hour."}
    about = {"author": "ann", "created_utc": 1620032400.0, "permalink": THREAD, "is_self": True, "num_comments": 3}
    return {"kind": "t3", "data": own | about | data}


def comment(own: str, body: str, *replies: dict[str, Any], **data: object) -> dict[str, Any]:
    about = {"id": own, "name": f"t1_{own}", "body": body, "author": "bo", "link_id": "t3_aa1", "parent_id": "t3_aa1"}
    return {"kind": "t1", "data": about | {"replies": listing(*replies) if replies else ""} | data}


def more(*children: str, parent: str = "t3_aa1", count: int = 0) -> dict[str, Any]:
    return {"kind": "more", "data": {"children": list(children), "count": count, "parent_id": parent, "id": "_"}}


def listing(*children: dict[str, Any], after: str | None = None) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": list(children), "after": after}}


def thread(*comments: dict[str, Any], **data: object) -> list[dict[str, Any]]:
    return [listing(link(**data)), listing(*comments)]


def test_a_thread_is_its_post_and_the_comments_in_the_order_people_read_them() -> None:
    nested = comment("c2", "Same here.", parent_id="t1_c1")
    (reading,) = read_payload(thread(comment("c1", "Buy a new one.", nested), comment("c3", "No.")))
    assert (reading.title, reading.key) == ("Slow oven", "t3_aa1")
    assert [post.text for post in reading.posts] == ["It takes an hour.", "Buy a new one.", "Same here.", "No."]
    assert [post.position for post in reading.posts] == [0, 1, 2, 3]
    first = reading.posts[0]
    assert (first.author, first.url, first.key) == ("ann", PAGE, "t3_aa1")
    assert first.said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def test_a_comment_answers_the_comment_above_it_or_the_post() -> None:
    nested = comment("c2", "Same.", parent_id="t1_c1")
    (reading,) = read_payload(thread(comment("c1", "New one.", nested)))
    assert [post.replies_to for post in reading.posts] == [None, PAGE, f"{PAGE}c1/"]
    assert reading.posts[1].url == f"{PAGE}c1/"


def test_a_comment_of_an_unknown_thread_has_a_key_and_no_address() -> None:
    (reading,) = read_payload(listing(comment("c1", "New one.", link_title="Slow oven")))
    (post,) = reading.posts
    assert (reading.title, reading.key) == ("Slow oven", "t3_aa1")
    assert (post.url, post.key, post.replies_to) == (None, "t1_c1", "t3_aa1")


def test_an_answer_in_an_inbox_belongs_to_the_thread_it_leads_to() -> None:
    (reading,) = read_payload(listing(comment("c1", "New one.", link_id=None, context=f"{THREAD}c1/?context=3")))
    assert (reading.key, reading.posts[0].replies_to) == ("t3_aa1", "t3_aa1")


def test_a_listing_of_comments_is_one_reading_a_thread() -> None:
    readings = read_payload(listing(comment("c1", "a"), comment("d1", "b", link_id="t3_bb2"), comment("c2", "c")))
    assert {reading.key: len(reading.posts) for reading in readings} == {"t3_aa1": 2, "t3_bb2": 1}


@pytest.mark.parametrize(
    ("written", "shown_as_html", "read"),
    [
        ("a &lt; b &amp;amp; c", "&lt;div&gt;", "a < b &amp; c"),
        ("a &lt; b", "<div>", "a &lt; b"),
        ("a &lt; b", None, "a < b"),
    ],
)
def test_entities_are_taken_back_where_the_payload_is_escaped(
    written: str, shown_as_html: str | None, read: str
) -> None:
    (reading,) = read_payload(thread(comment("c1", written, body_html=shown_as_html)))
    assert reading.posts[1].text == read


def test_a_quoted_line_is_not_own_and_a_spoiler_is() -> None:
    (reading,) = read_payload(thread(comment("c1", "&gt; an hour\n\nMine too.\n\n&gt;!it burned!&lt;")))
    assert not_own_words(reading, 1) == ["> an hour"]


@pytest.mark.parametrize("body", ["[deleted]", "[removed]", "[ Removed by Reddit ]"])
def test_what_is_deleted_is_no_post_and_is_counted(body: str) -> None:
    (reading,) = read_payload(thread(comment("c1", body, author="[deleted]")))
    assert len(reading.posts) == 1
    assert reading.problems == ((0, "1 deleted or removed posts have no text"),)


def test_words_of_an_account_that_is_gone_are_kept_without_a_name() -> None:
    (reading,) = read_payload(thread(comment("c1", "Still true.", author="[deleted]")))
    assert (reading.posts[1].text, reading.posts[1].author) == ("Still true.", "")


def test_comments_left_out_are_counted() -> None:
    (reading,) = read_payload(thread(comment("c1", "a", more("x", "y", parent="t1_c1", count=7)), more("z", count=1)))
    assert reading.problems == ((0, "8 comments are not in the payload (more)"),)


def test_ranks_are_the_moderators_and_the_robots() -> None:
    shouted = comment("c1", "Be kind.", distinguished="moderator")
    posted = comment("c2", "Rules apply.", author="AutoModerator", distinguished="moderator")
    (reading,) = read_payload(thread(shouted, posted, comment("c3", "Hm.", distinguished=["moderator"])))
    assert [post.rank for post in reading.posts] == ["", "Moderator", "Bot, Moderator", ""]


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ({"is_self": True}, True),
        ({"is_self": False, "post_hint": "image"}, True),
        ({"is_self": False, "is_gallery": True}, True),
        ({"is_self": False, "poll_data": {"options": []}}, True),
        ({"is_self": False, "post_hint": "link"}, False),
        ({"is_self": False}, False),
    ],
)
def test_a_post_without_text_is_its_title_and_the_headline_of_a_link_is_nobodys_own(
    told: dict[str, object], own: bool
) -> None:
    (reading,) = read_payload(thread(**({"selftext": ""} | told)))
    assert reading.posts[0].text == "Slow oven"
    assert reading.posts[0].not_own == (() if own else ((0, 9),))


def test_children_asked_for_later_belong_to_their_thread() -> None:
    (reading,) = read_payload({"json": {"errors": [], "data": {"things": [comment("c9", "Late.")]}}})
    assert (reading.key, reading.posts[0].key) == ("t3_aa1", "t1_c9")


def test_a_dump_of_bare_objects_is_read_as_a_list_and_line_by_line() -> None:
    rows = [
        {"subreddit": "ovens", "author": "ann", "id": "aa1", "title": "Slow oven", "selftext": "An hour."},
        {"subreddit": "ovens", "author": "bo", "id": "c1", "body": "Mine too.", "link_id": "t3_aa1"},
    ]
    whole = read_payload({"data": rows})
    lines = read_payload("\n".join(json.dumps(row) for row in rows))
    assert [post.text for post in whole[0].posts] == ["An hour.", "Mine too."]
    assert lines == whole


@pytest.mark.parametrize(
    "payload", [listing(), listing({"kind": "t5", "data": {"title": "ovens"}}), thread(selftext="[removed]")]
)
def test_a_payload_without_words_is_refused(payload: object) -> None:
    with pytest.raises(UnreadableError, match="no post and no comment"):
        read_payload(payload)


def test_a_listing_leads_to_its_threads_and_its_next_page() -> None:
    links = follow_payload(listing(link(), after="t3_aa0"), "https://www.reddit.com/r/ovens/new.json?raw_json=1")
    (found,) = links.threads
    assert found.url == f"{PAGE.rstrip('/')}.json?raw_json=1"
    assert found.mark == "3 comments"
    assert links.more == ("https://www.reddit.com/r/ovens/new.json?raw_json=1&after=t3_aa0",)


def test_the_mark_of_a_thread_changes_with_its_comments_and_edits() -> None:
    marks = {
        follow_payload(listing(link(**data)), "https://oauth.reddit.com/r/ovens/new").threads[0].mark
        for data in ({}, {"num_comments": 4}, {"edited": 1620032400})
    }
    assert len(marks) == 3


def test_a_thread_leads_to_the_comments_it_leaves_out() -> None:
    stubs = (more("x", "y", count=2), more(parent="t1_c1"))
    links = follow_payload(thread(comment("c1", "a"), *stubs), "https://oauth.reddit.com/comments/aa1?raw_json=1")
    assert links.threads == ()
    assert links.more == (
        "https://oauth.reddit.com/api/morechildren?api_type=json&link_id=t3_aa1&children=x,y&raw_json=1",
        "https://oauth.reddit.com/comments/aa1/_/c1?raw_json=1",
    )


def test_three_hundred_comments_under_each_other_are_read() -> None:
    opened = "".join(
        f'{{"kind":"t1","data":{{"id":"{number}","body":"a","link_id":"t3_a","replies":' for number in range(300)
    )
    (reading,) = read_payload(opened + '""' + "}}" * 300)
    assert len(reading.posts) == 300
