"""Pages of known engines, written by hand after their templates, as a reader is given them."""

from __future__ import annotations

import json
from pathlib import Path

from overheard.forums.read import read_page
from overheard.records import Post, Reading
from tests.make import make_page

PAGES = Path(__file__).parent.parent / "pages"


def read_saved(name: str, url: str) -> Reading:
    """Read a page of tests/forums/pages; `name` is its path there."""
    (reading,) = read_page(make_page((PAGES / name).read_bytes(), url))
    return reading


def read_html(html: str, url: str = "https://forum.example/t/1") -> Reading:
    """Read a page that holds one thread."""
    (reading,) = read_page(make_page(html.encode(), url))
    return reading


def script(data: object, **attributes: str) -> str:
    """Write a script element that holds JSON, or a text as it is; "_" in an attribute's name stands for "-"."""
    written = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<script{written}>{data if isinstance(data, str) else json.dumps(data)}</script>"


def shown(post: Post) -> tuple[str, str, str | None, str]:
    """Return what a page says of a post beside its text: who, when (UTC, to the minute), answering whom, what rank."""
    at = post.said_at.strftime("%Y-%m-%d %H:%M") if post.said_at else ""
    return post.author, at, post.replies_to, post.rank


def not_own(post: Post) -> list[str]:
    """Return the parts of a text that are others' words."""
    return [post.text[start:end] for start, end in post.not_own]
