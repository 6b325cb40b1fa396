"""Tables → the published report. The same tables make the same bytes under the same name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from overheard.people import Affinity
from overheard.privacy import Blotter
from overheard.records import (
    Document,
    GroupEvent,
    Membership,
    Pain,
    PainGroup,
    Placement,
    Reference,
    Role,
    Segment,
    Segmentation,
    SegmentCheck,
    SegmentReference,
    SegmentTrial,
    Signal,
    Skip,
    Slot,
    SourceKind,
    Term,
    Utterance,
)
from overheard.registry import verify_model
from overheard.report import Findings, render_report
from overheard.sheets import Commonness, Sheet, Turn, cut_passages, find_jargon, order_reading, write_sheets
from overheard.signals import cut_own_words
from overheard.steps.affinity import compare_market_people
from overheard.steps.context import describe_market_fields
from overheard.steps.heard import Heard, load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.storage import digest_of, latest_report, publish_report
from overheard.vectors import key_of_text

STEP = "report"
TABLES = {
    "documents": Document,
    "utterances": Utterance,
    "roles": Role,
    "signals": Signal,
    "pains": Pain,
    "placements": Placement,
    "pain_groups": PainGroup,
    "pain_events": GroupEvent,
    "segments": Segment,
    "segment_events": GroupEvent,
    "segmentations": Segmentation,
    "segment_trials": SegmentTrial,
    "segment_checks": SegmentCheck,
    "memberships": Membership,
    "references": Reference,
    "segment_references": SegmentReference,
    "terms": Term,
    "skips": Skip,
    "source_kinds": SourceKind,
}
COMMON_WORDS_MODEL = "all-MiniLM-L6-v2"
SHEET_LINES = 6
"""Lines a heading of a sheet shows; more is no longer taken in at a glance."""
SHEET_TERMS = 8
READ_FIRST = 50
"""Passages that are read in an hour."""


def report_market(market: Market) -> StepSummary:
    """Publish MARKET/reports/<id>, where the id follows from what the report tells."""
    settings = market.settings
    reports_dir = market.folder / "reports"
    after = ("collect", "roles", "signals", "vectors", "pains", "levels", "people", "reference", "vocabulary")

    def work() -> Outcome:
        heard = load_heard(market)
        tables: dict[str, list[Any]] = {name: market.tables.load(name, record) for name, record in TABLES.items()}
        tables |= {"documents": list(heard.documents.values()), "utterances": list(heard.utterances)}
        blots = cache(Blotter(market.load_names().values()).find)
        digests = [market.tables.digest(name, record) for name, record in TABLES.items()]
        report_id = digest_of(settings.model_dump_json(), *digests)[:12]
        sheets, reading = _write_sheets(market, heard, tables["signals"])
        findings = Findings(
            report_id=report_id,
            settings=settings,
            blots=blots,
            sheets=sheets,
            reading=reading,
            fields=describe_market_fields(market, heard),
            affinity=_compare_people(market, has_segments=bool(tables["segments"])),
            **tables,
        )
        files = render_report(findings)
        # The same findings in a new edition of the pages are another report.
        edition = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:6]
        publish_report(reports_dir, f"{report_id}-{edition}", files)
        return Outcome({}, sum(len(rows) for rows in tables.values()), len(files))

    lost = latest_report(reports_dir) is None
    return market.do_step(STEP, after, settings.model_dump_json(), work, lost)


def _compare_people(market: Market, has_segments: bool) -> Affinity | None:
    """Compare people in pairs, unless there are more of them than a grid holds and segments besides."""
    affinity = compare_market_people(market)
    return None if has_segments and affinity.left_out else affinity


def _write_sheets(market: Market, heard: Heard, signals: Sequence[Signal]) -> tuple[list[Sheet], list[Turn]]:
    """Return the sheets and what to read first."""
    customers = load_customers(market)
    said = [one for one in heard.utterances if one.person_id in customers]
    own = {one.utterance_id: cut_own_words(one.text, one.not_own) for one in said}
    document_of = {one.utterance_id: one.document_id for one in said}
    told = [signal for signal in signals if signal.utterance_id in document_of]
    wanted = {document_of[signal.utterance_id] for signal in told}
    least_people = market.settings.vocabulary.minimum_people
    jargon = find_jargon(said, own, Commonness(load_common_words()), wanted, least_people, SHEET_TERMS)
    pains, texts = load_pain_signals(market)
    passages = cut_passages(said, own, pains)
    vectors = open_cache(market).take([key_of_text(text) for text in texts])
    sheets = write_sheets(said, told, market.tables.load("slots", Slot), jargon, SHEET_LINES)
    return sheets, order_reading(passages, pains, vectors, READ_FIRST)


def load_common_words() -> list[str]:
    """Load common English words, the commonest first.

    The encoder's vocabulary is the one of BERT: after its marks, digits and letters the words stand in the order of how
    often books and Wikipedia use them.
    """
    path = verify_model(COMMON_WORDS_MODEL) / "tokenizer.json"
    places: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in sorted(places, key=places.__getitem__) if len(word) > 1 and word.isalpha()]
