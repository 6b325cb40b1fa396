"""What GitLab's API answers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import follow_payload, not_own_words, read_payload

API = "https://lab.example/api/v4/projects/1/issues"
PAGE = "https://lab.example/ovens/firmware/-/issues/5"


def issue(**data: object) -> dict[str, Any]:
    told = {"id": 71, "iid": 5, "title": "Slow oven", "description": "An hour.", "web_url": PAGE}
    about = {"created_at": "2021-05-03T09:00:00.000Z", "updated_at": "2021-05-04", "user_notes_count": 2}
    return told | about | {"author": {"name": "Ann", "username": "ann"}, "_links": {"notes": f"{API}/5/notes"}} | data


def note(own: int, body: str, **data: object) -> dict[str, Any]:
    told = {"id": own, "body": body, "author": {"username": "bo", "bot": False}, "system": False}
    return told | {"noteable_type": "Issue", "noteable_id": 71, "created_at": "2021-05-03T10:00:00Z"} | data


def test_an_issue_and_its_notes_are_one_thread_though_they_come_in_two_answers() -> None:
    (asked,) = read_payload([issue()])
    (answered,) = read_payload([note(1, "> An hour.\n\nCold."), note(2, "changed the label", system=True)])
    assert asked.key == answered.key
    (post,) = asked.posts
    assert (asked.title, post.author, post.url) == ("Slow oven", "Ann", PAGE)
    assert post.said_at == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert [post.author for post in answered.posts] == ["bo"]
    assert not_own_words(answered) == ["> An hour."]


def test_the_notes_of_a_discussion_answer_the_first() -> None:
    (reading,) = read_payload([{"id": "a1", "notes": [note(1, "Cold."), note(2, "No."), note(3, "Yes.")]}])
    assert [post.replies_to for post in reading.posts] == [None, "note 1", "note 1"]


def test_notes_of_the_system_alone_are_refused() -> None:
    with pytest.raises(UnreadableError, match="written by people"):
        read_payload([note(1, "closed", system=True)])


def test_issues_lead_to_their_notes_and_a_full_page_to_the_next() -> None:
    notes = f"{API}/5/notes?sort=asc&per_page=100"
    links = follow_payload([issue()], f"{API}?per_page=1")
    assert [(link.url, link.mark) for link in links.threads] == [(notes, "2 notes, 2021-05-04")]
    assert links.more == (f"{API}?per_page=1&page=2",)
    assert follow_payload(issue(), f"{API}/5").more == (notes,)
