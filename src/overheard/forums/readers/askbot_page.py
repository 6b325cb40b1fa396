"""A question page of Askbot: the question, its answers, and the comments under each.

Reads: `/question/ID/…` as a web page, and its further pages.
Seen: 0.7.54 and its neighbours in two skins; 0.6 to 0.12 documented.
Traps: who wrote and who updated a post stand side by side inside its text; so do, in older versions, who commented
    and when; comments beyond the first few are loaded later; the question is repeated on every further page.
"""

from __future__ import annotations

import re
from itertools import islice

from overheard.forums.elements import LEFT_OUT, Found, Marked, MarkedPage, has_word, posts_of, shown
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_MARKS = ("askbot", "Askbot", "post-update-info")
_POST = re.compile(r"""\bid=["'](?:post-id|comment)-\d""")
_USER = "/users/"
_NEAR = 20
"""Links of a signature."""
_NUMBER = re.compile(r"(?<!\d)\d++$")
_PARTS = {
    "words": ".post-body, .comment-body",
    "info": ".post-update-info",
    "author": "a.author",
    "age": ".age",
    LEFT_OUT: ".post-update-info-container, .post-update-info, .comment-controls, .author, .age, .edit, .js-edit, "
    ".expander",
}


def is_askbot(content: Content) -> bool:
    """Say whether the content is a web page with Askbot's name and the ids of its posts."""
    return not content.is_json and any(mark in content.text for mark in _MARKS) and bool(_POST.search(content.text))


def read_question(content: Content) -> tuple[Reading, ...]:
    """Read the question, the answers and the comments in the page's order."""
    page = MarkedPage(content)
    marked = page.gather(".post.question, .js-question, .post.answer, .answer.post, .comment[id]", _PARTS)
    marked = [post for post in marked if post.first("words") is not None]
    question = next((post for post in marked if not has_word(post.element, "answer")), None)
    posts = posts_of((_found(page, post, question) for post in marked), content.url)
    return (Reading(page.text(".post-content h1, h1") or page.title, posts, page.problems),) if posts else ()


def _found(page: MarkedPage, post: Marked, question: Marked | None) -> Found:
    info = post.first("info")
    links = (
        [link for link in islice(info.iter("a"), _NEAR) if _USER in (link.get("href") or "")]
        if info is not None
        else []
    )
    above = post.above if post.above is not None else question if post is not question else None
    return Found(
        body=post.first("words"),
        author=post.text("author") or next((name for link in links if (name := shown(link))), ""),
        said_at=page.date_in(post.first("age")) or page.date_in(info),
        url=_address(page, post, question),
        replies_to=_address(page, above, question) if above is not None else None,
        skipped=post.left_out,
    )


def _address(page: MarkedPage, post: Marked, question: Marked | None) -> str:
    """Return the address Askbot itself gives a post, the same on every page of its question."""
    here = re.split(r"[?#]", page.url)[0]
    number = _NUMBER.search(post.element.get("id") or "")
    if post is question or number is None:
        return here
    kind = "comment" if has_word(post.element, "comment") else "answer"
    return f"{here}?{kind}={number[0]}#post-id-{number[0]}"


READER = Reader("Askbot page", is_askbot, read_question)
