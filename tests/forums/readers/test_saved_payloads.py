"""What real payloads hold, counted apart from the readers; only where they are at hand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.forums import read_page
from overheard.records import Page

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "threads", "posts", "dated", "named"),
    [
        # Of 484 comments and posts 6 are deleted; 10 more were written by accounts that are gone.
        ("pages/reddit_json/TestMore.test_comments.cassette.json", 1, 478, 478, 468),
        # The same comments come again and again: 1193 in all.
        ("pages/reddit_json/TestSubredditStreams.test_comments.cassette.json", 376, 417, 417, 417),
        ("pages/reddit_json/TestFront.test_best.cassette.json", 100, 100, 100, 100),
        ("pages/discourse_json/perceval_discourse_topic_1148.json", 1, 20, 20, 20),
        ("pages/askbot/perceval_askbot_2481_multicomments.json", 1, 8, 8, 8),
        # 40 of 592 rows are pages about tags.
        ("corpora/stackexchange_coffee/Posts.xml", 225, 552, 552, 552),
    ],
)
def test_every_post_of_a_saved_payload_is_read_once(
    name: str, threads: int, posts: int, dated: int, named: int, shared_data: Path
) -> None:
    readings = read_page(Page(name, (shared_data / name).read_bytes(), "", FETCHED))
    said = [post for reading in readings for post in reading.posts]
    assert (len(readings), len(said)) == (threads, posts)
    assert len({post.key for post in said}) == posts
    assert (sum(post.said_at is not None for post in said), sum(bool(post.author) for post in said)) == (dated, named)
