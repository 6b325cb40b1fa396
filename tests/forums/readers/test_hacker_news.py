"""What Hacker News' two APIs answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, not_own_words, read_payload

ITEM = "https://news.ycombinator.com/item?id="
FIREBASE = "https://hacker-news.firebaseio.com/v0"
ALGOLIA = "https://hn.algolia.com/api/v1"


def item(**data: object) -> dict[str, Any]:
    return {"id": 7, "type": "story", "by": "ann", "time": 1620032400, "title": "Ovens are slow"} | data


def branch(own: int, text: str | None, *children: dict[str, Any], **data: object) -> dict[str, Any]:
    about = {"id": own, "author": "bo", "created_at_i": 1620032400, "text": text, "parent_id": 7, "story_id": 7}
    return about | {"children": list(children)} | data


def hit(**data: object) -> dict[str, Any]:
    return {"objectID": "9", "author": "cy", "created_at_i": 1620032400, "_tags": ["comment"]} | data


def test_a_story_with_text_is_a_post_of_its_own_thread() -> None:
    (reading,) = read_payload(item(text="Mine takes<p>an <i>hour</i>."))
    (post,) = reading.posts
    assert (reading.title, reading.key, post.key) == ("Ovens are slow", f"{ITEM}7", "7")
    assert (post.text, post.author, post.url) == ("Mine takes\n\nan hour.", "ann", f"{ITEM}7")
    assert post.said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "own"),
    [
        ({"url": "https://ovens.example"}, False),
        ({}, True),
        ({"title": "Show HN: An oven", "url": "https://ovens.example"}, True),
        ({"title": "Ask HN: Why are ovens slow?"}, True),
    ],
)
def test_a_story_without_text_is_its_title_and_the_headline_of_a_link_is_nobodys_own(
    data: dict[str, object], own: bool
) -> None:
    (reading,) = read_payload(item(**data))
    assert reading.posts[0].text == reading.title
    assert bool(reading.posts[0].not_own) is not own


def test_a_lone_comment_answers_its_parent_and_belongs_to_whatever_led_to_it() -> None:
    (reading,) = read_payload(item(type="comment", parent=5, title=None, text="&gt; slow<p>Quite."))
    assert (reading.key, reading.posts[0].replies_to) == ("", f"{ITEM}5")
    assert not_own_words(reading) == ["> slow"]


@pytest.mark.parametrize("data", [{"deleted": True}, {"dead": True, "text": "buy ovens"}, {"title": ""}])
def test_an_item_nobody_is_shown_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(UnreadableError, match="no text that is shown"):
        read_payload(item(**data))


def test_a_whole_thread_is_read_in_the_order_it_is_shown() -> None:
    tree = branch(7, "Why?", branch(8, "Cold.", branch(9, "No.", parent_id=8)), branch(10, None), title="Ask HN: Ovens")
    (reading,) = read_payload(tree | {"parent_id": None})
    assert (reading.title, reading.key) == ("Ask HN: Ovens", f"{ITEM}7")
    assert [post.text for post in reading.posts] == ["Why?", "Cold.", "No."]
    assert [post.replies_to for post in reading.posts] == [None, f"{ITEM}7", f"{ITEM}8"]
    assert reading.problems == ((0, "1 deleted comments have no text"),)


def test_a_search_is_one_reading_a_story() -> None:
    hits = [
        hit(comment_text="Cold.", story_id=7, story_title="Ovens", parent_id=7),
        hit(objectID="7", title="Ovens", story_text="Why?", _tags=["story"]),
        hit(objectID="12", title="Pans", url="https://pans.example", _tags=["story"]),
    ]
    ovens, pans = read_payload({"hits": hits, "page": 0, "nbPages": 2})
    assert (ovens.key, ovens.title, [post.text for post in ovens.posts]) == (f"{ITEM}7", "Ovens", ["Cold.", "Why?"])
    assert [post.key for post in pans.posts] == ["12"]


def test_an_item_leads_to_its_answers() -> None:
    links = follow_payload(item(kids=[8, 9, "x", None]), f"{FIREBASE}/item/7.json")
    assert links.more == (f"{FIREBASE}/item/8.json", f"{FIREBASE}/item/9.json")
    assert follow_payload(item(kids=[8]), "7.json").more == ()


def test_a_list_of_stories_leads_to_them_and_is_no_thread() -> None:
    address = f"{FIREBASE}/topstories.json"
    assert [link.url for link in follow_payload([7, 8], address).threads] == [
        f"{FIREBASE}/item/7.json",
        f"{FIREBASE}/item/8.json",
    ]
    with pytest.raises(UnreadableError, match="list of item numbers"):
        read_payload([7, 8], address)


def test_a_search_leads_to_its_stories_and_its_next_page() -> None:
    hits = [hit(objectID="7", title="Ovens", num_comments=3), hit(comment_text="Cold.", story_id=7)]
    links = follow_payload({"hits": hits, "page": 0, "nbPages": 2}, f"{ALGOLIA}/search?query=oven")
    assert [(link.url, link.mark) for link in links.threads] == [(f"{ALGOLIA}/items/7", "3 comments")]
    assert links.more == (f"{ALGOLIA}/search?query=oven&page=1",)
    assert follow_payload({"hits": hits, "page": 1, "nbPages": 2}, f"{ALGOLIA}/search?page=1").more == ()
