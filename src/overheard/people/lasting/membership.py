"""Who is in which segment tonight? A fit becomes records under lasting ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from overheard.people.segments.fit import SegmentFit
from overheard.records import Membership, Segment


def segment_records(fit: SegmentFit, segment_ids: Sequence[str], night: date) -> tuple[list[Segment], list[Membership]]:
    """Turn a fit into records under ids that were matched with earlier nights.

    Args:
        fit: what was found.
        segment_ids: one id a finding, in the order of the findings.
        night: from when the memberships hold.

    Returns:
        One segment a finding; one open membership a person, those left out with segment None.
    """
    segments = [
        Segment(segment_id, finding.name, finding.people, finding.stability, finding.top_pains)
        for segment_id, finding in zip(segment_ids, fit.findings, strict=True)
    ]
    memberships = [
        Membership(
            place.person_id,
            None if place.segment is None else segment_ids[place.segment],
            place.probability,
            place.method,
            night,
            None,
        )
        for place in fit.places
    ]
    return segments, memberships
