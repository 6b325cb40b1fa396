"""What WordPress' API answers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, read_payload

ARTICLE = "https://w.example/2021/ovens/"
API = "https://w.example/wp-json/wp/v2/comments"


def comment(own: int, **data: object) -> dict[str, Any]:
    told = {"id": own, "post": 60, "parent": 0, "author": 0, "author_name": "Ann &amp; co", "type": "comment"}
    dates = {"date": "2021-05-03T11:00:00", "date_gmt": "2021-05-03T09:00:00"}
    link = f"{ARTICLE}comment-page-{own}/#comment-{own}"
    return told | dates | {"link": link, "content": {"rendered": "<p>Mine is slow.</p>"}, "status": "approved"} | data


def test_the_comments_under_an_article_are_one_thread() -> None:
    (reading,) = read_payload([comment(1), comment(2, parent=1, author=4, author_name="")])
    first, second = reading.posts
    assert reading.key == ARTICLE
    assert (first.author, first.said_at) == ("Ann & co", datetime(2021, 5, 3, 9, 0, tzinfo=UTC))
    assert first.url == f"{ARTICLE}comment-page-1/#comment-1"
    assert (second.author, second.replies_to, second.key) == ("user 4", "comment 1", "comment 2")


def test_a_topic_and_its_replies_are_one_thread_by_number() -> None:
    named = {"author": [{"name": "Ann"}]}
    topic = comment(9, type="topic", title={"rendered": "Slow &#8211; oven"}, post=None, _embedded=named)
    (asked,) = read_payload(topic | {"author_name": None})
    (answered,) = read_payload([comment(10, type="reply", parent=9, post=None)])
    assert asked.key == answered.key
    assert (asked.title, asked.posts[0].author) == ("Slow \u2013 oven", "Ann")


@pytest.mark.parametrize("data", [{"type": "pingback"}, {"type": "post"}, {"status": "hold"}])
def test_what_is_not_said_by_readers_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(UnreadableError, match="known payload"):
        read_payload([comment(1, **data)])


def test_a_full_page_leads_to_the_next() -> None:
    assert follow_payload([comment(1), comment(2)], f"{API}?per_page=2").more == (f"{API}?per_page=2&page=2",)
    assert follow_payload([comment(1)], f"{API}?per_page=2").more == ()
