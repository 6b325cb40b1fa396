"""Tables → everything a report tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from overheard.people import BY_HAND, MOST_PEOPLE, Affinity
from overheard.privacy import Blotter
from overheard.records import (
    Bet,
    BetOutcome,
    BetReopening,
    Document,
    Drift,
    FocusChoice,
    FocusRefusal,
    GroupEvent,
    LandingCount,
    LandingVariant,
    LastingPain,
    LoveMonth,
    Membership,
    Opportunity,
    Pain,
    PainGroup,
    PainNight,
    Placement,
    Polish,
    Reference,
    Rejection,
    RoadmapTheme,
    Role,
    Segment,
    Segmentation,
    SegmentCheck,
    SegmentLove,
    SegmentRate,
    SegmentReference,
    SegmentTrial,
    Signal,
    Skip,
    Slot,
    SourceKind,
    Span,
    Swap,
    Term,
    Utterance,
    ValueOverlap,
)
from overheard.report import NIGHT_FILE, Earlier, Findings, read_night
from overheard.sheets import (
    Commonness,
    Sheet,
    Turn,
    cut_passages,
    find_jargon,
    find_telling,
    order_reading,
    write_sheets,
)
from overheard.signals import load_heads
from overheard.steps.affinity import compare_market_people
from overheard.steps.asking import ask_market_people
from overheard.steps.code import library_versions
from overheard.steps.collecting.source_records import load_source_records
from overheard.steps.context import describe_market_fields
from overheard.steps.decisions.acceptance import load_acceptance
from overheard.steps.heard import Heard, load_customers, load_heard
from overheard.steps.market import Market
from overheard.steps.sentences import load_own_words
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.steps.word_ranks import load_common_words
from overheard.storage import digest_of, load_published
from overheard.vectors import encoder_id_of, key_of_text

TABLES = {
    "documents": Document,
    "utterances": Utterance,
    "roles": Role,
    "signals": Signal,
    "slots": Slot,
    "pains": Pain,
    "placements": Placement,
    "pain_groups": PainGroup,
    "pain_group_events": GroupEvent,
    "pain_events": GroupEvent,
    "segments": Segment,
    "segment_events": GroupEvent,
    "segmentations": Segmentation,
    "segment_trials": SegmentTrial,
    "segment_checks": SegmentCheck,
    "memberships": Membership,
    "references": Reference,
    "swaps": Swap,
    "segment_references": SegmentReference,
    "terms": Term,
    "skips": Skip,
    "source_kinds": SourceKind,
    "segment_love": SegmentLove,
    "segment_rates": SegmentRate,
    "focus_choices": FocusChoice,
    "focus_refusals": FocusRefusal,
    "value_overlaps": ValueOverlap,
    "drifts": Drift,
    "bets": Bet,
    "bet_outcomes": BetOutcome,
    "bet_reopenings": BetReopening,
    "rejections": Rejection,
    "landing_counts": LandingCount,
    "landing_variants": LandingVariant,
    "polishes": Polish,
    "roadmap_themes": RoadmapTheme,
    "opportunities": Opportunity,
    "love_months": LoveMonth,
}
SHEET_LINES = 6
"""Lines a heading of a sheet shows; more is no longer taken in at a glance."""
SHEET_TERMS = 8
MOST_SHEETS = 1000
"""Threads that get a sheet, the most telling; a table of more lines is no longer opened by anybody."""
READ_FIRST = 50
"""Passages that are read in an hour."""


def load_findings(market: Market) -> Findings:
    """Load what a report of the market would tell; its id follows from that alone."""
    settings = market.settings
    heard = load_heard(market)
    tables: dict[str, Any] = {name: market.tables.load(name, record) for name, record in TABLES.items()}
    tables |= {"documents": list(heard.documents.values()), "utterances": list(heard.utterances)}
    digests = [market.tables.digest(name, record) for name, record in TABLES.items()]
    night = max((one.night.isoformat() for one in market.tables.load("pain_nights", PainNight)), default="")
    own = _own_words(market, heard)
    sheets, without_sheet, reading = _write_sheets(market, heard, tables["signals"], own)
    accepted = load_acceptance(market)
    return Findings(
        report_id=digest_of(settings.model_dump_json(), night, *digests)[:12],
        settings=settings,
        blots=cache(Blotter(market.load_names().values()).find),
        sheets=sheets,
        without_sheet=without_sheet,
        reading=reading,
        fields=describe_market_fields(market, heard),
        night=night,
        earlier=_load_earlier(market.folder / "reports"),
        accepted=accepted.report if accepted else "",
        versions=_versions(market),
        asked_of=load_source_records(market),
        lasting_pains=market.tables.load("lasting_pains", LastingPain),
        own_words=own,
        asks=ask_market_people(market),
        affinity=_compare_people(market, tables["memberships"], has_segments=bool(tables["segments"])),
        **tables,
    )


def _compare_people(market: Market, memberships: Sequence[Membership], has_segments: bool) -> Affinity | None:
    """Compare people in pairs, unless there are more of them than a grid holds and segments besides."""
    placed = sum(one.valid_to is None and bool(one.segment_id) and one.method != BY_HAND for one in memberships)
    if has_segments and placed > MOST_PEOPLE:
        return None  # who was placed told enough to be compared: no need to read all they said
    affinity = compare_market_people(market)
    return None if has_segments and affinity.left_out else affinity


def _load_earlier(reports_dir: Path) -> list[Earlier]:
    """Load the reports published before, in short; those of releases that kept none are left out."""
    found = {folder: read_night(content) for folder, content in load_published(reports_dir, NIGHT_FILE).items()}
    return [Earlier(folder, night) for folder, night in found.items() if night is not None]


def _versions(market: Market) -> dict[str, str]:
    return {
        **library_versions(),
        "sentence encoder": encoder_id_of(market.settings.encoder),
        "heads of the signals": load_heads().digest[:12],
    }


def _own_words(market: Market, heard: Heard) -> dict[str, tuple[Span, ...]]:
    """Return what of each customer's utterance is their own running text."""
    customers = load_customers(market)
    return load_own_words(market, (one for one in heard.utterances if one.person_id in customers))


def _write_sheets(
    market: Market, heard: Heard, signals: Sequence[Signal], own: Mapping[str, tuple[Span, ...]]
) -> tuple[list[Sheet], int, list[Turn]]:
    """Return the sheets, how many threads got none, and what to read first; `own` holds customers' utterances alone."""
    said = [one for one in heard.utterances if one.utterance_id in own]
    document_of = {one.utterance_id: one.document_id for one in said}
    told = [signal for signal in signals if signal.utterance_id in document_of]
    wanted = frozenset(find_telling(said, told, MOST_SHEETS))
    without = len({document_of[signal.utterance_id] for signal in told} - wanted)
    least_people = market.settings.vocabulary.minimum_people
    jargon = find_jargon(said, own, Commonness(load_common_words()), wanted, least_people, SHEET_TERMS)
    pains, texts = load_pain_signals(market)
    passages = cut_passages(said, own, pains)
    vectors = open_cache(market).take([key_of_text(text) for text in texts])
    noted = [signal for signal in told if document_of[signal.utterance_id] in wanted]
    sheets = write_sheets(said, noted, market.tables.load("slots", Slot), jargon, SHEET_LINES)
    return sheets, without, order_reading(passages, pains, vectors, READ_FIRST)
