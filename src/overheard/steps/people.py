"""Pain signals, their places and vectors → profiles, segments with lasting ids, and who is in which since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
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
    Rejection,
    Segment,
    Segmentation,
    SegmentEdit,
    Signal,
    Span,
)
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.steps.decisions.segment_fits import (
    FIT_TABLES,
    REJECTIONS,
    STEP,
    Fit,
    is_of,
    load_accepted_fit,
    load_fit,
    load_rejection,
)
from overheard.steps.heard import Heard, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.sentences import load_own_words
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.storage import digest_of
from overheard.vectors import encoder_id_of, key_of_text

EDITS = "segment_edits"
TABLES: Mapping[str, type[Any]] = {
    "profiles": Profile,
    "segments": Segment,
    "memberships": Membership,
    "segment_events": GroupEvent,
    **FIT_TABLES,
}
Vectors = NDArray[np.float32]


def load_evidence(market: Market) -> tuple[list[Evidence], list[str]]:
    """Load one row a pain sentence, and the keys of their vectors in the order of `Evidence.row`."""
    heard = load_heard(market)
    document_of = {utterance.utterance_id: utterance.document_id for utterance in heard.utterances}
    pain_of = {row.signal_id: row.pain_id for row in market.tables.load("placements", Placement)}
    signals, texts = load_pain_signals(market)
    context = _contexts(market, heard, signals)
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


def _contexts(market: Market, heard: Heard, signals: Sequence[Signal]) -> dict[str, str]:
    """Return, for each utterance that holds a pain, the rest of its author's own words."""
    pains: dict[str, list[Span]] = defaultdict(list)
    for signal in signals:
        pains[signal.utterance_id].append((signal.start, signal.end))
    hurting = [row for row in heard.utterances if row.utterance_id in pains]
    own = load_own_words(market, hurting)
    return {
        row.utterance_id: "\n".join(_rest(row.text, own[row.utterance_id], sorted(pains[row.utterance_id])))
        for row in hurting
    }


def _rest(text: str, own: Sequence[Span], pains: Sequence[Span]) -> Iterator[str]:
    """Yield what of a text's own words stands in no pain; all spans are sorted."""
    for start, end in own:
        at = start
        for first, last in pains:
            if at < last and first < end:
                if piece := text[at:first].strip():
                    yield piece
                at = last
        if piece := text[at:end].strip():
            yield piece


def segment_market_people(market: Market) -> StepSummary:
    """Write the tables `profiles`, `segments`, `memberships`, `segment_events` and how far to trust them.

    The tables `fitted_*` are the segments as found: tomorrow's are matched with these, not with what a person made of
    them, which lies in `segments` and `memberships`.
    """
    settings = market.settings.people

    def work() -> Outcome:
        evidence, keys = load_evidence(market)
        vectors = open_cache(market).take(keys)
        found = _find_segments(market, evidence, vectors, keys)
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

    decided = f"{market.tables.digest(EDITS, SegmentEdit)} {market.tables.digest(REJECTIONS, Rejection)}"
    inputs = f"{settings.model_dump_json()} {decided}"
    return market.do_step(STEP, ("collect", "signals", "vectors", "pains"), inputs, work)


def _find_segments(market: Market, evidence: Sequence[Evidence], vectors: Vectors, keys: Sequence[str]) -> Fit:
    """Group everybody anew or place them among the standing segments: the accepted ones, where a fit was refused."""
    inputs = digest_of(
        *sorted(f"{one.person_id} {one.document_id} {key}" for one, key in zip(evidence, keys, strict=True))
    )
    before, refused = load_fit(market), load_rejection(market)
    if before is not None and refused is not None and is_of(refused, before.segmentation):
        found = _carry(market, evidence, vectors, load_accepted_fit(market))
        return replace(found, events=_returned(before, found, market.night))
    if not _is_due(market, before, refused, inputs):
        return _carry(market, evidence, vectors, before)
    found = _regroup(market, evidence, vectors, before)
    return replace(found, segmentation=replace(found.segmentation, inputs=inputs))


def _is_due(market: Market, before: Fit | None, refused: Rejection | None, inputs: str) -> bool:
    """Tell whether everybody is grouped anew tonight; where there are no segments, each night is asked again.

    What was refused would come out again of the same sentences, so until there are others it is not asked for.
    """
    if before is None or len(before.segments) < 2:
        return True
    last: Segmentation | Rejection = before.segmentation
    if refused is not None and refused.fitted_on >= last.fitted_on:
        if (refused.recipe, refused.inputs) == (_recipe(market), inputs):
            return False
        last = refused
    age = market.night - last.fitted_on
    return last.recipe != _recipe(market) or market.full or age >= timedelta(market.settings.people.refit_days)


def _recipe(market: Market) -> str:
    settings = market.settings.people.model_dump_json(exclude={"refit_days"})
    return digest_of(settings, encoder_id_of(market.settings.encoder))


def _regroup(market: Market, evidence: Sequence[Evidence], vectors: Vectors, before: Fit | None) -> Fit:
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
    return Fit(whole, trials, checks, segments, memberships, matching.events)


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


def _carry(market: Market, evidence: Sequence[Evidence], vectors: Vectors, before: Fit | None) -> Fit:
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
    return Fit(before.segmentation, before.trials, checks, segments, memberships, events)


def _returned(refused: Fit, found: Fit, night: date) -> tuple[GroupEvent, ...]:
    """Tell what came back and what went with a regrouping that was refused."""
    was, now = _members(refused), _members(found)
    return tuple(
        GroupEvent(
            night,
            group_id,
            "revived" if group_id in now else "died",
            f"{len(now.get(group_id) or was[group_id])} members",
        )
        for group_id in sorted(was.keys() ^ now.keys())
    )


def _members(before: Fit | None) -> dict[str, frozenset[str]]:
    rows = before.memberships if before else []
    return members_by_group((row.segment_id, row.person_id) for row in rows)
