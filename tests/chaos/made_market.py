"""A small market that is heard anew every night: an invented forum on the web and a table of support mails.

What needs weights is replaced by what follows from the words alone, so that a night takes seconds.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import overheard.steps.collect
import overheard.steps.findings
import overheard.steps.pains
import overheard.steps.people
import overheard.steps.positioning
import overheard.steps.scores
import overheard.steps.sentences
import overheard.steps.signals
import overheard.steps.vectors
import overheard.steps.vocabulary
from overheard.errors import FetchError
from overheard.pains import load_phraser
from overheard.records import Page
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.steps.collecting.crawl import Crawl
from overheard.steps.market import Market, StepSummary
from overheard.steps.order import STEPS
from overheard.storage import hold_market
from overheard.vectors import inner_encoder_id
from tests.make import InnerEncoder, MarkSplitter, WordEncoder, make_heads
from tests.sites.forum import change_overnight, make_forum
from tests.sites.phpbb_site import PhpbbSite

FIRST = date(2026, 11, 2)
SITE = "https://forum.example"
MAILS_A_NIGHT = 32

MARKET = """[market]
name = "Cargo bikes"
[web]
contact = "mailto:research@example.org"
[[source]]
name = "forum"
kind = "web"
boards = {boards}
[[source]]
name = "mails"
kind = "table"
files = "mails/*.csv"
[source.columns]
author = "author"
document = "thread"
said_at = "date"
"""
_THINGS = {
    "battery": (
        "The battery dies on every hill",
        "Our battery is broken again",
        "I hate that the battery fails in frost",
    ),
    "charger": (
        "The charger is broken",
        "My charger fails at night and nobody answers",
        "I am tired of a dead charger",
    ),
    "invoice": (
        "The invoice is wrong again",
        "Your invoice never matches and it costs me hours",
        "I hate these invoices",
    ),
    "delivery": ("The delivery is late again", "My delivery never came", "I am angry, the delivery fails every time"),
}
_ENDS = ("since May.", "for weeks now.", "and I paid for it.", "whatever I try.", "and it worries me.")


class SiteFetcher:
    """Stands in for the room that opens sockets: the site as it is on one day."""

    def __init__(self, day: int) -> None:
        self._found = site_on(day).resources()
        self._at = now_on(day)

    def __enter__(self) -> SiteFetcher:
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing."""

    def fetch_page(self, url: str, known: Page | None = None, token: str = "") -> Page:
        parts = urlsplit(url)
        found = self._found.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if known is not None and found is not None and found.body == known.body:
            return known
        return Page(url, found.body if found else b"", "text/html", self._at, 200 if found else 404)


class AwayFetcher(SiteFetcher):
    """A site that answers nothing until the time is over."""

    def fetch_page(self, url: str, known: Page | None = None, token: str = "") -> Page:
        raise FetchError(f"{url}: did not answer in 30 s")


@cache
def site_on(day: int) -> PhpbbSite:
    """Return the site as it is on a day."""
    forum = make_forum()
    for _ in range(day):
        change_overnight(forum)
    return PhpbbSite(forum, SITE)


def now_on(day: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, 2, tzinfo=UTC) + timedelta(days=day)


def write_market(folder: Path) -> None:
    """Write the market as it is before its first night."""
    (folder / "mails").mkdir(parents=True)
    boards = str(site_on(0).boards()[:1]).replace("'", '"')
    (folder / "market.toml").write_text(MARKET.format(boards=boards), encoding="utf-8")
    (folder / "private").mkdir(mode=0o700)
    key = folder / "private" / "person.key"
    key.write_bytes(b"the same key for all of them, 32")
    key.chmod(0o600)


def write_mails(folder: Path, day: int) -> None:
    """Put the mails of a day into the market's folder, as an export would."""
    with (folder / "mails" / f"{day}.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("text", "author", "thread", "date"))
        for number in range(day * MAILS_A_NIGHT, (day + 1) * MAILS_A_NIGHT):
            said = list(_THINGS.values())[number % 4][number // 4 % 3]
            # Each writes twice of one thing, in two threads: enough to be placed.
            author, end = f"writer {number // 8 * 4 + number % 4}", _ENDS[number % 5]
            text = f"{said} {end} Order {number}."
            rows.writerow((text, author, f"mail {number // 4}", (FIRST + timedelta(day)).isoformat()))


def stand_ins() -> list[tuple[Any, str, Callable[..., Any]]]:
    """Return what needs no weights and where it stands in for a model."""
    heads = make_heads(encoder=inner_encoder_id())
    phraser = load_phraser(verify_model(SENTENCE_MODEL))
    tagger = overheard.steps.vocabulary.load_tagger(verify_model(SENTENCE_MODEL))
    return [
        (overheard.steps.scores, "load_inner_encoder", lambda: InnerEncoder()),
        (overheard.steps.signals, "load_heads", lambda: heads),
        (overheard.steps.findings, "load_heads", lambda: heads),
        (overheard.steps.sentences, "load_sentence_splitter", lambda _: MarkSplitter()),
        (overheard.steps.vectors, "load_encoder", lambda _: WordEncoder()),
        (overheard.steps.pains, "load_encoder", lambda _: WordEncoder()),
        (overheard.steps.positioning, "load_encoder", lambda _: WordEncoder()),
        (overheard.steps.pains, "load_phraser", lambda _: phraser),
        (overheard.steps.people, "load_phraser", lambda _: phraser),
        (overheard.steps.positioning, "load_phraser", lambda _: phraser),
        (overheard.steps.vocabulary, "load_tagger", lambda _: tagger),
    ]


def use_stand_ins() -> None:
    """Put the stand-ins in their places for good: in a process of its own alone."""
    for slow in ("bertopic", "deltalake", "polars", "scipy.stats", "sklearn.cluster", "jinja2"):
        import_module(slow)  # here once, not in every night's process
    for owner, name, stand_in in stand_ins():
        assert hasattr(owner, name), f"{owner.__name__} has no {name} to stand in for"
        setattr(owner, name, stand_in)


def pass_night(folder: Path, day: int, fetcher: type[SiteFetcher] = SiteFetcher) -> list[StepSummary]:
    """Run every step of a night; the stand-ins must be in their places."""
    overheard.steps.collect.Fetcher = lambda *_: fetcher(day)  # type: ignore[assignment,misc]
    overheard.steps.collect.Crawl = partial(Crawl, now=lambda: now_on(day))  # type: ignore[assignment,misc]
    with hold_market(folder / "data", "run"):
        return [step(Market(folder, FIRST + timedelta(days=day))) for step in STEPS.values()]
