"""Pain signals, their places and vectors → profiles, segments with lasting ids, and who is in which since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from overheard.identity import match_groups
from overheard.people import (
    Evidence,
    apply_segment_edits,
    build_profiles,
    continue_memberships,
    fit_segments,
    segment_records,
)
from overheard.records import GroupEvent, Membership, Pain, Placement, Profile, Segment, SegmentEdit, Signal, Span
from overheard.signals import cut_own_words
from overheard.steps.heard import Heard, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.vectors import key_of_text

STEP = "people"
EDITS = "segment_edits"
FITTED = "fitted_memberships"


def load_evidence(market: Market) -> tuple[list[Evidence], list[str]]:
    """Load one row a pain sentence, and the keys of their vectors in the order of `Evidence.row`."""
    heard = load_heard(market)
    document_of = {utterance.utterance_id: utterance.document_id for utterance in heard.utterances}
    pain_of = {row.signal_id: row.pain_id for row in market.tables.load("placements", Placement)}
    signals, texts = load_pain_signals(market)
    context = _contexts(heard, signals)
    evidence = [
        Evidence(
            person_id=signal.person_id,
            document_id=document_of[signal.utterance_id],
            pain_id=pain_of.get(signal.signal_id),
            rung=signal.strength,
            text=text,
            row=row,
            interview=document_of[signal.utterance_id] in heard.interviews,
            context=context.pop(signal.utterance_id, ""),
        )
        for row, (signal, text) in enumerate(zip(signals, texts, strict=True))
    ]
    return evidence, [key_of_text(text) for text in texts]


def _contexts(heard: Heard, signals: Sequence[Signal]) -> dict[str, str]:
    """Return, for each utterance that holds a pain, the rest of its author's own words."""
    pains: dict[str, list[Span]] = defaultdict(list)
    for signal in signals:
        pains[signal.utterance_id].append((signal.start, signal.end))
    contexts = {}
    for row in heard.utterances:
        if row.utterance_id in pains:
            taken = sorted([*row.not_own, *pains[row.utterance_id]])
            contexts[row.utterance_id] = "\n".join(row.text[at:to] for at, to in cut_own_words(row.text, taken))
    return contexts


def segment_market_people(market: Market) -> StepSummary:
    """Write the tables `profiles`, `segments`, `memberships` and `segment_events`."""
    settings = market.settings.people

    def work() -> Outcome:
        evidence, keys = load_evidence(market)
        vectors = open_cache(market).take(keys)
        names = {pain.pain_id: pain.name for pain in market.tables.load("pains", Pain)}
        fit = fit_segments(evidence, vectors, settings, names)
        so_far = market.load_finished(STEP, "memberships", Membership)
        fitted = market.load_finished(STEP, FITTED, Membership) or so_far
        before = members_by_group((row.segment_id, row.person_id) for row in fitted if row.valid_to is None)
        tonight: list[set[str]] = [set() for _ in fit.findings]
        for place in fit.places:
            if place.segment is not None:
                tonight[place.segment].add(place.person_id)
        matching = match_groups(before, [frozenset(group) for group in tonight], "segment", market.night)
        segments, memberships = segment_records(fit, matching.ids, market.night)
        # Kept as the fit has them: tomorrow's segments are matched with these, not with what a person made of them.
        market.tables.replace(FITTED, Membership, memberships)
        edits = market.tables.load(EDITS, SegmentEdit)
        segments, memberships, ignored = apply_segment_edits(segments, memberships, edits, market.night)
        profiles = build_profiles(evidence)
        events = [*market.load_finished(STEP, "segment_events", GroupEvent), *matching.events]
        market.tables.replace("profiles", Profile, profiles)
        market.tables.replace("segments", Segment, segments)
        market.tables.replace("memberships", Membership, continue_memberships(so_far, memberships, market.night))
        market.tables.replace("segment_events", GroupEvent, events)
        unplaced = sum(1 for row in memberships if row.segment_id is None)
        tables = {
            "profiles": Profile,
            "segments": Segment,
            FITTED: Membership,
            "memberships": Membership,
            "segment_events": GroupEvent,
        }
        left_out = {"people in no segment": unplaced} | ({"decisions about what is gone": ignored} if ignored else {})
        return Outcome(tables, len(memberships), len(segments), left_out)

    inputs = f"{settings.model_dump_json()} {market.tables.digest(EDITS, SegmentEdit)}"
    return market.do_step(STEP, ("collect", "signals", "vectors", "pains"), inputs, work)
