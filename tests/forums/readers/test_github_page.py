"""What GitHub's pages say: the classic timeline, the present look, and the script it is drawn from."""

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.engine_pages import not_own, read_html, read_saved, script, shown

ISSUE = "https://code.example/bakery/oven/issues/5"


@pytest.mark.parametrize("look", ["classic", "present"])
def test_description_and_comments_are_posts_and_forms_and_events_are_none(look: str) -> None:
    reading = read_saved(f"github/{look}.html", ISSUE)
    assert reading.title == "Oven stays cold"
    assert [post.text for post in reading.posts] == [
        "It stays cold.\n\nheat(180)\n  -> 20",
        "It stays cold.\n\nWhich fuse?",
        "Closing this.",
    ]
    assert [shown(post) for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", None, "Contributor"),
        ("bo", "2021-05-03 10:00", None, "Member"),
        ("stale", "2021-07-03 10:00", None, "Bot"),
    ]
    assert [post.url for post in reading.posts] == [
        f"{ISSUE}#issue-500",
        f"{ISSUE}#issuecomment-501",
        f"{ISSUE}#issuecomment-502",
    ]
    assert not_own(reading.posts[1]) == ["It stays cold."]


def scripted(issue: object) -> str:
    data = {"payload": {"preloadedQueries": [{"result": {"data": {"repository": {"issue": issue}}}}]}}
    return script(data, type="application/json", data_target="react-app.embeddedData")


def node(number: int, words: str, **more: object) -> dict[str, object]:
    told = {
        "__typename": "IssueComment",
        "id": f"IC_{number}",
        "bodyHTML": f"<p>{words}</p>",
        "url": f"{ISSUE}#issuecomment-{number}",
    }
    return {"node": told | {"author": {"login": "bo"}, "createdAt": "2021-05-03T10:00:00Z"} | more}


def test_a_page_drawn_later_is_read_from_its_script_each_comment_once() -> None:
    event = {"node": {"__typename": "LabeledEvent", "createdAt": "2021-05-03T10:00:00Z"}}
    front = {"edges": [node(501, "Which fuse?", authorAssociation="MEMBER"), event, node(502, "The left one.")]}
    back = {
        "edges": [node(502, "The left one."), node(503, "Closing.", author={"login": "stale", "__typename": "Bot"})]
    }
    issue = {"title": "Oven stays cold", "bodyHTML": "<p>It stays cold.</p>", "author": {"login": "ann"}, "url": ISSUE}
    reading = read_html(scripted(issue | {"frontTimelineItems": front, "backTimelineItems": back}), ISSUE)
    assert reading.title == "Oven stays cold"
    assert [post.text for post in reading.posts] == ["It stays cold.", "Which fuse?", "The left one.", "Closing."]
    assert [post.rank for post in reading.posts] == ["", "Member", "", "Bot"]


@pytest.mark.parametrize("issue", [None, [], {"bodyHTML": 4}, {"bodyHTML": "<p></p>", "frontTimelineItems": [1]}])
def test_a_script_of_another_make_holds_no_post(issue: object) -> None:
    with pytest.raises(UnreadableError):
        read_html(scripted(issue), ISSUE)
