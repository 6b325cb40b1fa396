"""Pain signals, their places and vectors → profiles, segments with lasting ids, and who is in which since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.identity import match_groups
from overheard.pains import load_phraser
from overheard.people import (
    Evidence,
    apply_segment_edits,
    build_profiles,
    carried_segments,
    carry_places,
    continue_memberships,
    fit_segments,
    membership_records,
    name_segments,
    rows_by_person,
    segment_records,
    segmentation_records,
)
from overheard.records import (
    GroupEvent,
    Membership,
    Pain,
    Placement,
    Profile,
    Segment,
    Segmentation,
    SegmentCheck,
    SegmentEdit,
    SegmentTrial,
    Signal,
    Span,
)
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.signals import cut_own_words
from overheard.steps.heard import Heard, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.storage import digest_of
from overheard.vectors import encoder_id_of, key_of_text

STEP = "people"
EDITS = "segment_edits"
TABLES = {
    "profiles": Profile,
    "segments": Segment,
    "memberships": Membership,
    "segment_events": GroupEvent,
    "segmentations": Segmentation,
    "segment_trials": SegmentTrial,
    "segment_checks": SegmentCheck,
    "fitted_segments": Segment,
    "fitted_memberships": Membership,
}
Vectors = NDArray[np.float32]


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
    """Write the tables `profiles`, `segments`, `memberships`, `segment_events` and how far to trust them.

    The tables `fitted_*` are the segments as found: tomorrow's are matched with these, not with what a person made of
    them, which lies in `segments` and `memberships`.
    """
    settings = market.settings.people

    def work() -> Outcome:
        evidence, keys = load_evidence(market)
        vectors = open_cache(market).take(keys)
        before = _load_before(market)
        found = (_regroup if _is_due(market, before) else _carry)(market, evidence, vectors, before)
        edits = market.tables.load(EDITS, SegmentEdit)
        segments, memberships, ignored = apply_segment_edits(found.segments, found.memberships, edits, market.night)
        so_far = market.load_finished(STEP, "memberships", Membership)
        rows: dict[str, list[Any]] = {
            "profiles": build_profiles(evidence),
            "segments": segments,
            "memberships": continue_memberships(so_far, memberships, market.night),
            "segment_events": [*market.load_finished(STEP, "segment_events", GroupEvent), *found.events],
            "segmentations": [found.segmentation],
            "segment_trials": found.trials,
            "segment_checks": found.checks,
            "fitted_segments": found.segments,
            "fitted_memberships": found.memberships,
        }
        for name, record in TABLES.items():
            market.tables.replace(name, record, rows[name])
        unplaced = sum(1 for row in memberships if row.segment_id is None)
        left_out = {"people in no segment": unplaced} | ({"decisions about what is gone": ignored} if ignored else {})
        return Outcome(TABLES, len(memberships), len(segments), left_out)

    inputs = f"{settings.model_dump_json()} {market.tables.digest(EDITS, SegmentEdit)}"
    return market.do_step(STEP, ("collect", "signals", "vectors", "pains"), inputs, work)


@dataclass(frozen=True, slots=True)
class _Night:
    """The segments of a night as found, before a person's decisions are laid over them."""

    segmentation: Segmentation
    trials: list[SegmentTrial]
    checks: list[SegmentCheck]
    segments: list[Segment]
    memberships: list[Membership]
    events: Sequence[GroupEvent] = ()


def _load_before(market: Market) -> _Night | None:
    """Load the segments as the last finished night found them."""
    segmentations = market.load_finished(STEP, "segmentations", Segmentation)
    if not segmentations:
        return None
    return _Night(
        segmentations[-1],
        market.load_finished(STEP, "segment_trials", SegmentTrial),
        market.load_finished(STEP, "segment_checks", SegmentCheck),
        market.load_finished(STEP, "fitted_segments", Segment),
        market.load_finished(STEP, "fitted_memberships", Membership),
    )


def _is_due(market: Market, before: _Night | None) -> bool:
    """Tell whether everybody is grouped anew tonight; where there are no segments, each night is asked again."""
    if before is None or len(before.segments) < 2 or before.segmentation.recipe != _recipe(market):
        return True
    age = market.night - before.segmentation.fitted_on
    return market.full or age >= timedelta(market.settings.people.refit_days)


def _recipe(market: Market) -> str:
    settings = market.settings.people.model_dump_json(exclude={"refit_days"})
    return digest_of(settings, encoder_id_of(market.settings.encoder))


def _regroup(market: Market, evidence: Sequence[Evidence], vectors: Vectors, before: _Night | None) -> _Night:
    names = {pain.pain_id: pain.name for pain in market.tables.load("pains", Pain)}
    fit = fit_segments(evidence, vectors, market.settings.people, names)
    tonight: list[set[str]] = [set() for _ in fit.findings]
    for place in fit.places:
        if place.segment is not None:
            tonight[place.segment].add(place.person_id)
    was = _members(before)
    matching = match_groups(was, [frozenset(group) for group in tonight], "segment", market.night)
    named = {segment.segment_id: segment.name for segment in before.segments} if before else {}
    known_as = [named.get(segment_id, "") for segment_id in matching.ids]
    segments = segment_records(fit, matching.ids, _names(market, evidence, tonight, names, known_as))
    memberships = membership_records(fit.places, matching.ids, market.night)
    whole, trials, checks = segmentation_records(fit, matching.ids, market.night, _recipe(market))
    return _Night(whole, trials, checks, segments, memberships, matching.events)


def _names(
    market: Market,
    evidence: Sequence[Evidence],
    groups: Sequence[set[str]],
    pain_names: Mapping[str, str],
    before: Sequence[str],
) -> list[str]:
    if not groups:
        return []
    own = rows_by_person(evidence)
    told = [[[evidence[row] for row in own[person_id]] for person_id in sorted(group)] for group in groups]
    phrases_of = load_phraser(verify_model(SENTENCE_MODEL)).phrases_of
    return name_segments(told, pain_names, phrases_of, before, [market.settings.market.brief])


def _carry(market: Market, evidence: Sequence[Evidence], vectors: Vectors, before: _Night | None) -> _Night:
    if before is None:
        raise ValueError("there is nothing to carry on")
    ids = sorted(segment.segment_id for segment in before.segments)
    was = {row.person_id: ids.index(row.segment_id) for row in before.memberships if row.segment_id is not None}
    memberships = membership_records(carry_places(evidence, vectors, was, market.settings.people), ids, market.night)
    segments = carried_segments({segment.segment_id: segment for segment in before.segments}, memberships)
    tonight = [
        frozenset(row.person_id for row in memberships if row.segment_id == segment.segment_id) for segment in segments
    ]
    events = match_groups(_members(before), tonight, "segment", market.night).events
    checks = [check for check in before.checks if check.segment_id in {segment.segment_id for segment in segments}]
    return _Night(before.segmentation, before.trials, checks, segments, memberships, events)


def _members(before: _Night | None) -> dict[str, frozenset[str]]:
    rows = before.memberships if before else []
    return members_by_group((row.segment_id, row.person_id) for row in rows)
