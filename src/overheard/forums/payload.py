"""What does this field of a stranger's payload hold? Values of any JSON type, read with care, never an exception."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from overheard.forums.body import Body, read_body
from overheard.forums.outline import drop_unseen, parse_html
from overheard.forums.quotes import author_of_line, quoted_lines
from overheard.records import Span

_EARLIEST, _LATEST = datetime(1985, 1, 1, tzinfo=UTC).timestamp(), datetime(2200, 1, 1, tzinfo=UTC).timestamp()
"""Seconds since 1970; a time outside is a number of another kind."""
_ZONE_APART = re.compile(r"\s{1,9}(?=(?:[+-]\d\d:?\d\d|Z)$)|\s{1,9}UTC$")
_NUMBER = re.compile(r"\d{1,16}(?:\.\d{1,9})?")
_QUOTED_LINE = re.compile(r" {0,3}>(?!!)")
"""A line that quotes, in Markdown; ">!" opens a spoiler."""
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


def dict_of(value: Any) -> dict[str, Any]:
    """Return an object; an empty one where the value is none."""
    return value if isinstance(value, dict) else {}


def rows_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; none where the value is no list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def first_of(value: Any, most: int = 20) -> Any:
    """Return a list's first values, enough to tell what it is a list of; any other value as it is."""
    return value[:most] if isinstance(value, list) else value


def text_of(value: Any) -> str:
    """Return a string as it is; an empty one where the value is none. Half of a character ("\\ud83d") becomes "?"."""
    if not isinstance(value, str):
        return ""
    # Cut-off texts end in half an emoji, which nothing can store.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def line_of(value: Any) -> str:
    """Return a string on one line, as a name or a title is shown; an empty one where the value is none."""
    return " ".join(text_of(value).split())


def id_text_of(value: Any) -> str:
    """Return a number or a string that identifies something, as a string; an empty one where the value is neither."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return text_of(value).strip()


def count_of(value: Any) -> int | None:
    """Return a whole number of zero or more; None where the value is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**15:
        return None
    return value


def instant_of(value: Any) -> datetime | None:
    """Return an instant as aware UTC.

    Args:
        value: ISO 8601 text (without a zone it is UTC, as the APIs say), or seconds, milliseconds or microseconds
            since 1970 as a number or in digits.

    Returns:
        None where the value is no instant between 1985 and 2200.
    """
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            return _instant_of_iso(text)
        value = float(text)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -(10**18) < value < 10**18:
        return None
    seconds = float(value)
    for _ in range(2):
        if seconds > _LATEST:
            seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST <= seconds <= _LATEST else None


def _instant_of_iso(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(_ZONE_APART.sub("", text))
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        return at if _EARLIEST <= at.timestamp() <= _LATEST else None
    except (ValueError, OverflowError):
        return None


def html_body(value: Any) -> Body | None:
    """Read a post's text from HTML; None where the value holds no word."""
    if not isinstance(value, str) or not value.strip():
        return None
    if "<" not in value:
        # Most comments are bare words; a tree for each takes ten times as long.
        text = " ".join(html.unescape(text_of(value)).split())
        return Body(text, tuple(quoted_lines(text)), None) if text else None
    root = parse_html(f"<div>{value}</div>")
    if root is None:
        return None
    drop_unseen(root)
    body = read_body(root)
    return body if body.text else None


def markdown_body(value: Any) -> Body | None:
    """Take a post's text from Markdown, as its author wrote it; None where the value holds no word."""
    text = text_of(value).replace("\r\n", "\n").strip("\n").rstrip()
    return Body(text, markdown_quotes(text), None) if text else None


def markdown_quotes(text: str) -> tuple[Span, ...]:
    """Return the spans of quoted lines of Markdown, each with the line that says whose they are ("X wrote:")."""
    spans: list[Span] = []
    before: Span | None = None
    fence = ""
    at = 0
    for line in text.splitlines(keepends=True):
        shown = line.rstrip()
        start, end = at, at + len(shown)
        at += len(line)
        mark = _FENCE.match(line)
        if mark and (not fence or (shown.strip().startswith(fence) and not shown.strip().strip(fence[0]))):
            fence = "" if fence else mark[1]
        if not shown:
            continue
        if not fence and _QUOTED_LINE.match(line):
            if before is not None and author_of_line(text[slice(*before)].strip()):
                start = before[0]
            if spans and text[spans[-1][1] : start].strip() == "":
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            before = None
        else:
            before = (start, end)
    return tuple(spans)
