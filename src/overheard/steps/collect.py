"""Sources → documents and utterances. A file or page that cannot be read is skipped and counted; the others go on.

Only what changed is read again. What a source no longer shows leaves the tables; what was edited leaves its old words.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from overheard.errors import BadInputError, FetchError, OverheardError
from overheard.forums import thread_of
from overheard.records import NOTHING_READ, Document, Intake, Removal, Skip, Utterance, Version, id_of
from overheard.settings import MARKET_FILE, WebSettings, WebSource
from overheard.steps.collecting.crawl import Crawl
from overheard.steps.collecting.intake import Basket, fill_basket
from overheard.steps.collecting.items import Contents
from overheard.steps.forgetting.forget import finish_forgetting, forget_refused
from overheard.steps.forgetting.refusals import load_refusals, page_cleaner
from overheard.steps.forgetting.retention import expire, oldest_kept
from overheard.steps.market import Market, Outcome, StepSummary, log
from overheard.storage import ThreadState, Visits, write_atomically
from overheard.web import Fetcher, Host

STEP = "collect"


def collect(market: Market) -> StepSummary:
    """Read every source of the market into its tables `documents`, `utterances`, `versions`, `removals` and `skips`."""
    market.check_night()  # before anything is fetched under a wrong date
    finish_forgetting(market)
    forget_refused(market)
    expire(market)
    sources = market.settings.source
    skips = [skip for source in sources if isinstance(source, WebSource) for skip in _fetch(market, source)]
    contents = {source.name: Contents(market, source) for source in sources}
    items = {name: list(found.items()) for name, found in contents.items()}
    failed = {skip.source for skip in skips if skip.is_whole_source}
    inputs = [source.model_dump_json() for source in sources] + [str(skip) for skip in skips]
    inputs += [f"{item.place} {item.group} {item.digest}" for found in items.values() for item in found]
    refusals = load_refusals(market)

    def work() -> Outcome:
        basket = Basket(STEP, market.key, market.load_names(), refusals, oldest_kept(market), skips=skips)
        # Without its words a table of what was taken from where is of no use: all is read again.
        is_lost = market.has_lost(STEP, "utterances") or market.has_lost(STEP, "documents")
        known = {} if is_lost else {intake.intake_id: intake for intake in market.tables.load("intakes", Intake)}
        for source in sources:
            if not items[source.name] and source.name not in failed:
                place = "web" if isinstance(source, WebSource) else source.files
                why = f"{NOTHING_READ}: nothing is there; check the source's files or urls"
                log.warning("%s: %s: %s", source.name, place, why)
                basket.skips.append(Skip(STEP, source.name, place, why))
            fill_basket(basket, source, contents[source.name], items[source.name], known, market.full)
        return _save(market, basket, sum(len(found) for found in items.values()))

    return market.do_step(STEP, (), inputs, work)


def _fetch(market: Market, source: WebSource) -> list[Skip]:
    """Capture what may be new of a web source; return what could not be had."""
    contents = Contents(market, source)
    clean = page_cleaner(market, source)
    try:
        lost = _owe_lost_threads(market, source, contents.visits)
        with open_fetcher(market, market.settings.web) as fetcher:
            crawl = Crawl(STEP, source, fetcher, contents.visits, contents.captures, market.tell, clean=clean)
            skips = lost + crawl.run()
        if skips and not crawl.pages_had:
            skips.append(Skip(STEP, source.name, "web", f"{NOTHING_READ}: {skips[-1].why}"))
    except FetchError as error:
        skips = [Skip(STEP, source.name, "web", f"{NOTHING_READ}: {error}")]
    except (OverheardError, OSError):
        raise  # of our own data or disk: no other source could do better
    except Exception as error:
        # Pages are strangers' text: one that brings a reader down must not cost the night, nor stand in a log.
        skips = [Skip(STEP, source.name, "web", f"{NOTHING_READ}: following its pages failed ({type(error).__name__})")]
    for skip in skips:
        log.warning("%s: %s: %s", skip.source, skip.place, skip.why)
    return skips


def missing_sources(market: Market) -> tuple[str, ...]:
    """Return the names of the sources that the last reading lacks as a whole."""
    skips = market.tables.load("skips", Skip)
    return tuple(sorted({skip.source for skip in skips if skip.is_whole_source}))


def open_fetcher(market: Market, settings: WebSettings) -> Fetcher:
    """Open a fetcher that keeps the distance other runs kept from each host, and leaves word of its own."""
    path = market.data_dir / "raw" / "hosts.json"
    return Fetcher(settings, _load_hosts(path), lambda hosts: _save_hosts(path, hosts))


def _owe_lost_threads(market: Market, source: WebSource, visits: Visits) -> list[Skip]:
    """Owe what a damaged or deleted journal no longer names, so that its posts stay and its pages are asked for."""
    if visits.is_whole:
        return []
    pages: dict[str, list[str]] = {}
    for intake in market.tables.load("intakes", Intake):
        if intake.source == source.name and thread_of(intake.place) not in visits.threads:
            pages.setdefault(thread_of(intake.place), []).append(intake.place)
    board = source.boards[0] if source.boards else ""
    for thread, urls in sorted(pages.items()):
        known = tuple(sorted(urls, key=lambda url: (len(url), url)))
        visits.note_thread(ThreadState(thread, known[0], None, known, board))
    why = f"the journal of visits is damaged; {len(pages)} threads it no longer names are asked for again"
    return [Skip(STEP, source.name, "web", why)] if pages else []


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
    left_out |= {"posts of people who are not heard": basket.refused, "posts too old to keep": basket.expired}
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
        hosts = {}
        for row in json.loads(path.read_text(encoding="utf-8")):
            not_before = datetime.fromisoformat(row["not_before"])
            robots_at = datetime.fromisoformat(row["robots_at"]) if row["robots_at"] else None
            if robots_at and robots_at > datetime.now(UTC):
                not_before = datetime.now(UTC)  # noted while the clock was ahead, which asks for no years of patience
            hosts[row["origin"]] = Host(row["origin"], not_before, row["robots"], robots_at)
        return hosts
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _save_hosts(path: Path, hosts: dict[str, Host]) -> None:
    rows = [asdict(host) for _, host in sorted(hosts.items())]
    write_atomically(path, json.dumps(rows, default=datetime.isoformat, indent=0).encode())
