"""An invented thread as the templates of many engines lay it out.

A file of tests/forums/pages/engines begins with what it promises: `reader` (who reads it), `date` (how it prints
dates), `link` (a post's own address; "none" where it tells none). Then comes the page, one post of it between
<!--post--> and <!--/post-->, and at its end how the engine draws a quotation, a signature and the note of an edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from types import MappingProxyType
from urllib.parse import urljoin

from overheard.records import Page

TEMPLATES = Path(__file__).parent.parent / "pages" / "engines"
URL = "https://paddle.example/forum/viewtopic.php?t=7"
FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """A post as its author wrote it; `quotes` is the post it quotes."""

    number: int
    author: str
    rank: str
    said_at: datetime
    words: str
    quotes: int = 0
    signature: str = ""
    is_edited: bool = False


THREAD = (
    Said(
        101, "Ida Moss", "Deckhand", datetime(2020, 3, 5, 19, 45, tzinfo=UTC), "Water <b>seeps</b> in.<br /><br />Why?"
    ),
    Said(
        102,
        "old_salt",
        "Forum Moderator",
        datetime(2020, 3, 6, 8, 1, tzinfo=UTC),
        "Look at the rim &amp; the strap: mine was cracked.",
        quotes=101,
        signature="Paddle more, argue less",
        is_edited=True,
    ),
    Said(105, "Ida Moss", "Deckhand", datetime(2020, 3, 14, 21, 30, tzinfo=UTC), "Thanks!"),
)
QUOTED = "Water seeps"


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and what it promises: who reads it, and of each post its address (None where none is told)."""

    page: Page
    reader: str
    addresses: tuple[str | None, ...]
    has_ranks: bool
    is_exact: bool


def make_thread(
    name: str, posts: tuple[Said, ...] = THREAD, changes: Mapping[str, str] = MappingProxyType({})
) -> Written:
    """Write a thread as the templates of an engine do; `changes` are replaced in the page at last."""
    template = (TEMPLATES / f"{name}.html").read_text("utf-8")
    told = dict(re.findall(r"<!--(\w+): (.*?)-->", template))
    page = re.sub(r"<!--\w+: .*?-->", "", template)
    parts = {part: _part(page, part) for part in ("post", "quote", "signature", "edited")}
    rows = "".join(_post(parts, told["date"], said, place) for place, said in enumerate(posts, 1))
    for part in ("quote", "signature", "edited"):
        page = page.replace(f"<!--{part}-->{parts[part]}<!--/{part}-->", "")
    page = page.replace(f"<!--post-->{parts['post']}<!--/post-->", rows)
    for old, new in changes.items():
        page = page.replace(old, new)
    links = (Template(told["link"]).substitute(id=said.number, number=place) for place, said in enumerate(posts, 1))
    return Written(
        Page(URL, page.encode(), "text/html; charset=utf-8", FETCHED),
        told["reader"],
        tuple(None if told["link"] == "none" else urljoin(_base(page, told["link"]), link) for link in links),
        "$rank" in parts["post"],
        "%M" in told["date"] or "$iso" in parts["post"],
    )


def _base(page: str, link: str) -> str:
    base = re.search(r'<base href="(.*?)"', page)
    return base[1] if base else URL


def _part(page: str, name: str) -> str:
    found = re.search(rf"<!--{name}-->(.*?)<!--/{name}-->", page, re.DOTALL)
    assert found is not None, f"the template says nothing of {name}"
    return found[1]


def _post(parts: dict[str, str], date: str, said: Said, place: int) -> str:
    printed = said.said_at.strftime(date)
    values = {
        "id": said.number,
        "number": place,
        "author": said.author,
        "rank": said.rank,
        "date": printed,
        "iso": said.said_at.isoformat(),
        "day": printed.rsplit(" ", 2)[0],
        "clock": said.said_at.strftime("%I:%M %p"),
    }
    quote = ""
    if said.quotes:
        answered = next(other for other in THREAD if other.number == said.quotes)
        quote = Template(parts["quote"]).substitute(
            values, quoted=answered.author, answered=answered.number, words=QUOTED
        )
    values["signature"] = (
        Template(parts["signature"]).substitute(values, words=said.signature) if said.signature else ""
    )
    values["edited"] = Template(parts["edited"]).substitute(values) if said.is_edited else ""
    return Template(parts["post"]).substitute(values, text=quote + said.words)
