"""What Reddit's redesign keeps in a script of its page: submissions and comments, their texts as trees of runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from overheard.forums.body import Body
from overheard.forums.payload import dict_of, html_body, instant_of, line_of, markdown_quotes, rows_of, text_of

_ASSIGNED = re.compile(r"window\.___r\s*=\s*(?=\{)")
_DEEPEST = 40
"""Levels of a text's tree; people nest lists and quotes a few deep."""
_DEEPEST_STORE = 5
_BLOCKS = {"par": "p", "blockquote": "blockquote", "li": "li", "hr": "hr", "h": "h3", "code": "pre", "table": "table"}
_RANKS = {"moderator": "Moderator", "admin": "Administrator"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission or comment as the script keeps it."""

    fullname: str
    body: Body
    author: str
    said_at: datetime | None
    url: str | None
    replies_to: str | None
    rank: str


@dataclass(frozen=True, slots=True)
class State:
    """What the script keeps of the page's thread."""

    title: str
    posts: tuple[Kept, ...]


def read_state(text: str) -> State | None:
    """Read the thread out of a page's script; None where the page has none, or one without comments or a text."""
    assigned = _ASSIGNED.search(text)
    if not assigned:
        return None
    try:
        store, _ = json.JSONDecoder().raw_decode(text, assigned.end())
    except (json.JSONDecodeError, RecursionError):
        return None
    models = dict(_models(store, 0))
    comments = {name: row for name, row in models.items() if name.startswith("t1_")}
    submissions = {name: row for name, row in models.items() if name.startswith("t3_")}
    thread = next((text_of(row.get("postId")) for row in comments.values()), "")
    own = submissions.get(thread) or (next(iter(submissions.values())) if len(submissions) == 1 else {})
    urls = {name: _address(row) for name, row in models.items()}
    kept = []
    for name, row in ([(thread or text_of(own.get("id")), own)] if own else []) + list(comments.items()):
        body = _body(row)
        if body is None:
            continue
        above = text_of(row.get("parentId")) or (text_of(row.get("postId")) if name.startswith("t1_") else "")
        kept.append(
            Kept(
                fullname=name,
                body=body,
                author=line_of(row.get("author")),
                said_at=instant_of(row.get("created")),
                url=urls.get(name),
                replies_to=urls.get(above) or above or None,
                rank=_RANKS.get(text_of(row.get("distinguishType")), ""),
            )
        )
    return State(line_of(own.get("title")), tuple(kept)) if kept else None


def _models(store: Any, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of every table of submissions and comments in the store, by their names, in its order."""
    for key, value in dict_of(store).items():
        if key == "models":
            for name, row in dict_of(value).items():
                if name.startswith(("t1_", "t3_")) and isinstance(row, dict):
                    yield name, row
        elif depth < _DEEPEST_STORE:
            yield from _models(value, depth + 1)


def _address(row: dict[str, Any]) -> str | None:
    link = text_of(row.get("permalink"))
    # The store's own addresses are whole; a path alone does not say of which site.
    return link.split("?")[0] if link.startswith(("https://", "http://")) else None


def _body(row: dict[str, Any]) -> Body | None:
    media = dict_of(row.get("media"))
    document = rows_of(dict_of(media.get("richtextContent")).get("document"))
    if document:
        return html_body("".join(_html(node, 0) for node in document))
    shown = html_body(media.get("content")) if media.get("type") == "text" else None
    written = text_of(row.get("bodyMD")) or text_of(media.get("markdownContent"))
    return shown or (Body(written.strip(), markdown_quotes(written.strip()), None) if written.strip() else None)


def _html(node: dict[str, Any], depth: int) -> str:
    """Write a node of a text's tree as HTML, so that it is read as every other post."""
    if depth > _DEEPEST:
        return ""
    kind, held = text_of(node.get("e")), node.get("c")
    if kind in ("br", "hr"):
        return f"<{kind}>"
    if kind == "table":
        rows = [node.get("h"), *(held if isinstance(held, list) else [])]
        return "<table>" + "".join("<tr>" + _cells(row, depth) + "</tr>" for row in rows) + "</table>"
    inner = escape(text_of(node.get("t"))) if not isinstance(held, list) else ""
    if kind in ("u/", "r/"):
        inner = kind + inner
    inner += "".join(_html(child, depth + 1) for child in rows_of(held))
    if kind == "raw":
        return inner + "\n" if depth and inner else inner
    if kind == "list":
        return f"<ul>{inner}</ul>"
    tag = _BLOCKS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _cells(row: Any, depth: int) -> str:
    return "".join(
        "<td>" + "".join(_html(child, depth + 2) for child in rows_of(cell.get("c"))) + "</td>" for cell in rows_of(row)
    )
