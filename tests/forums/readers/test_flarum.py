"""What Flarum's API answers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, read_payload

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def flarum_post(own: int, shown: str, **data: object) -> dict[str, Any]:
    about = {"number": own, "createdAt": "2021-05-03T09:00:00+00:00", "contentType": "comment", "contentHtml": shown}
    related = {"user": {"data": {"type": "users", "id": "3"}}, "discussion": {"data": {"id": "9"}}}
    return {"type": "posts", "id": str(own), "attributes": about | data, "relationships": related}


def flarum_discussion(*posts: int, **data: object) -> dict[str, Any]:
    about = {"title": "Slow oven", "slug": "9-slow-oven", "commentCount": 2, "lastPostedAt": "2021-05-04T09:00:00Z"}
    named = {"posts": {"data": [{"type": "posts", "id": str(own)} for own in posts]}}
    return {"type": "discussions", "id": "9", "attributes": about | data, "relationships": named}


FLARUM_USERS = [
    {
        "type": "users",
        "id": "3",
        "attributes": {"username": "ann", "displayName": "Ann"},
        "relationships": {"groups": {"data": [{"type": "groups", "id": "4"}]}},
    },
    {"type": "groups", "id": "4", "attributes": {"nameSingular": "Mod"}},
]


def test_flarums_discussion_is_the_comments_people_wrote() -> None:
    mention = '<p><a href="/d/9/1" class="PostMention" data-id="1">Ann</a> Same.</p>'
    renamed = flarum_post(2, "", contentType="discussionRenamed", contentHtml=None, content=["a", "b"])
    rows = [flarum_post(3, mention), flarum_post(1, "<p>An hour.</p>"), renamed]
    (reading,) = read_payload(
        {"data": flarum_discussion(1, 2, 3), "included": rows + FLARUM_USERS}, "https://f.example/api/discussions/9"
    )
    assert (reading.title, reading.key) == ("Slow oven", "d/9")
    first, second = reading.posts
    assert (first.text, first.author, first.rank, first.position) == ("An hour.", "Ann", "Mod", 0)
    assert (first.url, first.key, first.said_at) == ("https://f.example/d/9-slow-oven/1", "post 1", NINE)
    assert (second.replies_to, second.position) == ("post 1", 2)


def test_flarums_hidden_posts_are_no_posts() -> None:
    with pytest.raises(UnreadableError, match="no post"):
        read_payload({"data": [flarum_post(1, "<p>a</p>", isHidden=True)], "included": []})


def test_flarums_lists_lead_to_discussions_and_a_discussion_to_posts_it_only_names() -> None:
    listed = {"data": [flarum_discussion()], "links": {"next": "https://f.example/api/discussions?page[offset]=20"}}
    links = follow_payload(listed, "https://f.example/api/discussions")
    assert [(link.url, link.mark) for link in links.threads] == [
        ("https://f.example/api/discussions/9", "2 posts, 2021-05-04T09:00:00Z")
    ]
    assert links.more == ("https://f.example/api/discussions?page[offset]=20",)
    whole = {"data": flarum_discussion(1, 2, 3), "included": [flarum_post(1, "<p>a</p>")]}
    assert follow_payload(whole, "https://f.example/api/discussions/9").more == (
        "https://f.example/api/posts?filter%5Bid%5D=2,3",
    )
