"""GitLab's API (v4): issues and merge requests, and the notes under them, as Markdown.

Reads: lists of issues, merge requests, notes and discussions, one of them.
Seen: documented only.
Traps: most notes are the system's ("changed the label"); a note knows its issue by number only, and only within a
    project; an issue's own answer holds no notes.
"""

from __future__ import annotations

from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, page_after, query_of, with_query
from overheard.forums.payload import (
    count_of,
    dict_of,
    first_of,
    id_text_of,
    instant_of,
    line_of,
    markdown_body,
    rows_of,
    text_of,
)
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_DEFAULT_PAGE = "20"
_MOST_A_PAGE = "100"


def is_gitlab(content: Content) -> bool:
    """Say whether the content holds issues, merge requests or notes."""
    return any(_is_issue(row) or _is_note(row) for row in _rows(first_of(content.data)))


def read_notes(content: Content) -> tuple[Reading, ...]:
    """Read each issue, or the notes under it.

    Raises:
        UnreadableError: nothing in the payload was written by people.
    """
    threads: dict[str, tuple[str, list[Post]]] = {}
    for row in _rows(content.data):
        if row.get("system") is True or not (_is_issue(row) or _is_note(row)):
            continue
        body = markdown_body(row.get("description") if _is_issue(row) else row.get("body"))
        if body is None:
            continue
        author = dict_of(row.get("author"))
        kind = "issue" if _is_issue(row) else "note"
        _, posts = threads.setdefault(_thread_of(row), (line_of(row.get("title")), []))
        posts.append(
            Post(
                text=body.text,
                author=line_of(author.get("name")) or line_of(author.get("username")),
                position=len(posts),
                said_at=instant_of(row.get("created_at")),
                url=(address_in("", row.get("web_url")) or None) if kind == "issue" else None,
                not_own=body.not_own,
                replies_to=row.get("answers"),
                rank="Bot" if author.get("bot") is True else "",
                key=f"{kind} {id_text_of(row.get('id'))}",
            )
        )
    if not threads:
        raise UnreadableError(content.url, "nothing in it was written by people", "fetch the notes of an issue")
    return tuple(Reading(title, tuple(posts), key=key) for key, (title, posts) in threads.items())


def follow_notes(content: Content) -> Links:
    """Return the notes of each issue listed, and a list's next page."""
    issues = [row for row in _rows(content.data) if _is_issue(row)]
    asked = ((address_in(content.url, dict_of(row.get("_links")).get("notes")), _mark_of(row)) for row in issues)
    query = {"sort": "asc", "per_page": _MOST_A_PAGE}
    threads = tuple(ThreadLink(with_query(address, query), mark) for address, mark in asked if address)
    if isinstance(content.data, dict):
        return Links(more=tuple(link.url for link in threads))
    rows = rows_of(content.data)
    is_full = bool(rows) and query_of(content.url).get("per_page", _DEFAULT_PAGE) == str(len(rows))
    more = page_after(content.url) if is_full else ""
    return Links(threads, (more,) if more else ())


def _rows(data: Any) -> list[dict[str, Any]]:
    """Return issues and notes; of a discussion its notes, each answering the first."""
    rows: list[dict[str, Any]] = []
    for row in rows_of([data] if isinstance(data, dict) else data):
        notes = rows_of(row.get("notes"))
        first = f"note {id_text_of(notes[0].get('id'))}" if notes else ""
        rows += [{**note, "answers": first if number else None} for number, note in enumerate(notes)]
        rows += [] if notes else [{**row, "answers": None}]
    return rows


def _is_issue(row: dict[str, Any]) -> bool:
    return "iid" in row and "description" in row and "author" in row and "web_url" in row


def _is_note(row: dict[str, Any]) -> bool:
    return "noteable_type" in row and "body" in row and "author" in row


def _thread_of(row: dict[str, Any]) -> str:
    """Name the issue by its number of the whole site, which its notes tell as well."""
    told = text_of(row.get("noteable_type")) or ("MergeRequest" if "source_branch" in row else "Issue")
    return f"{told} {id_text_of(row.get('noteable_id')) or id_text_of(row.get('id'))}"


def _mark_of(row: dict[str, Any]) -> str:
    return f"{count_of(row.get('user_notes_count')) or 0} notes, {text_of(row.get('updated_at'))}"


READER = Reader("GitLab", is_gitlab, read_notes, follow_notes)
