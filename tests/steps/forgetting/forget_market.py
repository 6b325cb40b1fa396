"""A small market in which somebody speaks who will be forgotten: in tables, captures, exports, reports and quotes."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from overheard.records import Alias, Membership, Page, Pain, PainNight, Placement, Reference, Signal, Term, Utterance
from overheard.steps.aliases import load_approved
from overheard.steps.collect import collect
from overheard.steps.customers import read_market_customers
from overheard.steps.market import Market
from overheard.storage import (
    Captures,
    Note,
    ThreadState,
    VectorCache,
    Visits,
    digest_of,
    publish_report,
    save_note,
)
from overheard.vectors import key_of_text

NIGHT = date(2026, 11, 2)
NAME = "Odalys Brightwater"
TITLE = "Zephyrian kiln swallows every second bowl I make"
OPENING = "My zephyrian kiln cracked eleven bowls on Monday, and the dealer pretends it never happened."
SECOND = "Thanks Bo, but resetting the quorvex thermostat only made the glaze run faster down the shelf."
SHORT = "Plinkety bowls forever."
ANSWER = "I would pay double for a hotline where somebody lifts the receiver on Sundays."
OTHERS = (
    ("Bo", "Did you reset the thermostat before you loaded the lower shelf?"),
    ("Cy Marlow", "Mine cracks as well, and the manual says nothing about it."),
    ("Di", f"> {OPENING}\n\nSame dealer here. I gave up on him in spring."),
)
EXPORTED = (("Ed", "The shelf came bent and I had to drive for two hours to swap it."), (NAME, SECOND + " Twice."))
CANARIES = ("odalys", "brightwater", "zephyrian", "quorvex", "plinkety", "lifts the receiver on sundays")
"""What no file may hold afterwards, in lower case."""

TOML = """[market]
name = "Potters"
[web]
contact = "mailto:research@example.org"
[[source]]
name = "forum"
kind = "web"
boards = ["https://forum.example/latest.json"]
[[source]]
name = "export"
kind = "table"
files = "sources/*.csv"
[source.columns]
text = "body"
author = "who"
[[survey]]
name = "autumn"
file = "customers/survey.csv"
accounts_of = ["export"]
person = "name"
texts = ["What would you pay for?"]
"""


def thread_page(slug: str = "kiln-trouble") -> Page:
    """The thread as the forum shows it."""
    said = [(NAME, OPENING), *OTHERS, (NAME, SECOND), (NAME, SHORT)]
    posts = [
        {
            "id": 100 + number, "username": who.replace(" ", "_"), "name": who, "post_number": number + 1,
            "created_at": f"2026-10-0{number + 1}T10:00:00.000Z", "topic_id": 7, "topic_slug": slug,
            "cooked": "<p>" + text.replace("\n\n", "</p><p>").replace("&", "&amp;") + "</p>",
            "avatar_template": f"/avatars/{who.replace(' ', '_').lower()}/1.png",
        }
        for number, (who, text) in enumerate(said)
    ]  # fmt: skip
    content = {"id": 7, "title": TITLE, "slug": slug, "post_stream": {"posts": posts, "stream": []}}
    body = json.dumps(content).encode()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Page(f"https://forum.example/t/{slug}/7.json", body, "application/json", at)


def make_forget_market(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> Market:
    """Write the market and fill everything that could hold somebody's words."""
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    common = ["thanks", "kiln", "dealer", "bowls", "bowl", "every", "second", "reset", "shelf", "potters", "never"]
    common += ["forever", "double", "cracked"]
    for step in ("doomed", "refusals"):
        monkeypatch.setattr(f"overheard.steps.forgetting.{step}.load_common_words", lambda: common)
    for name in ("sources", "customers", "exports"):
        (folder / name).mkdir(parents=True)
    (folder / "market.toml").write_text(TOML + more, "utf-8")
    rows = "".join(f'"{who}","{text}"\n' for who, text in EXPORTED)
    (folder / "sources" / "posts.csv").write_text(f"who,body\n{rows}", "utf-8")
    (folder / "customers" / "survey.csv").write_text(
        f'name,What would you pay for?\n"{NAME}","{ANSWER}"\n"Ed","A straight shelf, delivered whole to my door."\n',
        "utf-8",
    )
    market = Market(folder, NIGHT)
    capture(market, thread_page())
    collect(market)
    read_market_customers(market)
    _derive(market)
    _publish(market)
    market.tables.replace("aliases", Alias, load_approved(market))
    return market


def capture(market: Market, page: Page) -> None:
    """Keep a page as a crawl would."""
    raw = market.data_dir / "raw"
    Captures(raw / "forum").save(page)
    visits = Visits(raw / "forum.visits.jsonl")
    board = "https://forum.example/latest.json"
    url = page.url.removesuffix(".json")
    visits.note_thread(ThreadState(url, url, "1", (page.url,), board))
    visits.note_visit(page.url, page.fetched_at, 200)


def _derive(market: Market) -> None:
    """Write what later steps would: one pain, its sentences' vectors, a term, a place, a reference."""
    tables = market.tables
    said = tables.load("utterances", Utterance)
    signals = [
        Signal(digest_of(one.utterance_id)[:16], one.utterance_id, one.person_id, 0, len(one.text), "pain", 1, 0.9, ())
        for one in said
    ]
    own = next(one for one in said if one.text == OPENING)
    first = next(one for one in signals if one.utterance_id == own.utterance_id)
    tables.replace("signals", Signal, signals)
    tables.replace("placements", Placement, [Placement(one.signal_id, "p" * 16, 0.9, NIGHT) for one in signals])
    ids = tuple(one.signal_id for one in sorted(signals, key=lambda one: one != first))
    # Twice, so that an earlier version holds a name the present one does not.
    for name in ("zephyrian kiln", "cracked bowls"):
        tables.replace("pains", Pain, [Pain("p" * 16, name, ("zephyrian", "bowl"), ids, 5, len(ids))])
    tables.replace("pain_nights", PainNight, [PainNight(1, NIGHT, "e", "made so", 0, 1, 1, 1, 1)])
    examples = tuple((one.utterance_id, 0, 4) for one in said)
    tables.replace("terms", Term, [Term("s" * 16, "bowl", 5, 5, 1, 1.0, (0.5, 1.5), 2.0, examples)])
    members = [Membership(one, "s" * 16, 0.9, "needs", NIGHT, None) for one in {row.person_id for row in said}]
    tables.replace("memberships", Membership, members)
    tables.replace("references", Reference, [])
    keys = [key_of_text(one.text) for one in said]
    VectorCache(market.data_dir / "vectors", "e@1").add(keys, np.eye(len(keys), dtype=np.float32))
    versions = {name: tables.version(name) for name in ("pains", "placements", "pain_nights")}
    save_note(market.data_dir, Note("pains", "digest", "made", versions, {"in": 1, "out": 1}), market.night)
    model = market.data_dir / "models" / "pains"
    model.mkdir(parents=True)
    (model / "ctfidf_config.json").write_text(json.dumps({"vocab": ["zephyrian", "bowl"]}), "utf-8")


def _publish(market: Market) -> None:
    folder = market.folder
    page = f"<p>“{OPENING.replace('zephyrian', '<b>zephyrian</b>')}”</p>".encode()
    night = json.dumps({"pains": [{"name": "cracked bowls", "people": 5}]}).encode()
    publish_report(folder / "reports", "old-1", {"index.html": b"<p>Nothing of it.</p>", "night.json": night})
    publish_report(folder / "reports", "new-2", {"index.html": page, "night.json": night, "all.html": page})
    (folder / "exports" / "posts.csv").write_text(f'"Ed","bent"\n"{NAME}","{SECOND}"\n', "utf-8")
    with zipfile.ZipFile(folder / "exports" / "potters.qdpx", "w", zipfile.ZIP_DEFLATED) as project:
        project.writestr("sources/1.txt", OPENING)
    private = folder / "private"
    (private / "aliases.csv").write_text(
        f"source,name,person\nforum,{NAME.replace(' ', '_')},O\nexport,{NAME},O\nforum,Bo,B\nforum,Di,B\n", "utf-8"
    )
    (private / "outreach.csv").write_text(f"segment,account\npotters,{NAME}\n", "utf-8")
    (private / "names.json.bak.part").write_text("left over", "utf-8")


def canaries_below(folder: Path) -> dict[str, set[str]]:
    """Return which files hold which canaries: an own search, that shares nothing with the one it checks."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            texts = [path.name, *_texts(path.read_bytes())]
            told = {canary for canary in CANARIES if any(canary in _plain(text) for text in texts)}
            if told:
                found[path.relative_to(folder).as_posix()] = told
    return found


def _plain(text: str) -> str:
    without_tags = re.sub(r"<[^>]*>", "", text.encode().decode("utf-8", "replace"))
    return text.casefold() + " " + " ".join(re.findall(r"\w+", without_tags.casefold()))


def _texts(content: bytes) -> list[str]:
    texts = [content.decode("latin-1")]
    if content[:2] == b"\x1f\x8b":
        texts.append(gzip.decompress(content).decode("latin-1"))
        texts += [one.content_stream().read().decode() for one in ArchiveIterator(BytesIO(content))]
    elif content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            texts += [archive.read(name).decode("latin-1") for name in archive.namelist()]
    elif content[:4] == b"PAR1":
        texts.append(str(pq.read_table(BytesIO(content)).to_pylist()))
    return texts
