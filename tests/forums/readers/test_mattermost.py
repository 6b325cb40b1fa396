"""What Mattermost's payloads say: the API's posts and the lines of a bulk export."""

import json
from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import not_own_words, read_payload

Row = dict[str, object]
NINE = 1651568400000


def post(key: str = "p1", minute: int = 0, message: str = "The oven is slow.", **more: object) -> Row:
    at = NINE + minute * 60_000
    return {
        "id": key,
        "create_at": at,
        "user_id": "u1",
        "channel_id": "c1",
        "root_id": "",
        "message": message,
        "type": "",
    } | more


def read_posts(*posts: Row) -> dict[str, Reading]:
    order = [row["id"] for row in posts]
    readings = read_payload({"order": order, "posts": {row["id"]: row for row in posts}})
    return {reading.key: reading for reading in readings}


def test_a_channels_posts_and_its_threads_are_conversations() -> None:
    talks = read_posts(post("p3", 2, "Lunch?"), post("p2", 1, "Mine too.", root_id="p1", user_id="u2"), post())
    assert {key: [one.text for one in talk.posts] for key, talk in talks.items()} == {
        "p1": ["The oven is slow.", "Mine too."],
        "c1": ["Lunch?"],
    }
    first, second = talks["p1"].posts
    assert (first.author, first.said_at, first.replies_to) == ("u1", datetime(2022, 5, 3, 9, 0, tzinfo=UTC), None)
    assert (second.author, second.replies_to) == ("u2", "p1")


def test_posts_the_order_does_not_list_are_read_as_well() -> None:
    payload = {"order": ["p2"], "posts": {"p2": post("p2", 1, "Mine too.", root_id="p1"), "p1": post()}}
    (reading,) = read_payload(payload)
    assert [one.key for one in reading.posts] == ["p1", "p2"]


@pytest.mark.parametrize("more", [{"type": "system_join_channel"}, {"type": "custom_calls"}, {"delete_at": NINE + 5}])
def test_notices_and_deleted_posts_are_no_posts(more: Row) -> None:
    assert [one.key for one in read_posts(post(), post("p2") | more)["c1"].posts] == ["p1"]


def test_what_a_webhook_says_is_marked_as_such() -> None:
    props = {"from_webhook": "true", "override_username": "build"}
    (one,) = read_posts(post(type="slack_attachment", props=props))["c1"].posts
    assert (one.author, one.rank) == ("build", "Bot")


def test_quoted_lines_are_not_own() -> None:
    assert not_own_words(read_posts(post(message="> it is slow\n\nMine too."))["c1"]) == ["> it is slow"]


def bulk(*rows: Row) -> str:
    lines: list[Row] = [{"type": "version", "version": 1}, {"type": "user", "user": {"username": "ann"}}, *rows]
    return "\n".join(json.dumps(row) for row in lines)


def said(user: str, message: str, minute: int = 0, **more: object) -> Row:
    return {"user": user, "message": message, "create_at": NINE + minute * 60_000} | more


def test_a_bulk_export_is_read_with_its_threads_and_private_talks() -> None:
    replies = [said("bo", "Mine too.", 1)]
    readings = read_payload(
        bulk(
            {"type": "post", "post": said("ann", "It is slow.", 0, team="t", channel="ovens", replies=replies)},
            {"type": "post", "post": said("ann", "Lunch?", 5, team="t", channel="ovens", replies=[])},
            {"type": "direct_post", "direct_post": said("bo", "Hello.", 9, channel_members=["bo", "ann"])},
        ),
        "bulk.jsonl",
    )
    talks = {reading.title: [] for reading in readings}
    for reading in readings:
        talks[reading.title].append([one.text for one in reading.posts])
    assert talks == {"ovens": [["It is slow.", "Mine too."], ["Lunch?"]], "ann, bo": [["Hello."]]}
    thread = readings[0].posts
    assert thread[1].replies_to == thread[0].key
    assert len({one.key for reading in readings for one in reading.posts}) == 4


def test_a_damaged_line_of_a_bulk_export_is_told() -> None:
    text = bulk({"type": "post", "post": said("ann", "It is slow.", team="t", channel="ovens")}) + '\n{"type": "po'
    (reading,) = read_payload(text, "bulk.jsonl")
    assert reading.problems == ((4, "the line is cut off or is no valid JSON"),)


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"order": [], "posts": {}}, "no post"),
        ({"id": "api.context", "message": "You may not", "status_code": 403}, "You may not"),
        ({"id": "c", "create_at": NINE, "team_id": "t", "display_name": "Ovens", "type": "O"}, "a channel"),
        ({"id": "u", "create_at": NINE, "username": "ann", "roles": "system_user"}, "a person"),
        (bulk(), "no post"),
    ],
)
def test_a_payload_without_posts_is_refused_by_what_it_is(payload: object, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)
