"""What was said, by whom and in which segment → who refers to whom, and whether that stays in a segment."""

from __future__ import annotations

from collections import defaultdict

from overheard.people import compare_segments, find_references
from overheard.records import Membership, Reference, Segment, SegmentReference, Signal, Slot
from overheard.steps.heard import load_customers, load_heard, load_joined
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "reference"


def find_market_references(market: Market) -> StepSummary:
    """Write the tables `references` and `segment_references`."""

    def work() -> Outcome:
        heard = load_heard(market)
        customers = load_customers(market)
        signals, slots = market.tables.load("signals", Signal), market.tables.load("slots", Slot)
        names = _load_names(market)
        references = find_references(heard.utterances, heard.documents, names, customers, signals, slots)
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


def _load_names(market: Market) -> dict[str, list[str]]:
    """Load the names each person is shown by: names belong to accounts, and others use the one they see."""
    person_of = load_joined(market)
    names: dict[str, list[str]] = defaultdict(list)
    for account_id, name in sorted(market.load_names().items()):
        names[person_of.get(account_id, account_id)].append(name)
    return dict(names)
