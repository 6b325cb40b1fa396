"""Who is in which segment since when? A fit becomes records; nights become intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from overheard.people.segment import SegmentFit
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


def continue_memberships(so_far: Sequence[Membership], tonight: Sequence[Membership], night: date) -> list[Membership]:
    """Carry memberships over from earlier nights.

    Who stays where they were keeps their first date, with tonight's probability; who moved, or is not known any more,
    has their open membership closed on `night`. A night done twice gives what it gave: its own rows are made anew.

    Args:
        so_far: all memberships up to now, open and closed.
        tonight: open memberships as of `night`, one a person.
        night: the night of `tonight`.

    Returns:
        All memberships, by person and date; exactly one of each person of `tonight` is open.
    """
    kept = [row for row in so_far if row.valid_from < night]
    closed = [row for row in kept if row.valid_to is not None and row.valid_to < night]
    open_before = {row.person_id: row for row in kept if row.valid_to is None or row.valid_to >= night}
    now = []
    for row in tonight:
        before = open_before.pop(row.person_id, None)
        if before is not None and before.segment_id == row.segment_id:
            now.append(replace(row, valid_from=before.valid_from))
        else:
            now.append(row)
            closed += [replace(before, valid_to=night)] if before is not None else []
    closed += [replace(row, valid_to=night) for row in open_before.values()]
    return sorted(closed + now, key=lambda row: (row.person_id, row.valid_from))
