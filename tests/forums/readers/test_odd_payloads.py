"""Payloads whose fields hold values of other types than their API says."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers import (
    test_askbot_api,
    test_discourse,
    test_flarum,
    test_github,
    test_gitlab,
    test_hacker_news,
    test_lemmy,
    test_nodebb,
    test_recording,
    test_reddit,
    test_stack_exchange,
    test_vanilla_api,
    test_wordpress,
)
from tests.forums.readers.payloads import follow_payload, read_payload

ODD: tuple[object, ...] = (None, True, -1, 10**30, 1.5, "", "http://[", "<p>", [], [None], [[]], {}, {"id": []})
PAYLOADS: dict[str, Any] = {
    "https://a.example/search?page=1": {
        "interactions": [test_recording.exchange("https://a.example/t/9.json", test_recording.THREAD)]
    },
    "https://a.example/t/9.json": test_discourse.topic({"id": 1, "cooked": "<p>a</p>", "user_id": 1}),
    "https://a.example/latest.json": {"topic_list": {"topics": [{"id": 9, "posts_count": 4}], "more_topics_url": "/l"}},
    "https://a.example/comments/aa1.json": test_reddit.thread(test_reddit.comment("c1", "a"), test_reddit.more("x")),
    "https://a.example/r/new": test_reddit.listing(test_reddit.link(), after="x"),
    "https://a.example/v0/item/7.json": test_hacker_news.item(text="a", kids=[8], parent=3),
    "https://a.example/api/v1/items/7": test_hacker_news.branch(7, "a", test_hacker_news.branch(8, "b")),
    "https://a.example/api/v1/search": {"hits": [test_hacker_news.hit(comment_text="a")], "page": 0, "nbPages": 2},
    "https://a.example/questions": test_stack_exchange.wrapped(
        test_stack_exchange.question(
            comments=[test_stack_exchange.comment(1, 5)], answers=[test_stack_exchange.answer()]
        )
    ),
    "https://a.example/issues": [test_github.issue(), test_github.comment(1, "a")],
    "https://a.example/api/v4/issues": [test_gitlab.issue(), {"id": "a", "notes": [test_gitlab.note(1, "a")]}],
    "https://a.example/wp-json/wp/v2/comments": [test_wordpress.comment(1), test_wordpress.comment(2, type="topic")],
    "https://a.example/graphql": {"data": {"a": test_github.node("a", "https://a.example/5", title="b")}},
    "https://a.example/api/v3/post/list": {"posts": [test_lemmy.lemmy_view({})], "next_page": "x"},
    "https://a.example/api/discussions/9": {
        "data": test_flarum.flarum_discussion(1, 2),
        "included": [test_flarum.flarum_post(1, "<p>a</p>"), *test_flarum.FLARUM_USERS],
    },
    "https://a.example/api/topic/9": {"tid": 9, "title": "b", "posts": [test_nodebb.nodebb_post(1, "<p>a</p>")]},
    "https://a.example/api/v2/discussions": [test_vanilla_api.vanilla_row(name="b"), test_vanilla_api.vanilla_row()],
    "https://a.example/api/v1/questions": {"count": 1, "pages": 2, "questions": [test_askbot_api.askbot_question()]},
}


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield (*path, name)
        yield from paths_in(part, (*path, name))


@pytest.mark.parametrize("url", PAYLOADS)
def test_a_field_of_another_type_is_passed_over_or_refused(url: str) -> None:
    original = PAYLOADS[url]
    assert follow_payload(original, url).threads or read_payload(original, url)
    for number, path in enumerate(paths_in(original)):
        for odd in ODD[number % 6 :: 6]:
            payload = copy.deepcopy(original)
            parent = payload
            for name in path[:-1]:
                parent = parent[name]
            parent[path[-1]] = odd
            with suppress(UnreadableError):
                read_payload(payload, url)
            follow_payload(payload, url)
