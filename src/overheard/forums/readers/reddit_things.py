"""What does an answer of Reddit's API hold? Its things in the order they are shown, however deep they are nested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from overheard.forums.payload import dict_of, id_text_of, rows_of, text_of
from overheard.forums.reader import Content

_LONGEST_FIRST_LINE = 200_000
_THREAD_IN_PATH = re.compile(r"/comments/(\w{1,20})/")


@dataclass(frozen=True, slots=True)
class Thing:
    """`kind` is t1 (comment), t3 (post) or more (comments left out); `data` as the API gives it."""

    kind: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """What Reddit calls it: "t1_" or "t3_" and its id; empty where it does not tell."""
        name, own = text_of(self.data.get("name")), id_text_of(self.data.get("id"))
        return name if name.startswith(f"{self.kind}_") else f"{self.kind}_{own}" if own else ""

    @property
    def thread(self) -> str:
        """The name of the post it belongs to; empty where it does not tell."""
        if self.kind == "t3":
            return self.name
        # An inbox shows answers without the thread's name, but with the way to it.
        told = _THREAD_IN_PATH.search(text_of(self.data.get("context")) or text_of(self.data.get("permalink")))
        return text_of(self.data.get("link_id")) or (f"t3_{told[1]}" if told else "")

    @property
    def children(self) -> list[str]:
        """The ids of the comments a "more" stands for."""
        children = self.data.get("children")
        return [own for own in map(id_text_of, children) if own] if isinstance(children, list) else []


def holds_things(content: Content) -> bool:
    """Say whether the content holds Reddit's things."""
    data = content.data
    if isinstance(data, list):
        return any(is_listing(part) or _kind_of(part) in ("t1", "t3") for part in data[:2])
    if isinstance(data, dict):
        if "kind" in data:
            return is_listing(data) or _kind_of(data) in ("t1", "t3")
        bare = [data, *rows_of(data.get("data"))[:3]]
        return _children_asked_for(data) is not None or any(_bare_kind(row) for row in bare)
    return content.is_json and bool(_bare_kind(_first_line(content)))


def is_listing(value: Any) -> bool:
    """Say whether a value is a listing of things."""
    return _kind_of(value) == "Listing" and isinstance(value["data"].get("children"), list)


def things_of(content: Content) -> Iterator[Thing]:
    """Walk all things of an answer in the order they are shown."""
    waiting = _outermost(content)
    waiting.reverse()
    while waiting:
        part = waiting.pop()
        kind = _kind_of(part)
        if is_listing(part):
            waiting.extend(reversed(part["data"]["children"]))
        elif kind in ("t1", "t3", "more"):
            yield Thing(kind, part["data"])
            if kind == "t1" and isinstance(part["data"].get("replies"), dict):
                waiting.append(part["data"]["replies"])
        elif not kind and (bare := _bare_kind(part)):
            yield Thing(bare, part)


def _outermost(content: Content) -> list[Any]:
    data = content.data
    if data is None:
        return list(_lines_of(content.text))
    if isinstance(data, list):
        return list(data)
    asked_for = _children_asked_for(data)
    if asked_for is not None:
        return list(asked_for)
    inner = data.get("data")
    return list(inner) if isinstance(inner, list) else [data]


def _children_asked_for(data: dict[str, Any]) -> list[Any] | None:
    """Return what `morechildren` answered."""
    things = dict_of(dict_of(data.get("json")).get("data")).get("things")
    return things if isinstance(things, list) else None


def _kind_of(value: Any) -> str:
    return text_of(value.get("kind")) if isinstance(value, dict) and isinstance(value.get("data"), dict) else ""


def _bare_kind(value: Any) -> str:
    """Tell what an object without a kind is, as dumps hold them."""
    row = dict_of(value)
    if not isinstance(row.get("subreddit"), str) or "author" not in row:
        return ""
    if isinstance(row.get("body"), str) and isinstance(row.get("link_id"), str):
        return "t1"
    return "t3" if isinstance(row.get("title"), str) and "selftext" in row else ""


def _first_line(content: Content) -> Any:
    return next(_lines_of(content.text[:_LONGEST_FIRST_LINE].lstrip("\ufeff \r\n").split("\n", 1)[0]), None)


def _lines_of(text: str) -> Iterator[Any]:
    for line in text.split("\n"):
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue
