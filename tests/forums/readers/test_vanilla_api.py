"""What Vanilla's API answers."""

from datetime import UTC, datetime
from typing import Any

from tests.forums.readers.payloads import follow_payload, read_payload

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def vanilla_row(**data: object) -> dict[str, Any]:
    user = {"userID": 3, "name": "ann", "title": "Baker", "label": ""}
    return {"discussionID": 9, "body": "<p>An hour.</p>", "dateInserted": "2021-05-03T09:00:00+00:00"} | (
        {"insertUser": user} | data
    )


def test_vanillas_discussion_and_its_comments_are_one_thread_though_they_come_in_two_answers() -> None:
    (asked,) = read_payload(vanilla_row(name="Slow oven", url="https://v.example/discussion/9/slow"))
    (answered,) = read_payload([vanilla_row(commentID=4), vanilla_row(commentID=5, parentCommentID=4)])
    assert asked.key == answered.key == "discussion 9"
    (post,) = asked.posts
    assert (asked.title, post.author, post.rank, post.said_at) == ("Slow oven", "ann", "Baker", NINE)
    assert [post.key for post in answered.posts] == ["comment 4", "comment 5"]
    assert answered.posts[1].replies_to == "comment 4"


def test_vanillas_older_answers_are_read() -> None:
    asked = {"DiscussionID": 9, "Name": "Slow oven", "Body": "An hour.", "DateInserted": "2010-05-03 09:00:00"}
    given = {"DiscussionID": 9, "CommentID": 4, "Body": "Cold.", "DateInserted": "2010-05-03 10:00:00"}
    (reading,) = read_payload({"Discussion": asked | {"InsertName": "ann"}, "Comments": [given]})
    assert [(post.text, post.author) for post in reading.posts] == [("An hour.", "ann"), ("Cold.", "")]


def test_vanillas_lists_lead_to_comments_and_to_the_next_page() -> None:
    links = follow_payload([vanilla_row(name="Slow", countComments=2)], "https://v.example/api/v2/discussions?limit=1")
    (found,) = links.threads
    assert found.url == "https://v.example/api/v2/comments?discussionID=9&expand=insertUser&limit=100"
    assert found.mark.startswith("2 comments")
    assert links.more == ("https://v.example/api/v2/discussions?limit=1&page=2",)
