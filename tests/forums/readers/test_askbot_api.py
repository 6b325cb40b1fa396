"""What Askbot's API answers."""

from datetime import UTC, datetime
from typing import Any

from tests.forums.readers.payloads import follow_payload, read_payload

NINE = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)


def askbot_question(**data: object) -> dict[str, Any]:
    told = {"id": 9, "title": "Slow oven", "summary": "<p>An hour.</p>", "author": {"username": "ann", "id": 1}}
    about = {"added_at": "1620032400", "last_activity_at": "1620036000", "answer_count": 1, "answer_ids": [10]}
    return told | about | {"url": "https://q.example/question/9/slow/"} | data


def test_askbots_questions_are_read_and_cut_summaries_told() -> None:
    cut = askbot_question(id=11, url="https://q.example/question/11/pan/", summary="A pan that ...")
    ovens, pan = read_payload({"count": 2, "pages": 1, "questions": [askbot_question(), cut]})
    assert (ovens.title, ovens.posts[0].author, ovens.posts[0].said_at) == ("Slow oven", "ann", NINE)
    assert (ovens.problems, pan.problems) == ((), ((0, "the text of post 11 is cut off; fetch its page"),))


def test_askbots_answer_and_comments_name_what_they_answer() -> None:
    answer = askbot_question(id=10, url="https://q.example/question/9/slow/?answer=10#post-id-10")
    (given,) = read_payload({key: value for key, value in answer.items() if key != "title"})
    assert (given.key, given.posts[0].replies_to) == ("post 9", "post 9")
    comment = {"id": 12, "object_id": 10, "html": "<p>Cold.</p>", "comment_added_at": "2021-05-03 03:00:00 -0600"}
    (said,) = read_payload([comment | {"user_display_name": "bo", "user_is_administrator": True}])
    (post,) = said.posts
    assert (post.author, post.rank, post.said_at, post.replies_to) == ("bo", "Administrator", NINE, "post 10")


def test_askbots_list_leads_to_the_questions_pages() -> None:
    told = {"count": 2, "pages": 2, "questions": [askbot_question()]}
    links = follow_payload(told, "https://q.example/api/v1/questions/")
    assert [(link.url, link.mark) for link in links.threads] == [
        ("https://q.example/question/9/slow/", "1 answers, 2021-05-03T10:00:00+00:00")
    ]
    assert links.more == ("https://q.example/api/v1/questions/?page=2",)
