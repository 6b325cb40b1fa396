"""What Gitter's payloads say."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import not_own_words, read_payload


def row(key: str = "m1", text: str = "The oven is *slow*.", **more: object) -> dict[str, object]:
    person = {"id": "u1", "username": "annoak", "displayName": "Ann Oak"}
    return {
        "id": key,
        "text": text,
        "html": "x",
        "sent": "2022-05-03T09:00:00.000Z",
        "fromUser": person,
        "readBy": 0,
    } | more


def test_a_message_is_read_as_its_author_wrote_it() -> None:
    (reading,) = read_payload([row()])
    (post,) = reading.posts
    assert (post.text, post.author, post.key) == ("The oven is *slow*.", "Ann Oak", "m1")
    assert post.said_at == datetime(2022, 5, 3, 9, 0, tzinfo=UTC)


def test_a_thread_is_a_conversation_of_its_own() -> None:
    readings = read_payload([row(threadMessageCount=1), row("m2", "Mine too.", parentId="m1"), row("m3", "Lunch?")])
    assert [[post.key for post in reading.posts] for reading in readings] == [["m1", "m2"], ["m3"]]
    assert readings[0].posts[1].replies_to == "m1"


def test_quoted_lines_are_not_own() -> None:
    (reading,) = read_payload([row(text="> it is slow\n\nMine too.", fromUser=None)])
    assert not_own_words(reading) == ["> it is slow"]
    assert reading.posts[0].author == ""


@pytest.mark.parametrize(
    ("payload", "told"),
    [([], "no message"), ([{"id": "r1", "oneToOne": False, "userCount": 3}], "rooms"), ([row(text="")], "no message")],
)
def test_a_list_without_messages_is_refused(payload: object, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)
