"""GitHub's APIs: issues, pull requests and discussions with their comments, as Markdown. Gitea's and Forgejo's alike.

Reads: REST lists and single issues, pull requests, comments, reviews, timelines, searches; GraphQL answers and what
    `gh issue view --json` and `gh pr view --json` print.
Seen: documented only.
Traps: templates leave their hints in HTML comments, which no reader sees; an account that was deleted is null; an
    issue's own answer holds no comments; a timeline is mostly events without words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of, with_query
from overheard.forums.body import Body
from overheard.forums.payload import (
    count_of,
    dict_of,
    first_of,
    html_body,
    id_text_of,
    instant_of,
    line_of,
    markdown_body,
    rows_of,
    text_of,
)
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, Span, ThreadLink

_BODIES = ("body", "bodyText", "body_text", "bodyHTML", "body_html")
_ADDRESSES = ("html_url", "issue_url", "pull_request_url", "comments_url")
_RANKS = {
    "OWNER": "Owner",
    "MEMBER": "Organization member",
    "COLLABORATOR": "Collaborator",
    "CONTRIBUTOR": "Contributor",
}
"""What the badge beside a name says; "Member" alone would be anybody on other forums."""
_REVIEW_COMMENT = "#discussion_r"
_DEFAULT_PAGE = "30"
_MOST_LOOKED_AT = 500


@dataclass(slots=True)
class _Thread:
    title: str = ""
    posts: dict[str, Post] = field(default_factory=dict)
    empty: int = 0


@dataclass(frozen=True, slots=True)
class _Said:
    """An issue or a comment as either API gives it. `parent` is the address or id of the comment it stands under."""

    row: dict[str, Any]
    parent: str


def is_github(content: Content) -> bool:
    """Say whether the content holds issues or comments as these APIs give them."""
    data = content.data
    if any(_is_rest(row) for row in _rest_rows(first_of(data))):
        return True
    if not isinstance(data, dict | list) or '"createdAt"' not in content.text:
        return False
    return next(_graph_nodes(data, _MOST_LOOKED_AT), None) is not None


def read_issues(content: Content) -> tuple[Reading, ...]:
    """Read each issue's or discussion's thread.

    Raises:
        UnreadableError: nothing in the payload has a text.
    """
    rest = [_Said(row, _replied_to(row)) for row in _rest_rows(content.data) if _is_rest(row)]
    threads: dict[str, _Thread] = {}
    key = ""
    for said in rest or _graph_nodes(content.data):
        key = _thread_of(said.row) or key
        thread = threads.setdefault(key, _Thread())
        thread.title = thread.title or line_of(said.row.get("title"))
        _take(thread, said)
    readings = tuple(
        Reading(thread.title, tuple(thread.posts.values()), ((0, _lost(thread.empty)),) if thread.empty else (), key)
        for key, thread in threads.items()
        if thread.posts
    )
    if not readings:
        raise UnreadableError(content.url, "no issue or comment in it has a text", "fetch the comments of an issue")
    return readings


def follow_issues(content: Content) -> Links:
    """Return the issues of a list and its next page, or an issue's comments."""
    rows = [row for row in _rest_rows(content.data) if _is_rest(row)]
    if isinstance(content.data, dict) and rows and rows[0] is content.data:
        asked = address_in(content.url, rows[0].get("comments_url")) if rows[0].get("comments") != 0 else ""
        return Links(more=(with_query(asked, {"per_page": "100"}),) if asked else ())
    issues = (row for row in rows if address_in("", row.get("comments_url")) and row.get("title"))
    threads = (ThreadLink(address_in("", row.get("url")), _mark_of(row)) for row in issues)
    is_full = query_of(content.url).get("per_page", _DEFAULT_PAGE) == str(len(_rest_rows(content.data)))
    more = page_after(content.url) if is_full else ""
    return Links(tuple(link for link in threads if link.url), (more,) if more else ())


def _rest_rows(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and isinstance(data.get("items"), list) and "total_count" in data:
        return rows_of(data["items"])
    return rows_of([data] if isinstance(data, dict) else data)


def _is_rest(row: dict[str, Any]) -> bool:
    said = "body" in row and ("created_at" in row or "submitted_at" in row) and ("user" in row or "actor" in row)
    return said and any(isinstance(row.get(name), str) for name in _ADDRESSES) and "tag_name" not in row


def _graph_nodes(data: Any, most: int = 10**9) -> Iterator[_Said]:
    """Walk what GraphQL or `gh` answered, in the order it is written; comments under a comment name it."""
    waiting: list[tuple[Any, str]] = [(data, "")]
    while waiting and most > 0:
        most -= 1
        value, parent = waiting.pop()
        if isinstance(value, dict):
            if _is_graph(value):
                yield _Said(value, parent)
                parent = "" if "title" in value else _address_of(value)
            waiting.extend((part, parent) for part in reversed(value.values()) if isinstance(part, dict | list))
        elif isinstance(value, list):
            waiting.extend((part, parent) for part in reversed(value))


def _is_graph(row: dict[str, Any]) -> bool:
    author = row.get("author")
    known = "author" in row and (author is None or isinstance(dict_of(author).get("login"), str))
    return known and ("createdAt" in row or "submittedAt" in row) and any(isinstance(row.get(n), str) for n in _BODIES)


def _address_of(row: dict[str, Any]) -> str:
    """Return where people see it; its id where that is not told."""
    # The "url" of a REST answer is the API's own, that of a GraphQL answer the page's.
    told = row.get("html_url") or ("" if "created_at" in row else row.get("url"))
    return address_in("", told) or id_text_of(row.get("id"))


def _thread_of(row: dict[str, Any]) -> str:
    """Return the thread's address without what points into it; a thread's own id where no address is told."""
    told = row.get("html_url") or row.get("issue_url") or row.get("pull_request_url") or row.get("url")
    return address_in("", told).partition("#")[0] or (id_text_of(row.get("id")) if "title" in row else "")


def _replied_to(row: dict[str, Any]) -> str:
    answered = id_text_of(row.get("in_reply_to_id"))
    page, found, _ = text_of(row.get("html_url")).rpartition(_REVIEW_COMMENT)
    return f"{page}{found}{answered}" if answered and found else ""


def _take(thread: _Thread, said: _Said) -> None:
    row = said.row
    own = _address_of(row)
    if own and own in thread.posts:
        return
    body = _body_of(row)
    if body is None:
        thread.empty += 1
        return
    user = dict_of(row.get("user") or row.get("author") or row.get("actor"))
    thread.posts[own or f"number {len(thread.posts)}"] = Post(
        text=body.text,
        author=line_of(user.get("login")),
        position=len(thread.posts),
        said_at=instant_of(row.get("created_at") or row.get("createdAt"))
        or instant_of(row.get("submitted_at") or row.get("submittedAt")),
        url=own if "://" in own else None,
        not_own=body.not_own,
        replies_to=said.parent or None,
        rank=_rank_of(row, user),
        key="" if "://" in own else own,
    )


def _body_of(row: dict[str, Any]) -> Body | None:
    """Take the text; what stands in HTML comments is the template's, and nobody sees it."""
    body = next((body for name in _BODIES[:3] if (body := markdown_body(row.get(name)))), None)
    if body is None:
        return next((body for name in _BODIES[3:] if (body := html_body(row.get(name)))), None)
    spans = _joined([*body.not_own, *_hidden(body.text)])
    shown = "".join(body.text[end:start] for end, start in _between(spans, len(body.text)))
    return Body(body.text, spans, None) if shown.strip() or body.not_own else None


def _hidden(text: str) -> Iterator[Span]:
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            return
        yield at, end + 3
        at = text.find("<!--", end)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _between(spans: tuple[Span, ...], size: int) -> Iterator[Span]:
    at = 0
    for start, end in [*spans, (size, size)]:
        yield at, start
        at = end


def _rank_of(row: dict[str, Any], user: dict[str, Any]) -> str:
    login, association = text_of(user.get("login")), row.get("author_association") or row.get("authorAssociation")
    bot = user.get("type") == "Bot" or user.get("__typename") == "Bot" or user.get("is_bot") is True
    ranks = ["Bot"] if bot or login.endswith("[bot]") else []
    return ", ".join([*ranks, *([_RANKS[word]] if (word := text_of(association)) in _RANKS else [])])


def _mark_of(row: dict[str, Any]) -> str:
    return ", ".join(filter(None, (f"{count_of(row.get('comments')) or 0} comments", text_of(row.get("updated_at")))))


def _lost(count: int) -> str:
    return f"{count} issues or comments have no text"


READER = Reader("GitHub", is_github, read_issues, follow_issues)
