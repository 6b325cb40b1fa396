"""A question page of Stack Exchange: the question, its answers, and the comments under each.

Reads: `/questions/ID/…` as a web page, of Stack Overflow and every other site of the network.
Seen: the markup of 2014 to 2021; that of 2022 to 2025 documented only.
Traps: who edited a post is shown like who wrote it, before the writer; a community wiki has no writer; notices
    ("closed", "This question already has answers here") stand inside the post; comments say "@name".
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from overheard.forums.elements import LEFT_OUT, Found, Marked, MarkedPage, has_word, posts_of, shown
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_QUESTION = "data-questionid="
_TEXTS = ("s-prose", "js-post-body", "post-text", "comment-copy")
_USER = "/users/"
_NEAR = 60
"""Elements of a signature."""
_PARTS = {
    "body": ".js-post-body, .s-prose, .post-text, .comment-copy",
    "signature": ".post-signature, .user-info",
    "user": ".comment-user",
    "date": ".comment-date",
    "link": ".js-share-link, .short-link",
    "moderator": ".mod-flair",
    LEFT_OUT: ".post-notice, .js-post-notice, .question-status, .post-taglist, .js-post-menu",
}
_ANSWER_LINK = re.compile(r"/[aq]/\d+")
_ASKED_OR_ANSWERED = re.compile(
    r"asked|answered|gefragt|beantwortet|preguntada|respondida|perguntada|質問|回答|задан|ответ", re.IGNORECASE
)


def is_question_page(content: Content) -> bool:
    """Say whether the content is a web page that marks a question and the texts of posts as Stack Exchange does."""
    text = content.text
    return not content.is_json and _QUESTION in text and any(mark in text for mark in _TEXTS)


def read_question(content: Content) -> tuple[Reading, ...]:
    """Read the question, the answers and the comments in the page's order."""
    page = MarkedPage(content)
    marked = page.gather("[data-questionid], [data-answerid], .comment", _PARTS)
    question = next(
        (post for post in marked if post.element.get("data-questionid") and post.first("body") is not None), None
    )
    if question is None:
        return ()
    urls = {post.element: _address(page, post) for post in marked}
    found = [_found(page, post, urls, question) for post in marked if post.first("body") is not None]
    posts = posts_of(found, content.url)
    title = page.text("#question-header h1, h1[itemprop='name'], a.question-hyperlink") or page.title
    return (Reading(title, posts, page.problems),) if posts else ()


def _found(page: MarkedPage, post: Marked, urls: dict[Any, str | None], question: Marked) -> Found:
    above = post.above if post.above is not None else question if post is not question else None
    signature = _signature(post)
    user = post.first("user")
    author = shown(user) if user is not None else _name_in(signature)
    return Found(
        body=post.first("body"),
        author=author.removesuffix("♦").strip(),
        said_at=page.date_in(post.first("date")) or page.date_in(signature),
        url=urls[post.element],
        replies_to=urls[above.element] if above is not None else None,
        rank="Moderator" if post.first("moderator") is not None or author.endswith("♦") else "",
        skipped=post.left_out,
    )


def _signature(post: Marked) -> Any | None:
    """Return the signature of who wrote a post: the one that says so, else the owner's, else the last."""
    signatures = post.parts.get("signature", [])
    told = [one for one in signatures if _ASKED_OR_ANSWERED.search(shown(one))]
    owned = [
        one
        for one in signatures
        if has_word(one, "owner") or (one.getparent() is not None and has_word(one.getparent(), "owner"))
    ]
    return next(iter(told or owned or signatures[-1:]), None)


def _name_in(signature: Any | None) -> str:
    if signature is None:
        return ""
    near = list(islice(signature.iter(), _NEAR))
    details = [part for part in near if has_word(part, "user-details")] or [signature]
    for detail in details:
        named = [
            link for link in islice(detail.iter("a"), _NEAR) if "/users/" in (link.get("href") or "") and shown(link)
        ]
        if named:
            return shown(named[0])
        # Those who left, and guests, have a name without a link.
        plain = [part for part in islice(detail.iter(), _NEAR) if part.text and part.text.strip()]
        if plain:
            return " ".join(plain[0].text.split())
    return ""


def _address(page: MarkedPage, post: Marked) -> str | None:
    here = re.split(r"[?#]", page.url)[0]
    if has_word(post.element, "comment"):
        number = (post.element.get("id") or "").removeprefix("comment-")
        above = post.above.element.attrib if post.above is not None else {}
        parent = above.get("data-answerid") or above.get("data-questionid")
        return f"{here}#comment{number}_{parent}" if number.isdecimal() and parent else None
    if post.element.get("data-questionid"):
        return here
    link = next((part.get("href") or "" for part in post.parts.get("link", [])), "")
    shared = _ANSWER_LINK.match(link)
    return page.address(shared[0]) if shared else f"{here}#{post.element.get('data-answerid')}"


READER = Reader("Stack Exchange page", is_question_page, read_question)
