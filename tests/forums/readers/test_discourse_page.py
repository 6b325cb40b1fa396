"""What Discourse's topic pages say, to crawlers and as a browser saves them."""

import pytest

from tests.forums.readers.engine_pages import not_own, read_saved, shown

TOPIC = "https://talk.example/t/slow-oven/9"


@pytest.mark.parametrize("page", ["crawler", "saved"])
@pytest.mark.parametrize("url", [TOPIC, f"{TOPIC}/3", f"{TOPIC}?page=2"])
def test_posts_have_the_topics_address_and_their_number(page: str, url: str) -> None:
    posts = read_saved(f"discourse/{page}.html", url).posts
    assert [post.url for post in posts] == [f"{TOPIC}/1", f"{TOPIC}/3"]
    assert posts[1].replies_to == f"{TOPIC}/1"


@pytest.mark.parametrize(("page", "rank"), [("crawler", ""), ("saved", "Baker, Moderator")])
def test_labels_of_pictures_and_notices_are_no_words_of_anybody(page: str, rank: str) -> None:
    reading = read_saved(f"discourse/{page}.html", TOPIC)
    assert reading.title == "Slow oven"
    assert reading.posts[0].text == "The oven is slow."
    assert reading.posts[1].text.endswith("Mine too.")
    assert [words.splitlines()[-1] for words in not_own(reading.posts[1])] == ["The oven is slow."]
    assert [(*shown(post)[:2], post.rank) for post in reading.posts] == [
        ("ann", "2021-05-03 09:00", ""),
        ("bo", "2021-05-03 10:00", rank),
    ]
