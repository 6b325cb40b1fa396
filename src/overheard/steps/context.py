"""Tables → what else is known of the people of each segment. Read after the segments are found, never before."""

from __future__ import annotations

from collections import defaultdict

from overheard.people.context import Association, describe_fields, read_fields
from overheard.records import Membership, Signal, Slot
from overheard.steps.heard import Heard
from overheard.steps.market import Market
from overheard.steps.sentences import load_own_words


def describe_market_fields(market: Market, heard: Heard) -> list[Association]:
    """Describe the segments by what their people were not grouped by."""
    memberships = market.tables.load("memberships", Membership)
    segment_of = {row.person_id: row.segment_id for row in memberships if row.valid_to is None and row.segment_id}
    texts = {one.utterance_id: one.text for one in heard.utterances}
    spans = load_own_words(market, (one for one in heard.utterances if one.person_id in segment_of))
    own = {key: "\n".join(texts[key][start:end] for start, end in some) for key, some in spans.items()}
    told = {one.signal_id: one for one in market.tables.load("signals", Signal)}
    products: dict[str, list[str]] = defaultdict(list)
    for slot in market.tables.load("slots", Slot):
        signal = told.get(slot.signal_id)
        if slot.name == "product" and signal is not None and signal.utterance_id in texts:
            products[signal.person_id].append(texts[signal.utterance_id][slot.start : slot.end])
    fields = read_fields(heard.utterances, own, heard.documents, products, segment_of)
    return describe_fields(fields, segment_of, market.settings.privacy.smallest_group, market.settings.people.seed)
