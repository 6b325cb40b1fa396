"""Reviews of apps: Google Play's page, Apple's feed, API and page."""

import json

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import read_html, script, shown
from tests.forums.readers.payloads import read_payload

ONE = "gp:AOqpTOExampleExampleExampleExample"
TWO = "0f8fad5b-d9cb-469f-a165-70867728950e"


def play(*blocks: object) -> str:
    calls = "".join(
        script(f"AF_initDataCallback({{key: 'ds:{n}', isError: false , data:{json.dumps(data)}, sideChannel: {{}}}});")
        for n, data in enumerate(blocks)
    )
    return f"<html><head><title>Oven Timer - Apps</title></head><body><h1>Oven Timer</h1>{calls}</body></html>"


def review(key: str, words: object, answer: object = None, name: object = "ann") -> list[object]:
    return [key, [name, [None, 2]], 2, None, words, [1620032400, 447000000], 12, answer]


def test_reviews_of_an_app_are_posts_and_the_developer_answers() -> None:
    answer = ["Oven Makers", "We mended it.", [1620036000, 0]]
    page = play(
        [["x", 1]],
        [[review(ONE, "It never rings.", answer), review(TWO, "Rings twice.", None, "A Google user")], "next"],
    )
    reading = read_html(page, "https://play.example/store/apps/details?id=oven")
    assert reading.title == "Oven Timer"
    assert [post.text for post in reading.posts] == ["It never rings.", "We mended it.", "Rings twice."]
    assert [shown(post) for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", None, ""),
        ("Oven Makers", "2021-05-03 10:00", ONE, "Developer"),
        ("", "2021-05-03 09:00", None, ""),
    ]


def test_a_review_that_stands_in_two_lists_is_one() -> None:
    assert len(read_html(play([review(ONE, "It never rings.")], [[review(ONE, "It never rings.")]])).posts) == 1


@pytest.mark.parametrize(
    "row", [[ONE], [ONE, 1, 2, 3, 4, 5], review(ONE, None), [ONE, [], 9, None, "x", []], {"a": ONE}]
)
def test_lists_of_another_shape_are_no_reviews(row: object) -> None:
    with pytest.raises(UnreadableError):
        read_html(play([row]))


def test_the_description_of_an_app_is_nobodys_review() -> None:
    about = "Rings when the bread is ready. Works with every oven there is, and without one."
    page = f"""<html><head><title>Oven Timer</title></head><body itemscope itemtype="https://schema.org/MobileApplication">
    <meta itemprop="description" content="{about}"><h1>Oven Timer</h1><a class="author" href="/dev?id=1">Oven Makers</a>
    <span class="date">May 3, 2021</span><div class="post-body">{about}</div>
    <p>Review</p></body></html>"""
    with pytest.raises(UnreadableError):
        read_html(page)


ENTRY = {
    "author": {"name": {"label": "ann"}},
    "updated": {"label": "2021-05-03T02:00:00-07:00"},
    "im:rating": {"label": "2"},
    "id": {"label": "77"},
    "title": {"label": "Silent"},
    "content": {"label": "It never rings.", "attributes": {"type": "text"}},
}
API = {
    "data": [
        {
            "id": "77",
            "type": "user-reviews",
            "attributes": {
                "userName": "ann",
                "review": "It never rings.",
                "date": "2021-05-03T09:00:00Z",
                "developerResponse": {"id": 78, "body": "We mended it.", "modified": "2021-05-03T10:00:00Z"},
            },
        }
    ]
}
DRAWN = {
    "id": "77",
    "reviewerName": "ann",
    "contents": "It never rings.",
    "date": "2021-05-03T09:00:00.000Z",
    "response": {"id": "78", "contents": "We mended it.", "date": "2021-05-03T10:00:00.000Z"},
}


def apple(name: str, data: object) -> str:
    carried = script(data, type="application/json", id=name)
    return f"<html><head><title>Oven Timer</title></head><body>{carried}</body></html>"


def test_the_feed_of_reviews_leaves_the_app_itself_out() -> None:
    (reading,) = read_payload(
        {
            "feed": {
                "title": {"label": "Customer Reviews"},
                "entry": [{"im:name": {"label": "Oven Timer"}, "content": None}, ENTRY],
            }
        }
    )
    (post,) = reading.posts
    assert (reading.title, post.text, post.key, *shown(post)[:2]) == (
        "Customer Reviews",
        "It never rings.",
        "77",
        "ann",
        "2021-05-03 09:00",
    )


@pytest.mark.parametrize(
    "page",
    [
        json.dumps(API),
        apple(
            "serialized-server-data",
            [{"data": {"shelfMapping": {"reviews": {"items": [{"review": DRAWN}, {"review": DRAWN}]}}}}],
        ),
        apple("shoebox-media-api-cache-apps", {"key": json.dumps({"d": [{"relationships": {"reviews": API}}]})}),
    ],
    ids=["api", "page", "page of strings in strings"],
)
def test_reviews_and_the_developers_answers_are_found_wherever_they_are_packed(page: str) -> None:
    (reading,) = read_payload(page, "https://apps.example/app/id1")
    assert [post.text for post in reading.posts] == ["It never rings.", "We mended it."]
    assert [shown(post) for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", None, ""),
        ("", "2021-05-03 10:00", "77", "Developer"),
    ]


def test_a_payload_of_reviews_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read_payload({"data": [{"attributes": {"userName": "ann", "review": " "}}]})
