"""Is a market fit for tonight? Each check tells one thing: ok, a warning, or what is bad, and the mend."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from overheard.errors import OverheardError, as_word, disk_error_of
from overheard.registry import registry, verify_model
from overheard.settings import Settings, WebSource, load_settings
from overheard.steps.collect import open_fetcher
from overheard.steps.collecting.items import Contents
from overheard.steps.forgetting.refusals import load_forgotten
from overheard.steps.market import Market
from overheard.steps.upkeep.servers import find_servers
from overheard.storage import (
    damaged_notes,
    find_changed,
    find_damaged_tables,
    holder_of,
    is_private,
    last_run,
    latest_report,
)

State = Literal["ok", "warn", "bad"]
FEW_BYTES, TOO_FEW_BYTES = 2_000_000_000, 200_000_000
"""Free on the disk: a night of a large market writes hundreds of megabytes."""
NIGHT_HOURS = 26
"""A nightly run that is older has not come."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: how bad it is, what it is, and the mend where there is something to mend."""

    check: str
    state: State
    told: str
    mend: str = ""


def examine_market(market_dir: Path, ask_sites: bool = True) -> list[Finding]:
    """Check everything a night needs. A check that fails tells so and stops no other.

    Args:
        market_dir: with market.toml.
        ask_sites: ask each web source for its first page, with the manners of a run.
    """
    try:
        settings = load_settings(market_dir)
        market = Market(market_dir)
    except OverheardError as error:
        return [Finding("settings", "bad", str(error)), *_safely("models", _check_models)]
    found = [Finding("settings", "ok", f"{len(settings.source)} sources")]
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "models": _check_models,
        "disk": lambda: _check_disk(market),
        "lock": lambda: _check_lock(market),
        "last night": lambda: _check_last_night(market),
        "schedule": lambda: _check_schedule(market),
        "private": lambda: _check_private(market),
        "sources": lambda: _check_sources(market, settings, ask_sites),
        "captures": lambda: _check_captures(market, settings),
        "tables": lambda: _check_tables(market),
        "notes": lambda: _check_notes(market),
        "reports": lambda: _check_reports(market),
        "Prefect": _check_servers,
    }
    for name, check in checks.items():
        found += _safely(name, check)
    return found


def _safely(name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except OverheardError as error:
        return [Finding(name, "bad", str(error))]
    except OSError as error:
        return [Finding(name, "bad", str(disk_error_of(error) or error))]


def _check_models() -> Iterator[Finding]:
    for name in registry():
        verify_model(name)
        yield Finding("models", "ok", f"{name} is the one the registry holds")


def _check_disk(market: Market) -> Iterator[Finding]:
    free = shutil.disk_usage(market.folder).free
    told = f"{free / 1e9:,.1f} GB free"
    if not os.access(market.folder, os.W_OK):
        yield Finding("disk", "bad", f"{market.folder} cannot be written", "mount the disk for writing")
    elif free < FEW_BYTES:
        yield Finding("disk", "bad" if free < TOO_FEW_BYTES else "warn", told, "free some space")
    else:
        yield Finding("disk", "ok", told)


def _check_lock(market: Market) -> Iterator[Finding]:
    holder = holder_of(market.data_dir)
    yield Finding("lock", "ok", holder or "nobody works on this market")


def _check_last_night(market: Market) -> Iterator[Finding]:
    run = last_run(market.data_dir, "run") or last_run(market.data_dir)
    if run is None:
        yield Finding("last night", "warn", "there was none yet", f"overheard run {as_word(market.folder)}")
        return
    hours = (datetime.now(UTC) - run.began_at) / timedelta(hours=1)
    told = f"`{run.command}` of {run.began_at:%Y-%m-%d %H:%M} UTC"
    if run.why:
        yield Finding("last night", "bad", f"{told} failed", run.why)
    elif run.ended_at is None and holder_of(market.data_dir) is None:
        mend = f"overheard run {as_word(market.folder)} goes on where it was"
        yield Finding("last night", "bad", f"{told} was killed", mend)
    elif hours < -1:
        yield Finding("last night", "bad", f"{told} lies ahead of the clock", "set the clock right")
    elif hours > NIGHT_HOURS:
        yield Finding("last night", "warn", f"{told} is {hours / 24:.1f} days ago", "is `overheard schedule` running?")
    else:
        yield Finding("last night", "ok", f"{told} is at work" if run.ended_at is None else f"{told} ended well")


def _check_schedule(market: Market) -> Iterator[Finding]:
    scheduled = [number for number, folder in _schedules() if folder == market.folder.resolve()]
    if scheduled:
        yield Finding("schedule", "ok", f"process {scheduled[0]} waits for the hour")
    elif sys.platform != "linux":
        yield Finding("schedule", "ok", "cannot be looked for on this system")
    else:
        mend = f"overheard schedule {as_word(market.folder)}, unless cron, a timer or a Prefect worker runs it"
        yield Finding("schedule", "warn", "no `overheard schedule` of this market runs here", mend)


def _schedules() -> Iterator[tuple[int, Path]]:
    """Yield the processes that wait for the hour, with the market each of them runs."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            here = (folder / "cwd").readlink()
        except OSError:
            continue
        if any(Path(word).name == "overheard" for word in words[:2]) and "schedule" in words[:3]:
            yield from ((int(folder.name), (here / word).resolve()) for word in words[words.index("schedule") + 1 :])


def _check_private(market: Market) -> Iterator[Finding]:
    for path in (market.folder / "private" / name for name in ("person.key", "names.json")):
        if path.exists() and not is_private(path):
            yield Finding("private", "bad", f"{path} can be read by other users", f"chmod 600 {path}")
    if market.tables.exists("utterances"):
        _ = market.key, market.load_names()
    for person in load_forgotten(market):
        if not person.finished_at:
            told = f"a forgetting that began at {person.started_at} did not end"
            yield Finding("private", "bad", told, f"overheard collect {as_word(market.folder)} ends it")
    yield Finding("private", "ok", "key and names are there" if market.tables.exists("utterances") else "not made yet")


def _check_sources(market: Market, settings: Settings, ask_sites: bool) -> Iterator[Finding]:
    for source in settings.source:
        if isinstance(source, WebSource):
            yield from _check_site(market, source) if ask_sites else ()
        elif count := sum(1 for path in market.folder.glob(source.files) if path.is_file()):
            yield Finding("sources", "ok", f"{source.name}: {count} {'file' if count == 1 else 'files'}")
        else:
            mend = f"put files there or mend `files` of `{source.name}` in market.toml"
            yield Finding("sources", "bad", f"{source.name}: {source.files}: nothing is there", mend)


def _check_site(market: Market, source: WebSource) -> Iterator[Finding]:
    """Ask for one page, with the distance every run keeps and leaves."""
    if holder_of(market.data_dir):
        yield Finding("sources", "ok", f"{source.name}: not asked while a run may be asking")
        return
    url = (*source.boards, *source.urls)[0]
    token = os.environ.get(source.token_variable, "") if source.token_variable else ""
    quick = market.settings.web.model_copy(update={"attempts": 1})
    try:
        with open_fetcher(market, quick) as fetcher:
            page = fetcher.fetch_page(url, None, token)
    except OverheardError as error:
        yield Finding("sources", "warn", f"{source.name}: {error}", "the night goes on without it and tells so")
        return
    is_there = page.status == 200
    mend = "" if is_there else f"mend the addresses of `{source.name}` in market.toml"
    yield Finding("sources", "ok" if is_there else "bad", f"{source.name}: {url} answers {page.status}", mend)


def _check_captures(market: Market, settings: Settings) -> Iterator[Finding]:
    for source in settings.source:
        if isinstance(source, WebSource):
            contents = Contents(market, source)
            damaged = contents.captures.count_damaged()
            told = f"{source.name}: {len(contents.visits.visits):,} pages"
            mend = "nothing: the next run asks for these pages again"
            if not contents.visits.is_whole and contents.visits.visits:
                yield Finding("captures", "warn", f"{told}, the journal of visits is damaged", mend)
            elif damaged:
                yield Finding("captures", "warn", f"{told}, {damaged} captures are damaged", mend)
            else:
                yield Finding("captures", "ok", told)


def _check_tables(market: Market) -> Iterator[Finding]:
    damaged, whole = find_damaged_tables(market.data_dir, market.settings.storage.tables)
    yield from (Finding("tables", "warn" if is_cache else "bad", told) for told, is_cache in damaged)
    if not damaged:
        yield Finding("tables", "ok", f"{whole} tables and caches are as they were written")


def _check_notes(market: Market) -> Iterator[Finding]:
    damaged = damaged_notes(market.data_dir)
    mend = "nothing: the journal of runs knows what stood there"
    told = f"damaged: {', '.join(damaged)}" if damaged else "every step's note can be read"
    yield Finding("notes", "warn" if damaged else "ok", told, mend if damaged else "")


def _check_reports(market: Market) -> Iterator[Finding]:
    reports_dir = market.folder / "reports"
    latest = latest_report(reports_dir)
    for folder in sorted(path for path in reports_dir.glob("*") if path.is_dir() and not path.is_symlink()):
        changed = find_changed(folder)
        if changed is not None:
            again = folder == latest
            mend = "nothing: the next run publishes it again" if again else "restore a back-up, or delete its folder"
            yield Finding("reports", "warn" if again else "bad", f"{changed} is not what was published", mend)
    yield Finding(
        "reports", "ok" if latest else "warn", f"the latest is {latest.name}" if latest else "there is none yet"
    )


def _check_servers() -> Iterator[Finding]:
    left = [server.process for server in find_servers() if server.is_left_behind]
    numbers = " ".join(map(str, left))
    if left:
        yield Finding("Prefect", "warn", f"a killed run left its server behind: process {numbers}", f"kill {numbers}")
    else:
        yield Finding("Prefect", "ok", "no server of a killed run is left")
