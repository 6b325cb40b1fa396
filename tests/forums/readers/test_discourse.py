"""What Discourse's payloads say."""

import json
from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.records import Page, Reading

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


def read(payload: object) -> Reading:
    body = (payload if isinstance(payload, str) else json.dumps(payload)).encode()
    (reading,) = read_page(Page("https://talk.example/t/9.json", body, "application/json", FETCHED))
    return reading


def topic(*posts: dict[str, object]) -> dict[str, object]:
    shown = [{"post_number": number, "post_type": 1, "username": "ann"} | post for number, post in enumerate(posts, 1)]
    return {"id": 9, "slug": "slow-oven", "title": "Slow oven", "post_stream": {"posts": shown}}


def test_a_topic_is_read_with_names_dates_addresses_and_ranks() -> None:
    reading = read(
        topic(
            {"cooked": "<p>The oven is slow.</p>", "created_at": "2021-05-03T09:00:00.000Z"},
            {"cooked": "<p>Noted.</p>", "username": "bo", "user_title": "Baker", "moderator": True},
        )
    )
    first, second = reading.posts
    assert reading.title == "Slow oven"
    assert (first.text, first.author, first.position) == ("The oven is slow.", "ann", 0)
    assert first.said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert second.url == "https://talk.example/t/slow-oven/9/2"
    assert second.rank == "Baker, Moderator"


def test_a_quotation_is_not_own_and_an_answer_points_to_its_post() -> None:
    quote = "<aside class='quote' data-username='ann'><blockquote><p>slow</p></blockquote></aside><p>Mine too.</p>"
    post = read(topic({"cooked": "<p>x</p>"}, {"cooked": quote, "reply_to_post_number": 1})).posts[1]
    (span,) = post.not_own
    assert post.text[slice(*span)] == "slow"
    assert post.replies_to == "https://talk.example/t/slow-oven/9/1"


def test_a_notice_by_the_software_is_no_post_and_keeps_the_places_of_the_others() -> None:
    posts = read(topic({"cooked": "<p>a</p>"}, {"cooked": "", "post_type": 3}, {"cooked": "<p>b</p>"})).posts
    assert [post.position for post in posts] == [0, 2]


def test_a_post_without_text_is_reported() -> None:
    reading = read(topic({"cooked": "<p>a</p>"}, {"cooked": "<img src='x.png'>"}))
    assert reading.problems == ((0, "post 2 has no text"),)


@pytest.mark.parametrize(
    "payload",
    [
        '{"post_stream": {"posts": [{"cooked": "<p>a',
        {"post_stream": {"posts": []}},
        {"post_stream": None},
        {"topic_list": {"topics": [{"title": "Slow oven"}]}},
        '{"post_stream":' + "[" * 100_000,
    ],
)
def test_a_payload_without_a_readable_post_is_refused(payload: object) -> None:
    with pytest.raises(UnreadableError):
        read(payload)
