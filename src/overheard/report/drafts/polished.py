"""What a model may put into better words, and where its words go once they were checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from overheard.records import Polish, PolishRequest, PolishTask, id_of
from overheard.report.drafts.landing import shown_pains
from overheard.report.drafts.views import DraftSlot, Landing, NameProposal, SegmentDrafts
from overheard.report.view import ReportView, SegmentView

MOST_QUOTES = 5
MOST_TERMS = 40
MOST_NAMES = 6
"""Pains of a segment a model may propose names for."""


def list_requests(view: ReportView) -> tuple[PolishRequest, ...]:
    """List what to ask for: each filled slot of the landing pages, and the names of the segments' pains; each once."""
    found: dict[str, PolishRequest] = {}
    for segment in view.segments:
        for landing in view.drafts[segment.segment_id].landings.values():
            for slot in landing.slots:
                request = _of_slot(slot, segment)
                found |= {request.request_id: request} if request else {}
        for name in list_proposals(segment, {}):
            request = _of_pain(name, segment)
            found |= {request.request_id: request} if request else {}
    return tuple(found.values())


def polish_drafts(
    drafts: Mapping[str, SegmentDrafts], segments: Mapping[str, SegmentView], polishes: Mapping[str, Polish]
) -> dict[str, SegmentDrafts]:
    """Put checked words into the drafts; where they are refused the draft stands as it is, and says why.

    Args:
        drafts: by segment_id.
        segments: by segment_id.
        polishes: by request_id.
    """
    if not polishes:
        return dict(drafts)
    return {key: _polish(one, segments[key], polishes) for key, one in drafts.items()}


def list_proposals(segment: SegmentView, polishes: Mapping[str, Polish]) -> tuple[NameProposal, ...]:
    """List a segment's first pains with the name a model proposes for each, "" where none was accepted."""
    found = []
    for pain in shown_pains(segment)[:MOST_NAMES]:
        bare = NameProposal(pain.pain_id, pain.name, "", pain.quotes[:MOST_QUOTES])
        request = _of_pain(bare, segment)
        polish = polishes.get(request.request_id) if request else None
        found.append(replace(bare, proposed=polish.text) if polish else bare)
    return tuple(found)


def _polish(drafts: SegmentDrafts, segment: SegmentView, polishes: Mapping[str, Polish]) -> SegmentDrafts:
    landings = {name: _polish_landing(one, segment, polishes) for name, one in drafts.landings.items()}
    slots = {slot.polish_id: slot for one in landings.values() for slot in one.slots if slot.polish_id}
    taken = sum(bool(slot.polished) for slot in slots.values())
    names = tuple(one for one in list_proposals(segment, polishes) if one.proposed)
    return replace(drafts, landings=landings, polished=(taken, len(slots) - taken), names=names)


def _polish_landing(landing: Landing, segment: SegmentView, polishes: Mapping[str, Polish]) -> Landing:
    return replace(landing, slots=tuple(_polish_slot(one, segment, polishes) for one in landing.slots))


def _polish_slot(slot: DraftSlot, segment: SegmentView, polishes: Mapping[str, Polish]) -> DraftSlot:
    request = _of_slot(slot, segment)
    polish = polishes.get(request.request_id) if request else None
    if polish is None:
        return slot
    return replace(slot, polished=polish.text, refused=polish.fault, polish_id=polish.request_id)


def _of_slot(slot: DraftSlot, segment: SegmentView) -> PolishRequest | None:
    quotes = tuple((one.quote.quote_id, one.quote.text) for one in slot.entries if one.quote)
    return _request("slot", slot.name, quotes, segment) if quotes else None


def _of_pain(name: NameProposal, segment: SegmentView) -> PolishRequest | None:
    quotes = tuple((one.quote_id, one.text) for one in name.quotes)
    return _request("pain name", name.name, quotes, segment) if quotes else None


def _request(task: PolishTask, about: str, quotes: tuple[tuple[str, str], ...], segment: SegmentView) -> PolishRequest:
    terms = tuple(one.text for one in segment.terms.all[:MOST_TERMS])
    words = [f"{key} {text}" for key, text in quotes]
    return PolishRequest(id_of("polish", task, about, *words, *terms), task, about, quotes, terms)
