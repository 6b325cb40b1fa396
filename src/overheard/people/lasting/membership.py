"""Who is in which segment tonight? A fit becomes records under lasting ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from overheard.people.segments.fit import Place, SegmentFit
from overheard.records import Membership, Segment, Segmentation, SegmentCheck, SegmentTrial


def segment_records(fit: SegmentFit, segment_ids: Sequence[str], names: Sequence[str]) -> list[Segment]:
    """Turn the findings of a fit into records.

    Args:
        fit: what was found.
        segment_ids: one a finding, matched with earlier nights, in the order of the findings.
        names: one a finding.

    Returns:
        One segment a finding, in their order.
    """
    return [
        Segment(segment_id, name, finding.people, finding.comeback.stability, finding.top_pains)
        for segment_id, name, finding in zip(segment_ids, names, fit.findings, strict=True)
    ]


def membership_records(places: Sequence[Place], segment_ids: Sequence[str], night: date) -> list[Membership]:
    """Return one open membership a person from `night` on, those left out with segment None."""
    return [
        Membership(
            place.person_id,
            None if place.segment is None else segment_ids[place.segment],
            place.probability,
            place.method,
            night,
            None,
        )
        for place in places
    ]


def segmentation_records(
    fit: SegmentFit, segment_ids: Sequence[str], night: date, recipe: str
) -> tuple[Segmentation, list[SegmentTrial], list[SegmentCheck]]:
    """Turn what was measured of a fit into records: of the whole, of each number tried, of each segment."""
    whole = Segmentation(night, recipe, fit.verdict, fit.reason, fit.known, fit.p, fit.agreement, fit.bits)
    trials = [
        SegmentTrial(
            one.groups,
            one.separation,
            one.chance,
            one.stability,
            one.smallest,
            one.placed,
            one.groups == len(fit.findings),
        )
        for one in fit.trials
    ]
    checks = [
        SegmentCheck(
            segment_id,
            finding.comeback.stability,
            finding.by_chance,
            finding.comeback.recovered,
            finding.comeback.dissolved,
            finding.parentage,
            finding.told,
        )
        for segment_id, finding in zip(segment_ids, fit.findings, strict=True)
    ]
    return whole, trials, checks


def carried_segments(before: Mapping[str, Segment], memberships: Sequence[Membership]) -> list[Segment]:
    """Return last night's segments with tonight's counts; one that nobody is in any more is left out."""
    people = Counter(row.segment_id for row in memberships if row.segment_id is not None)
    return [
        replace(before[segment_id], people=people[segment_id]) for segment_id in sorted(before) if people[segment_id]
    ]
