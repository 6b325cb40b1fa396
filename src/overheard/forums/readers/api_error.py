"""An API's answer that says what went wrong, so that the refusal can say it too.

Reads: nothing: JSON whose fields are an error's.
Seen: Reddit, GitHub, Stack Exchange, Discourse, Flarum, Lemmy and NodeBB, documented only.
Traps: "message" and "status" alone are fields of many payloads.
"""

from __future__ import annotations

from typing import Any, NoReturn

from overheard.errors import UnreadableError
from overheard.forums.payload import dict_of, id_text_of, line_of, rows_of
from overheard.forums.reader import Content, Reader

_MOST_FIELDS = 8
_TOLD = ("error_message", "error_description", "message", "detail", "title", "reason", "error_type", "code", "error")
_SURE = ("error", "errors", "error_message", "error_id", "error_type", "documentation_url")
_LONGEST = 120


def is_error(content: Content) -> bool:
    """Say whether the content is an error's few fields."""
    data = content.data
    return isinstance(data, dict) and len(data) <= _MOST_FIELDS and bool(_told(data))


def refuse(content: Content) -> NoReturn:
    """Say what the server said.

    Raises:
        UnreadableError: always.
    """
    what = f"the server answered with an error ({_told(dict_of(content.data))[:_LONGEST]})"
    raise UnreadableError(content.url, what, "check the address, and that you are allowed to see it")


def _told(data: dict[str, Any]) -> str:
    status = dict_of(data.get("status"))
    if status and status.get("code") not in (None, "ok"):
        return line_of(status.get("message")) or id_text_of(status.get("code"))
    if not any(data.get(name) for name in _SURE):
        return ""
    first = data.get("errors")
    nested = [*rows_of(first), dict_of(data.get("error")), data]
    words = [line_of(first[0])] if isinstance(first, list) and first else []
    words += [line_of(row.get(name)) for row in nested for name in _TOLD]
    return next((word for word in words if word), "")


READER = Reader("error of an API", is_error, refuse)
