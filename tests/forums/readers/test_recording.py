"""What recordings of requests hold."""

import base64
import gzip
import json
from typing import Any

import pytest

from overheard.errors import UnreadableError
from overheard.forums.readers import recording
from tests.forums.readers.payloads import read_payload
from tests.forums.readers.test_discourse import topic

TOPIC = "https://talk.example/t/slow-oven/9.json"
THREAD = topic({"id": 1, "cooked": "<p>a</p>"}, {"id": 2, "cooked": "<p>b</p>"})
REST = {"id": 9, "post_stream": {"posts": [{"id": own, "cooked": "<p>c</p>", "post_number": own} for own in (2, 3)]}}
WEB_PAGE = "<html><body>" + "".join(
    f"<div class='post'><span class='author'>{name}</span><time datetime='2021-05-0{day}T09:00:00Z'></time>"
    f"<div class='content'><p>{text}</p></div></div>"
    for day, (name, text) in enumerate([("ann", "My oven takes an hour."), ("bo", "Is it plugged in at all?")], 1)
)


def har(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"log": {"version": "1.2", "entries": list(entries)}}


def entry(url: str, text: str, kind: str = "application/json", status: int = 200, **content: object) -> dict[str, Any]:
    answer = {"status": status, "content": {"mimeType": kind, "text": text} | content}
    return {"startedDateTime": "2022-01-01T00:00:00Z", "request": {"url": url, "method": "GET"}, "response": answer}


def exchange(url: str, body: object, kind: str = "application/json", code: int = 200) -> dict[str, Any]:
    answer = {"status": {"code": code, "message": ""}, "headers": {"Content-Type": [kind]}, "body": body}
    return {"recorded_at": "2022-01-01T00:00:00", "request": {"uri": url, "method": "GET"}, "response": answer}


@pytest.mark.parametrize(
    "body",
    [
        {"string": json.dumps(THREAD)},
        {"encoding": "utf-8", "base64_string": base64.b64encode(gzip.compress(json.dumps(THREAD).encode())).decode()},
        json.dumps(THREAD),
        THREAD,
    ],
)
@pytest.mark.parametrize("name", ["interactions", "http_interactions"])
def test_a_cassette_is_read_however_it_keeps_its_bodies(name: str, body: object) -> None:
    (reading,) = read_payload({name: [exchange(TOPIC, body)], "version": 1})
    assert (reading.title, [post.text for post in reading.posts]) == ("Slow oven", ["a", "b"])


def test_the_answers_of_one_thread_are_one_reading_with_each_post_once() -> None:
    later = entry(f"{TOPIC[:-5]}/posts.json?post_ids[]=2", json.dumps(REST))
    (reading,) = read_payload(har(entry(TOPIC, json.dumps(THREAD)), later))
    assert [post.text for post in reading.posts] == ["a", "b", "c"]
    assert [post.position for post in reading.posts] == [0, 1, 2]


def test_the_page_a_browser_showed_is_read_and_the_frames_of_other_hosts_are_not() -> None:
    frame = WEB_PAGE.replace("oven", "advert")
    recorded = har(
        entry("https://talk.example/style.css", "a {}", "text/css"),
        entry("https://talk.example/thread/1", WEB_PAGE, "text/html; charset=utf-8"),
        entry("https://adverts.example/frame", frame, "text/html"),
    )
    (reading,) = read_payload(recorded)
    assert [post.author for post in reading.posts] == ["ann", "bo"]
    assert reading.key == "https://talk.example/thread/1"


def test_a_body_kept_as_base64_is_read() -> None:
    packed = base64.b64encode(json.dumps(THREAD).encode()).decode()
    (reading,) = read_payload(har(entry(TOPIC, packed, encoding="base64")))
    assert len(reading.posts) == 2


def test_a_recording_of_nock_is_read() -> None:
    row = {"scope": "https://talk.example:443", "method": "GET", "path": "/t/slow-oven/9.json", "status": 200}
    (reading,) = read_payload([row | {"response": THREAD}])
    assert reading.posts[0].url == "https://talk.example/t/slow-oven/9/1"


def test_a_bomb_is_unpacked_no_further_than_a_page_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(json.dumps(THREAD | {"padding": " " * 1_000_000}).encode())
    recorded = {"interactions": [exchange(TOPIC, {"base64_string": base64.b64encode(packed).decode()})]}
    assert read_payload(recorded)
    monkeypatch.setattr(recording, "_LARGEST_ANSWER", 500_000)
    with pytest.raises(UnreadableError, match="cut off"):
        read_payload(recorded)


@pytest.mark.parametrize(
    "recorded",
    [
        har(),
        har(entry(TOPIC, json.dumps(THREAD), status=500)),
        har(entry(TOPIC, "")),
        har(entry(TOPIC, json.dumps(har(entry(TOPIC, json.dumps(THREAD)))))),
        {"interactions": [exchange(TOPIC, {"base64_string": "H4sIAAAA"})]},
        {"interactions": [exchange(TOPIC, {"string": None})]},
    ],
)
def test_a_recording_without_posts_is_refused(recorded: object) -> None:
    with pytest.raises(UnreadableError, match="no recorded answer holds a post"):
        read_payload(recorded)
