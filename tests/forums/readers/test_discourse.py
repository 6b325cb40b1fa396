"""What Discourse's payloads say."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import follow_payload, read_payload


def read(payload: object) -> Reading:
    (reading,) = read_payload(payload, "https://talk.example/t/9.json")
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


def test_the_latest_posts_are_one_reading_a_topic() -> None:
    rows = [
        {"cooked": "<p>b</p>", "post_number": 3, "topic_id": 9, "topic_slug": "slow-oven", "topic_title": "Slow oven"},
        {"cooked": "<p>x</p>", "post_number": 1, "topic_id": 8, "topic_slug": "pans", "topic_title": "Pans"},
        {"cooked": "<p>a</p>", "post_number": 2, "topic_id": 9, "topic_slug": "slow-oven", "topic_title": "Slow oven"},
    ]
    ovens, pans = read_payload({"latest_posts": rows}, "https://talk.example/posts.json")
    assert (ovens.title, ovens.key, len(ovens.posts)) == ("Slow oven", "https://talk.example/t/9", 2)
    assert pans.posts[0].url == "https://talk.example/t/pans/8/1"


def test_a_post_has_the_same_key_on_every_page_that_shows_it() -> None:
    row = {"id": 71, "cooked": "<p>a</p>", "post_number": 2, "topic_id": 9, "topic_slug": "slow-oven"}
    pages = [
        ({"id": 9, "slug": "slow-oven", "post_stream": {"posts": [row]}}, "t/slow-oven/9.json"),
        ({"id": 9, "post_stream": {"posts": [row]}}, "t/9/posts.json?post_ids[]=71"),
        ({"latest_posts": [row]}, "posts.json"),
        (row | {"post_type": 1}, "posts/71.json"),
        ([row], "posts/70/replies.json"),
    ]
    readings = [read_payload(payload, f"https://talk.example/sub/{path}")[0] for payload, path in pages]
    assert {reading.key for reading in readings} == {"https://talk.example/sub/t/9"}
    assert {reading.posts[0].key for reading in readings} == {"https://talk.example/sub/p/71"}
    assert {reading.posts[0].url for reading in readings} == {"https://talk.example/sub/t/slow-oven/9/2"}


@pytest.mark.parametrize("flag", [{"hidden": True}, {"user_deleted": True}, {"deleted_at": "2021-05-03T09:00:00Z"}])
def test_the_notice_in_place_of_a_hidden_post_is_no_post(flag: dict[str, object]) -> None:
    reading = read(topic({"cooked": "<p>a</p>"}, {"cooked": "<p>This post is hidden.</p>"} | flag))
    assert [post.text for post in reading.posts] == ["a"]
    assert reading.problems == ((0, "post 2 is hidden or deleted"),)


def test_the_words_of_a_page_that_was_linked_to_are_not_own() -> None:
    box = "<aside class='onebox'><article class='onebox-body'><h3>Ovens</h3><p>We sell.</p></article></aside>"
    post = read(topic({"cooked": f"<p>See this:</p>{box}"})).posts[0]
    (span,) = post.not_own
    assert post.text[slice(*span)] == "Ovens\n\nWe sell."


def test_a_quoted_post_is_what_is_answered() -> None:
    quote = (
        "<aside class='quote' data-username='ann' data-post='1' data-topic='9'><blockquote>slow</blockquote></aside>"
    )
    posts = read(topic({"cooked": "<p>x</p>"}, {"cooked": f"{quote}<p>Mine too.</p>"})).posts
    assert posts[1].replies_to == posts[0].url == "https://talk.example/t/slow-oven/9/1"


def test_the_software_speaks_under_a_number_below_zero() -> None:
    assert read(topic({"cooked": "<p>Welcome.</p>", "user_id": -1})).posts[0].rank == "Bot"


def test_a_list_of_topics_leads_to_them_and_its_next_page() -> None:
    topics = [{"id": 9, "title": "Slow oven", "posts_count": 4, "bumped_at": "2021-05-03T09:00:00Z"}, {"id": 8}]
    told = {"topic_list": {"topics": topics, "more_topics_url": "/c/home/5?no_definitions=true&page=1"}}
    links = follow_payload(told, "https://talk.example/c/home/5.json")
    assert [link.url for link in links.threads] == ["https://talk.example/t/9.json", "https://talk.example/t/8.json"]
    assert [link.mark for link in links.threads] == ["4 posts, 2021-05-03T09:00:00Z", ""]
    assert links.more == ("https://talk.example/c/home/5.json?no_definitions=true&page=1",)


def test_a_topic_leads_to_the_posts_it_only_names_twenty_at_a_time() -> None:
    stream = {"posts": [{"id": 1, "cooked": "<p>a</p>", "post_number": 1}], "stream": list(range(1, 24))}
    links = follow_payload({"id": 9, "slug": "slow-oven", "post_stream": stream}, "https://talk.example/t/9.json")
    first, second = links.more
    assert first.startswith("https://talk.example/t/9/posts.json?post_ids[]=2&post_ids[]=3&")
    assert (first.count("post_ids[]"), second.count("post_ids[]")) == (20, 2)
    assert links.is_whole
    whole = {"posts": stream["posts"], "stream": [1]}
    assert follow_payload({"id": 9, "post_stream": whole}, "https://talk.example/t/9.json").more == ()


def test_categories_lead_to_their_lists_and_a_search_to_its_topics() -> None:
    told = {"category_list": {"categories": [{"id": 5, "slug": "home"}, {"id": "x", "slug": "y"}]}}
    assert follow_payload(told, "https://talk.example/categories.json").more == ("https://talk.example/c/home/5.json",)
    found = {"topics": [{"id": 9}], "grouped_search_result": {"more_full_page_results": True}}
    links = follow_payload(found, "https://talk.example/search.json?q=oven")
    assert [link.url for link in links.threads] == ["https://talk.example/t/9.json"]
    assert links.more == ("https://talk.example/search.json?q=oven&page=2",)


def test_a_topic_too_long_to_name_its_posts_leads_to_its_next_page() -> None:
    stream = {"posts": [{"id": 1, "cooked": "<p>a</p>", "post_number": 1}], "isMegaTopic": True, "lastId": 99}
    address = "https://talk.example/t/9.json?page=2"
    assert follow_payload({"id": 9, "post_stream": stream}, address).more == ("https://talk.example/t/9.json?page=3",)
    assert follow_payload({"id": 9, "post_stream": stream | {"posts": []}}, address).more == ()
