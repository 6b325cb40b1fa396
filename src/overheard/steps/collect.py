"""Sources → documents and utterances. A file or page that cannot be read is skipped and counted; the others go on.

Only what changed is read again. What a source no longer shows leaves the tables; what was edited leaves its old words.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from overheard.errors import BadInputError, FetchError
from overheard.records import Document, Intake, Removal, Skip, Utterance, Version, id_of
from overheard.settings import MARKET_FILE, WebSource
from overheard.steps.crawl import Crawl
from overheard.steps.intake import Basket, fill_basket
from overheard.steps.items import Contents
from overheard.steps.market import Market, Outcome, StepSummary, log
from overheard.storage import write_atomically
from overheard.web import Fetcher, Host

STEP = "collect"


def collect(market: Market) -> StepSummary:
    """Read every source of the market into its tables `documents`, `utterances`, `versions`, `removals` and `skips`."""
    sources = market.settings.source
    skips = [skip for source in sources if isinstance(source, WebSource) for skip in _fetch(market, source)]
    contents = {source.name: Contents(market, source) for source in sources}
    items = {name: list(found.items()) for name, found in contents.items()}
    inputs = [source.model_dump_json() for source in sources] + [str(skip) for skip in skips]
    inputs += [f"{item.place} {item.group} {item.digest}" for found in items.values() for item in found]

    def work() -> Outcome:
        basket = Basket(STEP, market.key, market.load_names(), skips=skips)
        known = {intake.intake_id: intake for intake in market.tables.load("intakes", Intake)}
        for source in sources:
            if not items[source.name]:
                place = "web" if isinstance(source, WebSource) else source.files
                why = "nothing is there; check the source's files or urls"
                basket.skips.append(Skip(STEP, source.name, place, why))
            fill_basket(basket, source, contents[source.name], items[source.name], known, market.full)
        return _save(market, basket, sum(len(found) for found in items.values()))

    return market.do_step(STEP, (), inputs, work)


def _fetch(market: Market, source: WebSource) -> list[Skip]:
    """Capture what may be new of a web source; return what could not be had."""
    path = market.data_dir / "raw" / "hosts.json"
    contents = Contents(market, source)
    try:
        with Fetcher(market.settings.web, _load_hosts(path), lambda hosts: _save_hosts(path, hosts)) as fetcher:
            skips = Crawl(STEP, source, fetcher, contents.visits, contents.captures, market.tell).run()
    except FetchError as error:
        skips = [Skip(STEP, source.name, "web", str(error))]
    for skip in skips:
        log.warning("%s: %s: %s", skip.source, skip.place, skip.why)
    return skips


def _save(market: Market, basket: Basket, rows_in: int) -> Outcome:
    shown = basket.shown()
    if not shown:
        mend = "check each source's files or urls (what was skipped is told above)"
        raise BadInputError(str(market.folder / MARKET_FILE), "its sources hold nothing that can be read", mend)
    tables = market.tables
    before = {utterance.utterance_id: utterance for utterance in tables.load("utterances", Utterance)}
    gone = [utterance for key, utterance in before.items() if key not in shown]
    edited = [
        old
        for key, new in basket.utterances.items()
        if (old := before.get(key)) is not None and (old.text, old.not_own) != (new.text, new.not_own)
    ]
    market.save_names(basket.names)
    # What is new stands before anything is taken away, and the intakes are written last: a killed run is done again.
    tables.merge("versions", Version, [_version(old, market) for old in edited])
    tables.merge("removals", Removal, [_removal(old, market) for old in gone])
    tables.merge("documents", Document, basket.documents.values())
    tables.merge("utterances", Utterance, basket.utterances.values())
    tables.delete("utterances", Utterance, [old.utterance_id for old in gone])
    still_said = {utterance.document_id for utterance in tables.load("utterances", Utterance)}
    silent = {old.document_id for old in gone} - still_said
    tables.delete("documents", Document, silent)
    _forget_versions(market, {old.utterance_id for old in gone})
    tables.replace("skips", Skip, basket.skips)
    tables.replace("intakes", Intake, basket.intakes)
    left_out = {"skips": len(basket.skips), "edited": len(edited), "removed": len(gone)}
    written = {
        "documents": Document,
        "utterances": Utterance,
        "versions": Version,
        "removals": Removal,
        "skips": Skip,
        "intakes": Intake,
    }
    return Outcome(written, rows_in, len(shown), {why: count for why, count in left_out.items() if count})


def _version(old: Utterance, market: Market) -> Version:
    version_id = id_of(old.utterance_id, old.text, market.night)
    return Version(version_id, old.utterance_id, old.text, old.not_own, market.night)


def _removal(old: Utterance, market: Market) -> Removal:
    return Removal(id_of(old.utterance_id, market.night), old.utterance_id, old.document_id, market.night)


def _forget_versions(market: Market, removed: set[str]) -> None:
    """Who deletes a post deletes what it said before as well."""
    versions = market.tables.load("versions", Version)
    stale = [version.version_id for version in versions if version.utterance_id in removed]
    market.tables.delete("versions", Version, stale)


def _load_hosts(path: Path) -> dict[str, Host]:
    """Return what earlier runs knew of hosts; nothing where the file is missing or damaged."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            row["origin"]: Host(
                row["origin"],
                datetime.fromisoformat(row["not_before"]),
                row["robots"],
                datetime.fromisoformat(row["robots_at"]) if row["robots_at"] else None,
            )
            for row in rows
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _save_hosts(path: Path, hosts: dict[str, Host]) -> None:
    rows = [asdict(host) for _, host in sorted(hosts.items())]
    write_atomically(path, json.dumps(rows, default=datetime.isoformat, indent=0).encode())
