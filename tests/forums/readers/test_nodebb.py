"""What NodeBB's API answers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.forums.readers.payloads import follow_payload, read_payload

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def nodebb_post(own: int, content: str, **data: object) -> dict[str, Any]:
    user = {"username": "ann", "displayname": "Ann &amp; co", "selectedGroups": [{"userTitle": "Baker"}]}
    return {"pid": own, "tid": 9, "content": content, "timestamp": 1620032400000, "index": own - 1, "user": user} | data


@pytest.mark.parametrize("wrap", [False, True])
def test_nodebbs_topic_is_read_in_and_out_of_its_envelope(wrap: bool) -> None:
    rows = [nodebb_post(1, "<p>An hour.</p>"), nodebb_post(2, "", deleted=1), nodebb_post(3, "<p>No.</p>", toPid="1")]
    topic = {"tid": 9, "title": "Slow &amp; cold", "postcount": 3, "posts": rows}
    payload = {"status": {"code": "ok"}, "response": topic} if wrap else topic
    (reading,) = read_payload(payload, "https://n.example/api/topic/9/slow")
    assert (reading.title, reading.key) == ("Slow & cold", "https://n.example/topic/9")
    first, third = reading.posts
    assert (first.author, first.rank, first.said_at) == ("Ann & co", "Baker", NINE)
    assert (third.url, third.replies_to, third.position) == (
        "https://n.example/post/3",
        "https://n.example/post/1",
        2,
    )
    assert reading.problems == ((0, "post 2 is deleted or has no text"),)


def test_nodebbs_lists_lead_to_topics_and_topics_to_their_next_page() -> None:
    row = {"tid": 9, "title": "Slow", "postcount": 3, "lastposttime": 1620032400000}
    told = {"topics": [row], "pagination": {"next": {"page": 2, "active": True}}}
    links = follow_payload(told, "https://n.example/api/category/1/ovens")
    assert [(link.url, link.mark) for link in links.threads] == [
        ("https://n.example/api/topic/9", "3 posts, 2021-05-03T09:00:00+00:00")
    ]
    assert links.more == ("https://n.example/api/category/1/ovens?page=2",)
