"""Customers' own words, by segment → the terms each segment uses and the others don't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from overheard.people import Evidence
from overheard.records import Membership, Signal, Slot, Span, Term, Utterance
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.people import load_evidence
from overheard.steps.sentences import load_own_words
from overheard.steps.vectors import load_pain_signals
from overheard.steps.word_ranks import load_common_words
from overheard.vocabulary import Known, Said, find_terms, load_tagger

STEP = "vocabulary"


def find_market_terms(market: Market) -> StepSummary:
    """Write the table `terms`."""
    settings = market.settings.vocabulary

    def work() -> Outcome:
        customers = load_customers(market)
        deciding = _deciding(market)
        heard = [row for row in load_heard(market).utterances if row.person_id in customers]
        own = load_own_words(market, heard)
        said = [
            Said(
                row.utterance_id,
                row.person_id,
                row.text,
                own[row.utterance_id],
                row.document_id,
                row.said_at.date() if row.said_at else None,
                deciding.get(row.utterance_id, ()),
            )
            for row in heard
        ]
        names = market.load_names().values()
        terms = find_terms(said, _groups(market), settings, _known(market), excluded_words=sorted(set(names)))
        market.tables.replace("terms", Term, terms)
        return Outcome({"terms": Term}, len(said), len(terms))

    return market.do_step(STEP, ("collect", "roles", "signals", "pains", "people"), settings.model_dump_json(), work)


def _groups(market: Market) -> Mapping[str, Collection[str]]:
    """Return people by segment; where there are no segments, by pain, so that few people have words too."""
    memberships = market.tables.load("memberships", Membership)
    segments = members_by_group((row.segment_id, row.person_id) for row in memberships if row.valid_to is None)
    if segments:
        return segments
    evidence: list[Evidence] = load_evidence(market)[0]
    return members_by_group((row.pain_id, row.person_id) for row in evidence)


def _deciding(market: Market) -> Mapping[str, tuple[Span, ...]]:
    """Return the pain sentences of each utterance: people were grouped by them."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for signal in load_pain_signals(market)[0]:
        spans[signal.utterance_id].append((signal.start, signal.end))
    return {utterance_id: tuple(sorted(own)) for utterance_id, own in spans.items()}


def _known(market: Market) -> Known:
    ranks = {word: rank for rank, word in enumerate(load_common_words(), start=1)}
    text_of = {row.utterance_id: row.text for row in market.tables.load("utterances", Utterance)}
    said_in = {row.signal_id: row.utterance_id for row in market.tables.load("signals", Signal)}
    products = {
        text_of[said_in[slot.signal_id]][slot.start : slot.end].lower()
        for slot in market.tables.load("slots", Slot)
        if slot.name in ("product", "product against") and said_in.get(slot.signal_id) in text_of
    }
    return Known(ranks, products, load_tagger(verify_model(SENTENCE_MODEL)))
