"""What Rocket.Chat's payloads say."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Post
from tests.forums.readers.payloads import read_payload

Row = dict[str, object]


def row(key: str = "m1", text: str = "The oven is slow.", **more: object) -> Row:
    person = {"_id": "u1", "username": "ann.oak", "name": "Ann Oak"}
    return {"_id": key, "rid": "r1", "msg": text, "ts": "2022-05-03T09:00:00.000Z", "u": person} | more


def posts_of(*rows: Row) -> dict[str, list[Post]]:
    readings = read_payload({"messages": list(rows), "count": len(rows), "success": True})
    return {reading.key: list(reading.posts) for reading in readings}


def test_a_room_and_its_threads_are_conversations() -> None:
    answer = row("m2", "Mine too.", tmid="m1", ts="2022-05-03T09:01:00Z")
    talks = posts_of(row("m3", "Lunch?", ts="2022-05-03T09:02:00Z"), answer, row(tcount=1))
    assert {key: [post.text for post in posts] for key, posts in talks.items()} == {
        "m1": ["The oven is slow.", "Mine too."],
        "r1": ["Lunch?"],
    }
    assert (talks["m1"][0].author, talks["m1"][1].replies_to) == ("Ann Oak", "m1")


@pytest.mark.parametrize(
    "ts", ["2022-05-03T09:00:00.000Z", {"$date": 1651568400000}, {"$date": "2022-05-03T09:00:00Z"}]
)
def test_instants_come_as_text_or_as_a_date_of_the_database(ts: object) -> None:
    assert posts_of(row(ts=ts))["r1"][0].said_at == datetime(2022, 5, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["uj", "ul", "room_changed_topic", "message_pinned", "rm"])
def test_notices_are_no_posts(kind: str) -> None:
    assert [post.key for post in posts_of(row(), row("m2", "ann", t=kind))["r1"]] == ["m1"]


def test_encrypted_messages_are_counted() -> None:
    payload = {"messages": [row(), row("m2", "c2VjcmV0", t="e2e")], "success": True}
    (reading,) = read_payload(payload)
    assert reading.problems == ((0, "1 encrypted messages are left out"),)


def test_a_quotation_is_an_answer_and_its_link_is_no_text() -> None:
    (post,) = posts_of(row("m2", "[ ](https://chat.example/channel/ovens?msg=m1) Mine too."))["r1"]
    assert (post.text, post.replies_to) == ("Mine too.", "m1")


def test_a_program_is_marked_and_shown_by_its_alias() -> None:
    (post,) = posts_of(row(bot={"i": "x"}, alias="build"))["r1"]
    assert (post.author, post.rank) == ("build", "Bot")


def test_an_exported_room_is_read() -> None:
    (reading,) = read_payload([{"msg": "It is slow.", "username": "ann", "ts": "2022-05-03T09:00:00.000Z"}])
    assert [(post.text, post.author) for post in reading.posts] == [("It is slow.", "ann")]


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"messages": [], "success": True}, "no message"),
        ({"success": False, "error": "The room does not exist"}, "The room does not exist"),
        ({"channel": {"_id": "r1"}, "success": True}, "a room"),
        ({"users": [{"_id": "u1"}], "success": True}, "people"),
        ({"messages": [row(t="uj")], "success": True}, "no message"),
    ],
)
def test_a_payload_without_messages_is_refused_by_what_it_is(payload: object, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)
