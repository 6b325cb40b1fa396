"""GitHub's pages of issues, pull requests and discussions: the description and the comments, reviews' among them.

Reads: `/issues/N`, `/pull/N` and `/discussions/N` as web pages, in the classic timeline, in the present look, and from
    the script that the present look is drawn from where it holds more than the page shows.
Seen: the present look of 2025 as saved from a browser; the timelines of 2015 to 2024 and the script documented only.
Traps: a form for a new comment looks like a comment; long threads hide their middle; events are no posts; who opened
    the thread is labelled like a rank; hashed class words change with every release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from overheard.forums.elements import Found, Marked, MarkedPage, posts_of, shown
from overheard.forums.payload import dict_of, html_body, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Reading

_MARKS = (
    *("comment-viewer-outer-box-", 'data-testid="issue-body"', "react-issue-body", "preloadedQueries"),
    *("timeline-comment-header", "js-comment-container"),
)
_POSTS = "[data-testid='issue-body'], [data-testid^='comment-viewer-outer-box'], .timeline-comment, .review-comment"
_PARTS = {
    "body": ".markdown-body, [data-testid='markdown-body']",
    "author": "a.author, [data-testid='issue-body-header-author'], [data-testid='avatar-link'], "
    ".timeline-comment-header-text > strong",
    "date": "relative-time, time-ago, time",
    "link": "a.js-timestamp, a.timestamp, a[href*='#issue'], a[href*='#discussion'], a[href*='#pullrequestreview']",
    "rank": "[data-testid='comment-author-association'], .timeline-comment-label, .Label",
}
_TITLES = "[data-testid='issue-title'], .js-issue-title, .gh-header-title > .markdown-title"
_NO_RANK = ("author", "edited", "pending", "first-time contributor", "this comment was marked as the answer.")
_BOT_LINK = re.compile(r"/apps/|\[bot\]$")
_ASSOCIATIONS = ("OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR")


def is_github(content: Content) -> bool:
    """Say whether the content is a web page with the marks of GitHub's timelines."""
    return not content.is_json and any(mark in content.text for mark in _MARKS)


def read_discussion(content: Content) -> tuple[Reading, ...]:
    """Read the description and the comments, from the page or from its script, whichever holds more."""
    issue = _script_issue(content)
    page = MarkedPage(content)
    marked = [post for post in page.gather(_POSTS, _PARTS) if _is_said(post)]
    posts = posts_of((_found(page, post) for post in marked), content.url)
    scripted = posts_of(_of_script(issue), content.url)
    if len(scripted) > len(posts):
        return (Reading(line_of(issue.get("title")), scripted, page.problems),)
    return (Reading(page.text(_TITLES) or page.title, posts, page.problems),) if posts else ()


def _is_said(post: Marked) -> bool:
    """Say whether a post has a text and a name; the form for a new one has a preview without."""
    return post.first("body") is not None and post.text("author") != ""


def _found(page: MarkedPage, post: Marked) -> Found:
    author = post.first("author")
    ranks = [shown(part).strip() for part in post.parts.get("rank", [])]
    is_bot = bool(_BOT_LINK.search(post.attribute("author", "href")) or _BOT_LINK.search(shown(author)))
    return Found(
        body=post.first("body"),
        author=shown(author).removesuffix("[bot]").removeprefix("@"),
        said_at=page.date_in(post.first("date")),
        url=_address(page, post),
        replies_to=_address(page, post.above) if post.above is not None else None,
        rank="Bot" if is_bot else next((rank for rank in ranks if rank and rank.casefold() not in _NO_RANK), ""),
    )


def _address(page: MarkedPage, post: Marked) -> str | None:
    return page.address(post.attribute("link", "href"))


def _script_issue(content: Content) -> dict[str, Any]:
    """Return the thread out of the data that the present look is drawn from; nothing where there is none."""
    root = content.parse_root()
    for script in root.iter("script") if root is not None else ():
        if "embeddedData" not in (script.get("data-target") or ""):
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for query in rows_of(dict_of(dict_of(data).get("payload")).get("preloadedQueries")):
            answer = dict_of(dict_of(query.get("result")).get("data"))
            issue = dict_of(dict_of(answer.get("repository")).get("issue"))
            if text_of(issue.get("bodyHTML")) or text_of(issue.get("body")):
                return issue
    return {}


def _of_script(issue: dict[str, Any]) -> Iterator[Found]:
    rows = [issue]
    for name in ("frontTimelineItems", "backTimelineItems"):
        edges = rows_of(dict_of(issue.get(name)).get("edges"))
        rows += [node for edge in edges if (node := dict_of(edge.get("node"))).get("__typename") == "IssueComment"]
    seen: set[str] = set()
    for row in rows:
        body = html_body(row.get("bodyHTML"))
        name = text_of(row.get("id"))
        if body is None or name in seen:
            continue
        seen |= {name} if name else set()
        author = dict_of(row.get("author"))
        rank = text_of(row.get("authorAssociation"))
        yield Found(
            body=body,
            author=line_of(author.get("login")).removesuffix("[bot]"),
            said_at=instant_of(row.get("createdAt")),
            url=text_of(row.get("url")) or None,
            rank="Bot" if author.get("__typename") == "Bot" else rank.capitalize() if rank in _ASSOCIATIONS else "",
        )


READER = Reader("GitHub page", is_github, read_discussion)
