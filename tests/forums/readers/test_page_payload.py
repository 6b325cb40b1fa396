"""Pages that carry their engine's payload in a script."""

import json

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import read_html, script, shown

NODEBB = {
    "tid": 7,
    "title": "Slow oven",
    "posts": [
        {
            "pid": 71,
            "tid": 7,
            "index": 0,
            "content": "<p>The oven is slow.</p>",
            "timestamp": 1620032400000,
            "user": {"username": "ann"},
        },
        {
            "pid": 72,
            "tid": 7,
            "index": 1,
            "toPid": 71,
            "content": "<p>Mine too.</p>",
            "timestamp": 1620036000000,
            "user": {"username": "bo"},
        },
    ],
}
FLARUM = {
    "resources": [{"type": "forums", "id": "1", "attributes": {"baseUrl": "https://flour.example/talk"}}],
    "apiDocument": {
        "data": {"type": "discussions", "id": "7", "attributes": {"title": "Slow oven", "slug": "7-slow-oven"}},
        "included": [
            {
                "type": "posts",
                "id": "71",
                "attributes": {
                    "number": 1,
                    "contentType": "comment",
                    "contentHtml": "<p>The oven is slow.</p>",
                    "createdAt": "2021-05-03T09:00:00+00:00",
                },
                "relationships": {
                    "user": {"data": {"type": "users", "id": "1"}},
                    "discussion": {"data": {"type": "discussions", "id": "7"}},
                },
            },
            {"type": "users", "id": "1", "attributes": {"displayName": "ann"}},
        ],
    },
}
POST = {
    "id": 7,
    "name": "Slow oven",
    "body": 'It says ":undefined" and stays cold.',
    "ap_id": "https://lem.example/post/7",
    "published": "2021-05-03T09:00:00Z",
}
COMMENT = {
    "id": 71,
    "post_id": 7,
    "content": "Mine too.",
    "path": "0.71",
    "ap_id": "https://lem.example/comment/71",
    "published": "2021-05-03T10:00:00Z",
}
LEMMY = {
    "path": "/post/:id",
    "routeData": {
        "postRes": {"state": "success", "data": {"post_view": {"post": POST, "creator": {"name": "ann"}}}},
        "commentsRes": {
            "state": "success",
            "data": {"comments": [{"comment": COMMENT, "post": POST, "creator": {"name": "bo"}}]},
        },
    },
}


def nodebb(data: object) -> str:
    return f"<html><body><div id='content'></div>{script(data, id='ajaxify-data')}</body></html>"


def flarum(data: object) -> str:
    return f"<html><body><div id='app'></div>{script(data, id='flarum-json-payload')}</body></html>"


def old_flarum(data: object) -> str:
    started = script(f"flarum.core.app.load({json.dumps(data)});flarum.core.app.bootExtensions();")
    return f"<html><body>{started}</body></html>"


def lemmy(data: object) -> str:
    # Values that JSON does not know, as the engine's own serialiser writes them.
    written = json.dumps(data).replace('"path": "/post/:id"', '"path": "/post/:id", "errorPageData": undefined')
    return f"<html><body>{script(f'window.isoData = {written}')}{script('var a = {};')}</body></html>"


def test_a_nodebb_page_gives_what_its_api_would() -> None:
    reading = read_html(nodebb(NODEBB), "https://bake.example/forum/topic/7/slow-oven?page=1")
    first, second = reading.posts
    assert (reading.title, first.text, second.text) == ("Slow oven", "The oven is slow.", "Mine too.")
    assert second.replies_to == first.url == "https://bake.example/forum/post/71"


@pytest.mark.parametrize("page", [flarum, old_flarum])
def test_a_flarum_page_gives_what_its_api_would(page: object) -> None:
    reading = read_html((flarum if page is flarum else old_flarum)(FLARUM), "https://flour.example/talk/d/7-slow-oven")
    (post,) = reading.posts
    assert (reading.title, post.text, *shown(post)[:2]) == ("Slow oven", "The oven is slow.", "ann", "2021-05-03 09:00")
    assert post.url == "https://flour.example/talk/d/7-slow-oven/1"


def test_a_flarum_page_without_its_payload_is_read_by_what_it_shows_without_scripts() -> None:
    rows = "".join(
        f'<div><h3>{name}</h3><div class="Post-body"><p>{words}</p></div><hr></div>'
        for name, words in [("ann", "The oven is slow, and it has been like that for a year now."), ("bo", "Mine too.")]
    )
    body = f"<h1>Slow oven</h1><div>{rows}</div><p>Scripts are switched off, so that some of this does not work.</p>"
    page = f'<html><head><title>Slow oven - Bakers</title></head><body><noscript id="flarum-content">{body}</noscript>'
    reading = read_html(page, "https://flour.example/d/7-slow-oven")
    assert reading.title == "Slow oven"
    assert [post.author for post in reading.posts] == ["ann", "bo"]
    assert reading.posts[1].text == "Mine too."


def test_a_lemmy_page_gives_what_its_api_would_and_keeps_every_word() -> None:
    reading = read_html(lemmy(LEMMY), "https://lem.example/post/7")
    assert [post.text for post in reading.posts] == ['It says ":undefined" and stays cold.', "Mine too."]
    assert [post.author.split("@")[0] for post in reading.posts] == ["ann", "bo"]


@pytest.mark.parametrize("page", [nodebb, flarum, old_flarum, lemmy])
@pytest.mark.parametrize(
    "data", [None, [], 7, {"posts": []}, {"apiDocument": []}, {"routeData": [1]}, {"routeData": {"a": None}}]
)
def test_a_page_whose_payload_holds_no_post_is_read_by_what_it_shows(page: object, data: object) -> None:
    make = {nodebb: nodebb, flarum: flarum, old_flarum: old_flarum, lemmy: lemmy}[page]  # type: ignore[index]
    posts = "".join(
        f'<div class="post"><b class="author">{name}</b><p class="text">{words}</p></div>'
        for name, words in [
            ("ann", "The oven is slow today."),
            ("bo", "Mine is slow as well."),
            ("cy", "Then it is the flour."),
        ]
    )
    reading = read_html(make(data).replace("<body>", f"<body>{posts}"), "https://bake.example/topic/7")
    assert [post.text for post in reading.posts][-1] == "Then it is the flour."


def test_a_page_that_shows_nothing_beside_an_empty_payload_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read_html(nodebb({"posts": []}))
