"""Customers' own words, by segment → the terms each segment uses and the others don't."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from overheard.people import Evidence
from overheard.records import Membership, Term
from overheard.signals import cut_own_words
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.people import load_evidence
from overheard.vocabulary import Said, find_terms

STEP = "vocabulary"


def find_market_terms(market: Market) -> StepSummary:
    """Write the table `terms`."""
    settings = market.settings.vocabulary

    def work() -> Outcome:
        customers = load_customers(market)
        said = [
            Said(row.utterance_id, row.person_id, row.text, cut_own_words(row.text, row.not_own))
            for row in load_heard(market).utterances
            if row.person_id in customers
        ]
        names = market.load_names().values()
        terms = find_terms(said, _groups(market), settings, excluded_words=sorted(set(names)))
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
