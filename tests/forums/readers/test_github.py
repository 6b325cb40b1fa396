"""What GitHub's two APIs and its command line answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, not_own_words, read_payload

PAGE = "https://github.com/ovens/firmware/issues/5"
API = "https://api.github.com/repos/ovens/firmware/issues"


def issue(**data: object) -> dict[str, Any]:
    told = {"number": 5, "title": "Slow oven", "body": "An hour.", "user": {"login": "ann", "type": "User"}}
    links = {"html_url": PAGE, "url": f"{API}/5", "comments_url": f"{API}/5/comments", "comments": 2}
    return told | links | {"created_at": "2021-05-03T09:00:00Z", "updated_at": "2021-05-04T09:00:00Z"} | data


def comment(own: int, body: str, **data: object) -> dict[str, Any]:
    links = {"html_url": f"{PAGE}#issuecomment-{own}", "issue_url": f"{API}/5", "id": own}
    return links | {"body": body, "user": {"login": "bo"}, "created_at": "2021-05-03T10:00:00Z"} | data


def node(body: str, url: str, **data: object) -> dict[str, Any]:
    return {"author": {"login": "ann"}, "body": body, "createdAt": "2021-05-03T09:00:00Z", "url": url} | data


def test_an_issue_and_its_comments_are_one_thread_though_they_come_in_two_answers() -> None:
    (asked,) = read_payload(issue())
    (answered,) = read_payload([comment(1, "Cold."), comment(2, "Buy a new one.", user=None)])
    assert asked.key == answered.key == PAGE
    assert (asked.title, asked.posts[0].author, asked.posts[0].url) == ("Slow oven", "ann", PAGE)
    assert asked.posts[0].said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert [(post.text, post.author) for post in answered.posts] == [("Cold.", "bo"), ("Buy a new one.", "")]


def test_a_search_and_a_list_are_one_reading_an_issue() -> None:
    other = issue(html_url=f"{PAGE}1", title="Pan", body="")
    (reading,) = read_payload({"total_count": 2, "incomplete_results": False, "items": [issue(), other]})
    assert reading.title == "Slow oven"


def test_a_hint_of_the_template_is_not_the_authors() -> None:
    (reading,) = read_payload(issue(body="<!-- Which model? -->\n\nThe old one.\n\n> slow\n\n<!-- Thanks! -->"))
    assert not_own_words(reading) == ["<!-- Which model? -->", "> slow", "<!-- Thanks! -->"]
    with pytest.raises(UnreadableError, match="has a text"):
        read_payload(issue(body="<!-- Which model? -->"))


@pytest.mark.parametrize(
    ("told", "rank"),
    [
        ({"author_association": "OWNER"}, "Owner"),
        ({"author_association": "NONE"}, ""),
        ({"user": {"login": "stale[bot]"}}, "Bot"),
        ({"user": {"login": "ci", "type": "Bot"}, "author_association": "MEMBER"}, "Bot, Organization member"),
    ],
)
def test_a_rank_is_the_badge_beside_the_name(told: dict[str, object], rank: str) -> None:
    (reading,) = read_payload(issue(**told))
    assert reading.posts[0].rank == rank


def test_an_answer_to_a_review_names_what_it_answers() -> None:
    pull = "https://github.com/ovens/firmware/pull/6#discussion_r"
    (reading,) = read_payload([comment(3, "Why?", html_url=f"{pull}3", in_reply_to_id=2)])
    assert reading.posts[0].replies_to == f"{pull}2"


def test_a_discussion_is_its_comments_and_the_answers_under_them() -> None:
    talk = "https://github.com/ovens/firmware/discussions/7"
    reply = node("Same.", f"{talk}#discussioncomment-2", author=None)
    said = node("Cold.", f"{talk}#discussioncomment-1", replies={"nodes": [reply]}, authorAssociation="OWNER")
    asked = node("An hour.", talk, title="Slow oven", comments={"nodes": [said]}, answer=said)
    (reading,) = read_payload({"data": {"repository": {"discussion": asked}}})
    assert (reading.title, reading.key) == ("Slow oven", talk)
    assert [post.text for post in reading.posts] == ["An hour.", "Cold.", "Same."]
    assert [post.replies_to for post in reading.posts] == [None, None, f"{talk}#discussioncomment-1"]
    assert reading.posts[1].rank == "Owner"


def test_what_the_command_line_prints_is_read() -> None:
    printed = node("An hour.", PAGE, title="Slow oven", comments=[node("Cold.", f"{PAGE}#issuecomment-1", id="IC_1")])
    (reading,) = read_payload(printed)
    assert [post.url for post in reading.posts] == [PAGE, f"{PAGE}#issuecomment-1"]


def test_posts_without_an_address_are_all_kept() -> None:
    rows = [node(text, "") for text in ("Cold.", "Warm.")]
    (reading,) = read_payload({"data": {"node": node("An hour.", "", title="Slow oven", comments={"nodes": rows})}})
    assert len(reading.posts) == 3


def test_an_answer_without_page_addresses_is_keyed_by_number() -> None:
    (reading,) = read_payload([comment(1, "Cold.", html_url=None), comment(2, "No.", html_url=None)])
    assert reading.key == f"{API}/5"
    assert [(post.url, post.key) for post in reading.posts] == [(None, "1"), (None, "2")]


def test_a_release_is_no_issue() -> None:
    with pytest.raises(UnreadableError, match="known payload"):
        read_payload([issue(tag_name="v1")])


def test_a_list_of_issues_leads_to_them_and_its_next_page() -> None:
    links = follow_payload([issue()], f"{API}?state=all&per_page=1")
    assert [(link.url, link.mark) for link in links.threads] == [(f"{API}/5", "2 comments, 2021-05-04T09:00:00Z")]
    assert links.more == (f"{API}?state=all&per_page=1&page=2",)
    assert follow_payload([issue()], f"{API}?per_page=100").more == ()


def test_an_issue_leads_to_its_comments() -> None:
    assert follow_payload(issue(), f"{API}/5").more == (f"{API}/5/comments?per_page=100",)
    assert follow_payload(issue(comments=0), f"{API}/5").more == ()
