"""What Stack Exchange's API and its data dump hold."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.records import Page, Reading
from tests.forums.readers.payloads import FETCHED, follow_payload, not_own_words, read_payload

API = "https://api.example/2.3"
AT = {"creation_date": 1620032400, "score": 1}


def owner(name: str, number: int = 1, kind: str = "registered") -> dict[str, Any]:
    return {"owner": {"display_name": name, "user_id": number, "user_type": kind}}


def question(**data: object) -> dict[str, Any]:
    told = {"question_id": 5, "title": "Why is it &quot;slow&quot;?", "body": "<p>An hour.</p>"}
    return told | AT | owner("Ann &amp; co") | {"link": "https://ovens.example/questions/5/why"} | data


def answer(**data: object) -> dict[str, Any]:
    return {"answer_id": 6, "question_id": 5, "body": "<p>Cold.</p>"} | AT | owner("bo", kind="moderator") | data


def comment(own: int, post: int, **data: object) -> dict[str, Any]:
    return {"comment_id": own, "post_id": post, "body": "I see."} | AT | owner("cy") | data


def wrapped(*items: dict[str, Any], has_more: bool = False) -> dict[str, Any]:
    return {"items": list(items), "has_more": has_more, "quota_remaining": 9}


def test_a_question_its_answers_and_the_comments_on_both_are_one_thread() -> None:
    given = answer(comments=[comment(2, 6)])
    (reading,) = read_payload(wrapped(question(comments=[comment(1, 5)], answers=[given])))
    assert (reading.title, reading.key) == ('Why is it "slow"?', "ovens.example post 5")
    assert [post.text for post in reading.posts] == ["An hour.", "I see.", "Cold.", "I see."]
    assert [post.author for post in reading.posts] == ["Ann & co", "cy", "bo", "cy"]
    asked = "https://ovens.example/questions/5/why"
    assert [post.replies_to for post in reading.posts] == [None, asked, asked, "ovens.example post 6"]
    assert [post.key.rpartition("example ")[2] for post in reading.posts] == [
        "post 5",
        "comment 1",
        "post 6",
        "comment 2",
    ]
    assert reading.posts[0].said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert reading.posts[2].rank == "Moderator"


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("https://beer.stackexchange.com/questions/5/why", "https://api.example/questions?site=beer"),
        ("https://serverfault.com/q/5", "https://api.example/questions?site=serverfault.com"),
    ],
)
def test_a_post_has_the_same_key_whether_its_link_or_the_request_names_the_site(link: str, asked: str) -> None:
    (by_link,) = read_payload([question(link=link)])
    (by_request,) = read_payload([question(link=None)], asked)
    assert by_link.posts[0].key == by_request.posts[0].key


def test_answers_and_comments_alone_find_their_question() -> None:
    link = "https://ovens.example/questions/5/why#comment1_6"
    (reading,) = read_payload(wrapped(answer(), comment(1, 6, link=link)))
    assert [post.key for post in reading.posts] == ["ovens.example post 6", "ovens.example comment 1"]


def test_markdown_is_taken_as_it_was_written() -> None:
    (reading,) = read_payload([question(body=None, body_markdown="&gt; slow\r\n\r\nIt&#39;s *cold*.")])
    assert reading.posts[0].text == "> slow\n\nIt's *cold*."
    assert not_own_words(reading) == ["> slow"]


def test_items_without_bodies_are_refused_with_what_to_ask_for() -> None:
    with pytest.raises(UnreadableError, match="filter=withbody"):
        read_payload(wrapped(question(body=None)))


def test_a_body_that_is_missing_among_others_is_told() -> None:
    (reading,) = read_payload(wrapped(question(answers=[answer(body=None)])))
    assert len(reading.posts) == 1
    assert reading.problems == ((0, "1 items have no body; ask the API for bodies (filter=withbody)"),)


def test_a_listing_leads_to_its_questions_and_its_next_page() -> None:
    listed = question(last_activity_date=1620036000, answer_count=2)
    links = follow_payload(wrapped(listed, has_more=True), f"{API}/questions?site=ovens&filter=withbody&page=2")
    assert links.more == (f"{API}/questions?site=ovens&filter=withbody&page=3",)
    (found,) = links.threads
    assert found.url == f"{API}/questions/5?site=ovens&filter=withbody"
    assert found.mark == "2 answers, 2021-05-03T10:00:00+00:00"


@pytest.mark.parametrize(
    ("path", "item", "more"),
    [
        ("questions/5", question(answer_count=2), ["questions/5/answers", "questions/5/comments"]),
        ("questions/5", question(answer_count=0, comments=[]), []),
        ("questions/5/answers", answer(), ["answers/6/comments"]),
        ("questions/5/answers", answer(comments=[]), []),
        ("questions/5/comments", comment(1, 5), []),
    ],
)
def test_a_question_leads_to_what_its_own_page_leaves_out(path: str, item: dict[str, Any], more: list[str]) -> None:
    links = follow_payload(wrapped(item), f"{API}/{path}?site=ovens")
    assert links.threads == ()
    assert list(links.more) == [f"{API}/{rest}?site=ovens" for rest in more]


def read_table(body: str, url: str = "ovens/Posts.xml") -> tuple[Reading, ...]:
    return read_page(Page(url, ("\ufeff" + body).encode(), "", FETCHED))


POSTS = """<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="5" PostTypeId="1" CreationDate="2021-05-03T09:00:00.000" Body="&lt;p&gt;An hour.&lt;/p&gt;&#xA;"
    OwnerUserId="3" Title="Why slow?" />
  <row Id="6" PostTypeId="2" ParentId="5" CreationDate="2021-05-03T10:00:00.000"
    Body="&lt;blockquote&gt;&lt;p&gt;hour&lt;/p&gt;&lt;/blockquote&gt;&lt;p&gt;Cold.&lt;/p&gt;" OwnerDisplayName="bo" />
  <row Id="7" PostTypeId="5" Body="&lt;p&gt;What ovens are.&lt;/p&gt;" OwnerUserId="-1" />
  <row Id="8" PostTypeId="1" Body="&lt;p&gt;A pan?&lt;/p&gt;" OwnerUserId="-1" Title="Pan" />
</posts>
"""
COMMENTS = """<comments>
  <row Id="1" PostId="6" Text="Is it &amp; was it?" CreationDate="2021-05-03T11:00:00.000" UserId="3" />
</comments>"""


def test_the_posts_of_a_dump_are_threads_by_question() -> None:
    ovens, pan = read_table(POSTS)
    assert (ovens.title, ovens.key) == ("Why slow?", "ovens/post 5")
    assert [(post.text, post.author) for post in ovens.posts] == [("An hour.", "user 3"), ("hour\n\nCold.", "bo")]
    assert ovens.posts[1].replies_to == ovens.posts[0].key == "ovens/post 5"
    assert not_own_words(ovens, 1) == ["hour"]
    assert ovens.posts[0].said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert (pan.posts[0].rank, ovens.problems) == ("Bot", ((0, "1 rows are no posts or hold no text"),))


def test_the_comments_of_a_dump_answer_the_posts_beside_them() -> None:
    (reading,) = read_table(COMMENTS, "ovens/Comments.xml")
    (post,) = reading.posts
    assert (post.text, post.author, post.replies_to) == ("Is it & was it?", "user 3", "ovens/post 6")
    assert read_table(COMMENTS, "pans/Comments.xml")[0].posts[0].key != post.key


def test_a_dump_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    (reading,) = read_table(POSTS[: POSTS.index('<row Id="7"') + 30])
    assert len(reading.posts) == 2
    assert any(what == "the file is cut off" for _, what in reading.problems)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<users><row Id="1" DisplayName="Ann" /></users>', "table of users"),
        ('<posts><row Id="1" PostTypeId="1" Body="" /></posts>', "holds no text"),
        ('<!DOCTYPE posts [<!ENTITY a "b">]><posts><row Id="1" PostTypeId="1" Body="&a;" /></posts>', "entities"),
    ],
)
def test_what_is_no_table_of_posts_is_refused(body: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_table(body)
