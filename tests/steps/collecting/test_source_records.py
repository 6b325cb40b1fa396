"""What a site allows and when it was last asked is on record."""

from __future__ import annotations

import json
from pathlib import Path

from overheard.steps.collecting.source_records import load_source_records
from overheard.steps.market import Market
from overheard.storage import Visits
from tests.make import NOON

TOML = """[market]
name = "Pots"
[[source]]
name = "forum"
kind = "web"
urls = ["https://forum.example/t/1"]
boards = ["https://Forum.example/latest", "https://other.example/b"]
[[source]]
name = "files"
kind = "pages"
files = "*.html"
"""


def test_robots_refusals_and_the_last_day_are_told_of_each_fetched_source(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_text(TOML, "utf-8")
    market = Market(tmp_path)
    assert load_source_records(market) == {"forum": ("robots.txt not read yet", "")}
    raw = market.data_dir / "raw"
    visits = Visits(raw / "forum.visits.jsonl")
    visits.note_visit("https://forum.example/t/1", NOON, 200)
    visits.note_visit("https://forum.example/t/2", NOON, 403)
    hosts = [
        {"origin": "https://forum.example", "robots": "User-agent: *\n# no\nDisallow: /x\n", "robots_at": NOON},
        {"origin": "https://other.example", "robots": "", "robots_at": NOON},
    ]
    (raw / "hosts.json").write_text(json.dumps(hosts, default=str))
    told, last = load_source_records(market)["forum"]
    assert last == "2026-05-04"
    assert told == (
        "robots.txt of 2026-05-04 obeyed (2 lines); no robots.txt on 2026-05-04; pages refused and left alone: 1"
    )
