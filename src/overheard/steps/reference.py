"""What was said, by whom and in which segment → who refers to whom, and whether that stays in a segment."""

from __future__ import annotations

from collections import defaultdict

from overheard.people import compare_segments, find_references
from overheard.records import Membership, Reference, Segment, SegmentReference, Signal, Slot
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "reference"


def find_market_references(market: Market) -> StepSummary:
    """Write the tables `references` and `segment_references`."""

    def work() -> Outcome:
        heard = load_heard(market)
        customers = load_customers(market)
        signals, slots = market.tables.load("signals", Signal), market.tables.load("slots", Slot)
        references = find_references(heard.utterances, heard.documents, market.load_names(), customers, signals, slots)
        memberships = market.tables.load("memberships", Membership)
        segment_of = {row.person_id: row.segment_id for row in memberships if row.segment_id and row.valid_to is None}
        sources = {key: document.source for key, document in heard.documents.items()}
        present: dict[str, set[str]] = defaultdict(set)
        for one in heard.utterances:
            present[one.document_id].add(one.person_id)
        segments = [row.segment_id for row in market.tables.load("segments", Segment)]
        compared = compare_segments(references, segment_of, sources, present, segments, market.settings.people.seed)
        market.tables.replace("references", Reference, references)
        market.tables.replace("segment_references", SegmentReference, compared)
        tables = {"references": Reference, "segment_references": SegmentReference}
        return Outcome(tables, len(heard.utterances), len(references))

    return market.do_step(STEP, ("collect", "roles", "signals", "people"), market.settings.people.seed, work)
