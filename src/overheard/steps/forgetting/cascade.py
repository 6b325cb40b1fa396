"""Somebody's words out of everything we wrote: tables and their past, vectors, captures, models, names, reports, files.

Every part may be done twice, so a killed run is done again from its beginning.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from overheard.privacy import Refusals, Traces, packed_bytes, person_id_of, purged_row
from overheard.records import Page
from overheard.settings import WebSource
from overheard.steps.forgetting.places import OURS, OWN_PRIVATE, all_files, own_files
from overheard.steps.forgetting.refusals import clean_page
from overheard.steps.market import Market
from overheard.storage import (
    Captures,
    UnreadError,
    Visits,
    decode,
    load_note,
    purge_keys,
    purge_table,
    save_note,
    unpack_members,
    unpack_texts,
    withdraw_report,
    write_atomically,
)

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_FITTED = ("pain_nights", "segmentations")
"""Tables that tell by what groups were last fitted: other settings than tonight's have them fitted anew."""
NIGHT_FILE = "night.json"
_PACKED = (".qdpx", ".zip", ".gz", ".zst", ".xlsx", ".docx")
_WITHDRAWN = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Withdrawn</title>
<p>This report was withdrawn, because it held words of somebody who is forgotten.</p></html>
"""


@dataclass(frozen=True, slots=True)
class Doomed:
    """What must go: `ids` of people, posts, signals and vectors, and what finds the words in all else.

    `refit`: groups are fitted anew, so that no mean vector tells of somebody; else at their next turn.
    """

    ids: frozenset[str]
    traces: Traces
    refit: bool = True

    def is_in(self, text: str, deeper: int = 3) -> bool:
        """Tell whether a text holds something of it, in an archive packed as base64 too, `deeper` times."""
        return (
            not self.ids.isdisjoint(_ID.findall(text))
            or bool(self.traces.find(text))
            or any(self._is_in_members(one, deeper - 1) for _, _, one in packed_bytes(text, is_apart=True) if deeper)
        )

    def _is_in_members(self, content: bytes, deeper: int) -> bool:
        try:
            return any(self.is_in(text, deeper) for _, text in unpack_members(content))
        except UnreadError:
            return False  # a few letters that happen to begin as an archive does


def cascade(market: Market, doomed: Doomed) -> dict[str, int]:
    """Take everything doomed out of a market; return how much went, by kind."""
    counts: Counter[str] = Counter()
    _purge_vectors(market, doomed, counts)
    _purge_captures(market, doomed, counts)
    models = market.data_dir / "models"
    if models.exists():
        counts["fitted models, made again"] += sum(1 for _ in models.iterdir())
        shutil.rmtree(models)
    _purge_private(market, doomed, counts)
    _withdraw_reports(market, doomed, counts)
    _purge_files(market, doomed, counts)
    _purge_tables(market, doomed, counts)
    _mark_steps(market)
    return {kind: count for kind, count in sorted(counts.items()) if count}


def _purge_tables(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    purged = partial(purged_row, doomed=doomed.ids, blot=doomed.traces.blot)

    def unfitted(row: dict[str, Any]) -> dict[str, Any] | None:
        return purged(row | {"recipe": ""})

    places = {str(place).rpartition("/")[2]: place for place in market.tables.places()}
    for name, place in sorted(places.items(), key=lambda one: one[0] == "utterances"):
        dropped, changed = purge_table(place, unfitted if doomed.refit and name in _FITTED else purged)
        counts[f"rows of {name}"] += dropped
        counts[f"rows of {name}, changed"] += changed


def _purge_vectors(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    keys = [one for one in doomed.ids if len(one) > 16]
    for kind in ("vectors", "scores"):
        for folder in _tables_in(market.data_dir / kind):
            counts[kind] += purge_keys(folder, "key", keys)


def _tables_in(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.rglob("_delta_log") if path.is_dir())


def _purge_captures(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    refusals = Refusals(market.key, traces=doomed.traces)
    sources = {one.name: one for one in market.settings.source if isinstance(one, WebSource)}
    raw_dir = market.data_dir / "raw"
    for folder in sorted(path for path in raw_dir.glob("*") if path.is_dir()):
        deleted, changed = Captures(folder).rewrite(
            partial(_purged_page, doomed=doomed, source=sources.get(folder.name), refusals=refusals)
        )
        counts["captures"] += deleted
        counts["captures, changed"] += changed
    for path in sorted(raw_dir.glob("*.visits.jsonl")):
        counts["visits"] += Visits(path).drop(doomed.is_in)


def _purged_page(page: Page, doomed: Doomed, source: WebSource | None, refusals: Refusals) -> Page | None:
    if doomed.is_in(page.url):
        return None
    if source is None:  # of a source the market names no more; nobody reads it again
        return None if doomed.is_in(decode(page.body)[0]) else page
    return clean_page(page, source, refusals)


def _purge_private(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    names = market.load_names()
    kept = {key: name for key, name in names.items() if key not in doomed.ids}
    if kept != names:
        market.save_names(kept)
        counts["names"] += len(names) - len(kept)
    path = market.folder / "private" / "aliases.csv"
    if path.exists():
        text = path.read_text(encoding="utf-8-sig")
        lines = text.splitlines(keepends=True)
        left = [line for line in lines if not _names_doomed(market, line, text.partition("\n")[0], doomed)]
        if left != lines:
            write_atomically(path, "".join(left).encode(), mode=0o600)
            counts["aliases"] += len(lines) - len(left)
    for path in sorted((market.folder / "private").glob("*")):
        if path.is_file() and path.name not in {*OWN_PRIVATE, "names.json"} and _holds(path, doomed):
            path.unlink()
            counts["private lists, made again when asked for"] += 1


def _names_doomed(market: Market, line: str, header: str, doomed: Doomed) -> bool:
    delimiter = max(",;\t", key=header.count)
    columns = [name.strip().casefold() for name in next(csv.reader(io.StringIO(header), delimiter=delimiter), [])]
    row = dict(zip(columns, next(csv.reader(io.StringIO(line), delimiter=delimiter), []), strict=False))
    name = row.get("name", "").strip()
    return person_id_of(row.get("source", "").strip(), name.removeprefix("'"), market.key) in doomed.ids


def _withdraw_reports(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    """Leave of a report that tells of somebody forgotten no more than its figures, if these do not."""
    reports_dir = market.folder / "reports"
    for folder in sorted(reports_dir.glob("*")) if reports_dir.exists() else []:
        if folder.is_symlink() or not folder.is_dir():
            continue
        if folder.name.startswith("."):
            shutil.rmtree(folder)
        elif any(_holds(path, doomed) for path in all_files(folder)):
            night = folder / NIGHT_FILE
            kept = {NIGHT_FILE: night.read_bytes()} if night.exists() and not _holds(night, doomed) else {}
            withdraw_report(reports_dir, folder.name, kept | {"index.html": _WITHDRAWN, "nights.html": _WITHDRAWN})
            counts["reports withdrawn"] += 1


def _purge_files(market: Market, doomed: Doomed, counts: Counter[str]) -> None:
    """Blot what lies beside: exports, lists to fill in, journals; what is packed goes as a whole."""
    own = own_files(market)
    for path in all_files(market.folder):
        top = path.relative_to(market.folder).parts[0]
        is_table = "_delta_log" in path.parts or path.suffix == ".parquet" or path.name == "_sums.json"
        if path in own or top in ("reports", "private") or is_table or path.name == "run.lock":
            continue
        if path.name.endswith(".part"):
            path.unlink()
        elif _holds(path, doomed):
            if path.suffix in _PACKED and top not in OURS:
                path.unlink()
                counts["packed files beside: exports, back-ups"] += 1
            elif blot_file(path, doomed):
                counts["other files, changed"] += 1


def blot_file(path: Path, doomed: Doomed) -> bool:
    """Take somebody's words out of a text file; return whether there were any it could take out."""
    path = path.resolve()  # a linked file's words lie where the link leads
    text, encoding = decode(path.read_bytes())
    if "\0" in text:
        return False
    made = doomed.traces.blot(text)
    made = _ID.sub(lambda match: "*" * 16 if match[0] in doomed.ids else match[0], made)
    if made != text:
        write_atomically(path, made.encode(encoding), mode=path.stat().st_mode & 0o777)
    return made != text


def _holds(path: Path, doomed: Doomed) -> bool:
    try:
        return any(doomed.is_in(text) for _, text in unpack_texts(path))
    except UnreadError:
        return False  # told by the proof


def _mark_steps(market: Market) -> None:
    """Let every step be done again, from the tables as they are now: their earlier versions are gone."""
    for path in sorted((market.data_dir / "notes").glob("*.json")):
        note = load_note(market.data_dir, path.stem)
        if note is not None:
            versions = {name: market.tables.version(name) for name in note.tables if market.tables.exists(name)}
            save_note(market.data_dir, replace(note, digest="", tables=versions), market.night)
