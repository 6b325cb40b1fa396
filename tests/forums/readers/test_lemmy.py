"""What Lemmy's API answers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.forums.readers.payloads import follow_payload, not_own_words, read_payload

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def lemmy_view(comment: dict[str, Any] | None = None, /, **data: object) -> dict[str, Any]:
    post = {"id": 5, "name": "Slow oven", "body": "An hour.", "ap_id": "https://a.example/post/5"}
    creator = {"name": "ann", "display_name": "Ann", "bot_account": False}
    view = {"post": post | {"published": "2021-05-03T09:00:00.123456"} | data, "creator": creator}
    if comment is None:
        return view
    own = {"id": 1, "content": "Cold.", "path": "0.1", "ap_id": "https://b.example/comment/77", "post_id": 5}
    return view | {"comment": own | {"published": "2021-05-03T10:00:00Z"} | comment}


def test_lemmys_comments_answer_by_their_path_and_keep_their_home_address() -> None:
    deeper = {"id": 2, "content": "> Cold.\n\nSame.", "path": "0.1.2", "ap_id": "https://a.example/comment/2"}
    orphan = {"id": 4, "path": "0.9.4", "ap_id": "https://a.example/comment/4", "distinguished": True}
    (reading,) = read_payload({"comments": [lemmy_view({}), lemmy_view(deeper), lemmy_view(orphan)]})
    assert (reading.title, reading.key) == ("Slow oven", "https://a.example/post/5")
    assert [post.replies_to for post in reading.posts] == [
        "https://a.example/post/5",
        "https://b.example/comment/77",
        "comment 9",
    ]
    assert not_own_words(reading, 1) == ["> Cold."]
    assert (reading.posts[0].author, reading.posts[2].rank) == ("Ann", "Moderator")


@pytest.mark.parametrize(
    ("data", "text", "own"),
    [
        ({}, "An hour.", True),
        ({"body": None}, "Slow oven", True),
        ({"body": "", "url": "https://ovens.example"}, "Slow oven", False),
    ],
)
def test_lemmys_posts_are_threads(data: dict[str, object], text: str, own: bool) -> None:
    (reading,) = read_payload({"post_view": lemmy_view(**data)})
    assert (reading.posts[0].text, not reading.posts[0].not_own) == (text, own)
    assert reading.posts[0].said_at == NINE.replace(microsecond=123456)


def test_lemmys_deleted_posts_are_counted() -> None:
    (reading,) = read_payload({"comments": [lemmy_view({}), lemmy_view({"id": 2, "removed": True})]})
    assert reading.problems == ((0, "1 deleted or removed posts have no text"),)


def test_lemmys_lists_lead_to_the_comments_of_each_post() -> None:
    listed = {"posts": [lemmy_view() | {"counts": {"comments": 3, "newest_comment_time": "2021-05-04"}}]}
    links = follow_payload(listed | {"next_page": "Pab"}, "https://a.example/api/v3/post/list?type_=All")
    (found,) = links.threads
    assert found.url.startswith("https://a.example/api/v3/comment/list?post_id=5&")
    assert found.mark == "3 comments, 2021-05-04"
    assert links.more == ("https://a.example/api/v3/post/list?type_=All&page_cursor=Pab",)
    single = follow_payload({"post_view": lemmy_view()}, "https://a.example/api/v3/post?id=5")
    assert single.more[0].startswith("https://a.example/api/v3/comment/list?post_id=5&")


def test_lemmys_comments_go_on_while_a_page_is_full() -> None:
    address = "https://a.example/api/v3/comment/list?post_id=5&limit=2"
    rows = [lemmy_view({"id": own, "ap_id": f"https://a.example/comment/{own}"}) for own in (1, 2, 3)]
    assert follow_payload({"comments": rows}, address).more == (f"{address}&page=2",)
    assert follow_payload({"comments": rows[:1]}, address).more == ()
