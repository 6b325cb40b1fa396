"""Tables → files of other programs, and the edition of the report that may be given away."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from overheard.errors import BadInputError, OverheardError, as_word
from overheard.exports import (
    POSTS,
    SIGNALS,
    Corpus,
    Found,
    convokit_files,
    join_corpus,
    posts_rows,
    refi_qda_project,
    signals_rows,
)
from overheard.privacy import Blotter
from overheard.records import Membership, Pain, PainGroup, Placement, Reference, Role, Segment, Signal
from overheard.report import csv_of, render_landings, shareable_files
from overheard.steps.findings import load_findings
from overheard.steps.heard import load_heard
from overheard.steps.market import Market
from overheard.storage import latest_report, write_atomically

log = logging.getLogger("overheard")

PROJECT = ".qdpx"


def export_market(market: Market, kind: str, out: Path, verbatim: bool) -> int:
    """Write the market's posts and what was found in them.

    Args:
        market: after `overheard segment`, or as far as it got.
        kind: "convokit" or "csv", which fill the folder `out`, or "refi-qda", which is the file `out`.
        out: made where it is missing; files of the same names are replaced, others are left.
        verbatim: leave names and contact details as they were written.

    Returns:
        How many posts were written.

    Raises:
        BadInputError: nothing was collected yet, or `out` is of the wrong kind.
    """
    corpus = load_corpus(market, verbatim)
    posts = sum(len(one.utterances) for one in corpus.conversations)
    if not posts:
        raise BadInputError(str(market.folder), "nothing was collected yet", f"overheard run {as_word(market.folder)}")
    _save(out, WRITERS[kind](corpus), is_own=True)
    log.info(f"export: {posts} posts as {kind}, names and contact details {'shown' if verbatim else 'covered'}")
    return posts


def export_shareable(market: Market, out: Path) -> int:
    """Write the edition of the newest report without verbatims, links and people into the folder `out`.

    Returns:
        How many files were written.

    Raises:
        OverheardError: there is no report yet.
        BadInputError: `out` is a file.
    """
    report = latest_report(market.folder / "reports")
    if report is None:
        mend = f"make one with `overheard run {as_word(market.folder)}`"
        raise OverheardError(f"{market.folder}: there is no report yet; {mend}")
    content = json.loads((report / "report.json").read_text(encoding="utf-8"))
    files = shareable_files(content, [(one.person_id, one.text) for one in load_heard(market).utterances])
    _save(out, files, is_own=False)
    log.info(f"export: {len(files)} shareable files of report {report.name}")
    return len(files)


def export_landings(market: Market, out: Path) -> int:
    """Write a landing page for each segment into the folder `out`.

    Returns:
        How many were written.

    Raises:
        OverheardError: there are no segments to write to.
        BadInputError: `out` is a file.
    """
    files = render_landings(load_findings(market))
    if not files:
        mend = f"run `overheard run {as_word(market.folder)}`"
        raise OverheardError(f"{market.folder}: there are no segments to write to; {mend}")
    _save(out, files, is_own=False)
    return len(files)


def load_corpus(market: Market, verbatim: bool) -> Corpus:
    """Load what an export is made of, with names and contact details covered unless `verbatim`."""
    heard = load_heard(market)
    tables = market.tables
    return join_corpus(
        Found(
            market=market.settings.market.name,
            documents=list(heard.documents.values()),
            utterances=heard.utterances,
            roles=tables.load("roles", Role),
            signals=tables.load("signals", Signal),
            pains=tables.load("pains", Pain),
            placements=tables.load("placements", Placement),
            pain_groups=tables.load("pain_groups", PainGroup),
            segments=tables.load("segments", Segment),
            memberships=tables.load("memberships", Membership),
            references=tables.load("references", Reference),
            blots=(lambda _: []) if verbatim else cache(Blotter(market.load_names().values()).find),
        )
    )


def _tables(corpus: Corpus) -> dict[str, bytes]:
    return {"posts.csv": csv_of(POSTS, posts_rows(corpus)), "signals.csv": csv_of(SIGNALS, signals_rows(corpus))}


WRITERS: Mapping[str, Callable[[Corpus], Mapping[str, bytes] | bytes]] = {
    "convokit": convokit_files,
    "csv": _tables,
    "refi-qda": refi_qda_project,
}


def _save(out: Path, content: Mapping[str, bytes] | bytes, is_own: bool) -> None:
    """Write one file, or several into a folder; what is the owner's own nobody else may read."""
    mode = 0o600 if is_own else 0o644
    if isinstance(content, bytes):
        if out.is_dir():
            raise BadInputError(str(out), "is a folder", f"name the file: {out}/market{PROJECT}")
        write_atomically(out, content, mode)
        return
    if out.exists() and not out.is_dir():
        raise BadInputError(str(out), "is a file", "name a folder to fill")
    for name, file in sorted(content.items()):
        write_atomically(out / name, file, mode)
