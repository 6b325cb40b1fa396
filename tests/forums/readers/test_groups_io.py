"""What groups.io's API answers."""

import json
from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.forums.read import engine_of, follow_page
from overheard.records import Page


def page(*rows: object, **more: object) -> Page:
    body = json.dumps({"object": "list", "data": rows} | more).encode()
    return Page("https://groups.example/api/v1/getmessages?group_id=7", body, "application/json", datetime.now(UTC))


def row(number: int, body: object, **more: object) -> dict[str, object]:
    created = f"2021-05-03T11:0{number}:00.123456789+02:00"
    told = {"object": "message", "id": number, "topic_id": 9, "created": created, "subject": "Re: Slow oven"}
    return told | {"body": body, "name": "Ann Baker"} | more


def test_messages_of_a_topic_are_one_thread_oldest_first() -> None:
    quote = "An hour.<br><blockquote>How slow?</blockquote>"
    (reading,) = read_page(page(row(2, quote), row(1, "Slow.\n\n-- \nAnn", is_plain_text=True)))
    assert (reading.title, reading.key) == ("Slow oven", "9")
    first, second = reading.posts
    assert (first.text, first.author, first.key, first.position) == ("Slow.", "Ann Baker", "1", 0)
    assert first.said_at is not None
    assert first.said_at.replace(microsecond=0) == datetime(2021, 5, 3, 9, 1, tzinfo=UTC)
    assert [second.text[slice(*span)] for span in second.not_own] == ["How slow?"]


def test_the_next_page_is_followed() -> None:
    (following,) = follow_page(page(row(1, "Slow."), has_more=True, next_page_token=55)).more
    assert following == "https://groups.example/api/v1/getmessages?group_id=7&page_token=55"
    assert not follow_page(page(row(1, "Slow."), has_more=False)).more


@pytest.mark.parametrize(
    "found",
    [
        page({"object": "subscription_plus", "group_id": 7}),
        page({"object": "topic", "group_id": 7, "id": 1}),
        page(row(1, ["no text"])),
        page(user={"csrf_token": "x"}),
    ],
)
def test_other_lists_are_refused_with_a_mend(found: Page) -> None:
    assert engine_of(found) == "groups.io"
    with pytest.raises(UnreadableError, match="getmessages"):
        read_page(found)
