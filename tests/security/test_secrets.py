"""Secrets stand in the environment alone: they are sent where they belong, and written nowhere."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import stamina
from warcio.archiveiterator import ArchiveIterator

from overheard.records import PolishRequest, Utterance
from overheard.steps.asked.notice import RECIPIENTS, SERVER, WEBHOOK, tell_market
from overheard.steps.collect import collect
from overheard.steps.market import Market
from overheard.steps.polish import KEY, NOT_ASKED, polish_market_drafts
from tests.sites.server import Resource, Site
from tests.test_house_rules import ROOT, SOURCES

CANARY = "c4n4ryc4n4ry"
SECRETS = {
    "FORUM_TOKEN": f"{CANARY}-token",
    KEY: f"{CANARY}-key",
    WEBHOOK: f"http://127.0.0.1:9/{CANARY}-hook",
    SERVER: f"smtp://owner:{CANARY}-password@127.0.0.1:9",
    "AWS_SECRET_ACCESS_KEY": f"{CANARY}-store",
}
MARKET = """[market]
name = "Cargo bikes"
[web]
contact = "mailto:research@example.org"
delay_seconds = 0
allow_private_addresses = true
[[source]]
name = "forum"
kind = "web"
urls = ["{url}/t/1"]
token_variable = "FORUM_TOKEN"
[llm]
url = "http://127.0.0.1:9/v1"
model = "m"
"""
POST = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    "headline": "A chain",
    "text": "My chain slips on every hill.",
    "author": {"@type": "Person", "name": "ann"},
    "datePublished": "2026-05-01T10:00:00Z",
}
READS_ENVIRONMENT = {"vectors", "cli", "steps", "storage"}
"""Rooms that read the environment: threads and model hubs, Prefect's home, the secrets of steps, the store's keys."""


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Market, Site]]:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv(RECIPIENTS, "owner@example.org")
    page = Resource(f'<script type="application/ld+json">{json.dumps(POST)}</script><p>{POST["text"]}</p>'.encode())
    with Site({"/t/1": page}.get) as site, stamina.set_testing(True, attempts=1):
        (tmp_path / "market.toml").write_text(MARKET.format(url=site.url), encoding="utf-8")
        yield Market(tmp_path, date(2026, 5, 4)), site


def texts_below(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            yield path, body
            if path.name.endswith(".warc.gz"):
                for record in ArchiveIterator(io.BytesIO(body)):
                    yield path, repr(record.rec_headers.headers).encode() + record.raw_stream.read()
            elif body[:2] == b"\x1f\x8b":
                yield path, gzip.decompress(body)


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_no_secret_is_in_a_log_a_table_a_capture_or_a_report(
    market: tuple[Market, Site], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opened, site = market
    caplog.set_level(logging.DEBUG)
    collect(opened)
    request = PolishRequest("r", "slot", "Pain", (("q1", "My chain slips."),), ())
    monkeypatch.setattr("overheard.steps.polish.load_findings", lambda _: None)
    monkeypatch.setattr("overheard.steps.polish.polish_requests", lambda _: (request,))
    polish_market_drafts(opened)
    report = opened.folder / "reports" / "2026-05-04-0000"
    report.mkdir(parents=True)
    monkeypatch.setattr("overheard.steps.asked.notice.latest_report", lambda _: report)
    monkeypatch.setattr("overheard.steps.asked.notice.notice_of", lambda *_: ("one line",))
    (report / "report.json").write_text("{}", encoding="utf-8")
    tell_market(opened.folder)
    # The secrets were used: only then does it mean something that they are nowhere.
    assert [one.text for one in opened.tables.load("utterances", Utterance)] == ["My chain slips on every hill."]
    assert f"Bearer {SECRETS['FORUM_TOKEN']}" in [one.headers.get("Authorization") for one in site.asked]
    told = caplog.text + "".join(capsys.readouterr())
    assert NOT_ASKED.split()[0] in told or "cannot be reached" in told
    # Both were tried; how often a line stands here depends on who else listens to the log.
    assert "not posted" in told and "not mailed" in told
    assert CANARY not in told
    assert [path for path, text in texts_below(opened.folder) if CANARY.encode() in text] == []


def test_a_flow_is_told_nothing_but_a_folder_a_day_and_how() -> None:
    allowed = {"market_dir", "night", "full", "models_dir", "corpora_dir", "step", "sources", "task_name", "timeout"}
    for path in sorted((ROOT / "flows").glob("*.py")):
        code = path.read_text(encoding="utf-8")
        for told in re.findall(r"@(?:flow|task)\b[^\n]*\ndef \w+\(([^)]*)\)", code):
            names = {one.partition(":")[0].strip() for one in told.split(",") if one.strip()}
            assert names <= allowed, f"{path.name}: {names - allowed}"


def test_only_few_rooms_read_the_environment() -> None:
    rooms = {
        path.relative_to(ROOT / "src" / "overheard").parts[0]
        for path in SOURCES
        if "src" in path.parts and re.search(r"\b(?:environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert {one for one in rooms if not one.endswith(".py")} <= READS_ENVIRONMENT


def test_no_setting_takes_a_secret() -> None:
    import overheard.settings as settings

    fields = {
        f"{name}.{key}"
        for name, one in inspect.getmembers(settings, inspect.isclass)
        if hasattr(one, "model_fields")
        for key in one.model_fields
    }
    assert len(fields) > 100
    assert [one for one in fields if re.search(r"(?:key|token|password|secret)$", one)] == []
