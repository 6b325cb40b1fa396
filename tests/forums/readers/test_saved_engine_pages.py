"""Real pages, where they are at hand: no post lost, none made up, told by what their engine writes once a post."""

import re
from pathlib import Path

import pytest

from overheard.forums.read import read_page
from tests.make import make_page

ENGINES = [
    ("drupal6", r'class="submitted">Submitted by', 0),
    ("reddit_html", r'data-testid="comment"', 1),
    ("hackernews_html", r'class="comment"', 1),
    ("github_html", r'data-testid="markdown-body"', 0),
]
"""Folder, what stands once in each post, and how many a page may have beside (a submission's own text)."""
_LARGEST = 500_000
"""Bytes; larger pages take seconds."""


@pytest.mark.parametrize(("folder", "mark", "beside"), ENGINES)
def test_every_post_of_a_real_page_is_read_once(folder: str, mark: str, beside: int, shared_data: Path) -> None:
    seen = 0
    pages = (path for path in (shared_data / "pages" / folder).glob("*.html") if path.stat().st_size < _LARGEST)
    for path in sorted(pages)[:12]:
        marked = len(re.findall(mark, path.read_text("utf-8", "replace")))
        if marked:
            posts = [post for reading in read_page(make_page(path.read_bytes())) for post in reading.posts]
            assert marked <= len(posts) <= marked + beside, path.name
            assert len({post.url for post in posts}) == len(posts), path.name
            seen += 1
    assert seen
