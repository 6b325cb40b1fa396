"""Which people need the same? Segments from evidence, or an honest none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from overheard.people.evidence import Evidence, evidence_by_person, is_enough
from overheard.people.grouping import Grouping, Trial, find_groups
from overheard.people.naming import describe_segments
from overheard.people.validity import half_agreement, least_agreement, space_of
from overheard.records import Membership, Segment
from overheard.settings import PeopleSettings

FEWEST_PEOPLE = 20
"""People with enough evidence; among fewer, any two who agree look like a segment."""
METHOD = "needs-kmeans"
INSUFFICIENT = "insufficient-evidence"
AMBIGUOUS = "ambiguous"
UNSEGMENTED = "no-segments"

Verdict = Literal["natural", "reproducible", "constructive", "none"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One segment before it has an id. `people` counts those placed in it; `stability` is SLSw (0-1)."""

    name: str
    people: int
    stability: float
    top_pains: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands: `segment` is a row of the fit's findings, or None; `method` says how or why not."""

    person_id: str
    segment: int | None
    probability: float
    method: str


@dataclass(frozen=True, slots=True)
class SegmentFit:
    """What was found and how far to trust it.

    `places` has one row a person of the evidence, by person_id. `agreement` is how well people's groups come back from
    the other half of what they said (ARI; 0 is chance), `trials` the numbers of groups tried. `verdict` follows
    Dolnicar, Grün and Leisch (2018): natural (separated and stable), reproducible (stable), constructive (a useful cut
    through a continuum, not to be leaned on), none (`reason` says why).
    """

    findings: tuple[Finding, ...]
    places: tuple[Place, ...]
    agreement: float
    separation: float
    stability: float
    trials: tuple[Trial, ...]
    verdict: Verdict
    reason: str


def fit_segments(
    evidence: Sequence[Evidence],
    vectors: NDArray[np.float32],
    settings: PeopleSettings,
    pain_names: Mapping[str, str] | None = None,
) -> SegmentFit:
    """Group people by what they need; leave out whom too little is known of and who stands between groups.

    Args:
        evidence: pain sentences of customers, in any order.
        vectors: unit-length sentence vectors, shape (sentences, dims); `Evidence.row` points into it.
        settings: how much evidence a person needs, the least probability, the most segments, the seed.
        pain_names: pain_id → name, for naming segments; without them they are named by their words.

    Returns:
        The findings, largest segment first, and a place for every person of the evidence.
    """
    people = evidence_by_person(evidence)
    known = {person_id: rows for person_id, rows in people.items() if is_enough(rows, settings)}
    if len(known) < FEWEST_PEOPLE:
        return _no_segments(people, known, f"{len(known)} people with enough evidence, {FEWEST_PEOPLE} needed")
    space = space_of(list(known.values()), vectors, settings.seed)
    grouping = find_groups(space, settings.most_segments, settings.seed)
    if grouping is None:
        return _no_segments(people, known, "no number of groups comes back when people are resampled")
    agreement = half_agreement(list(known.values()), vectors, grouping.chosen.groups, settings.seed)
    if agreement < least_agreement(len(known)):
        why = f"groups from one half of people's sentences do not come back in the other (agreement {agreement:.3f})"
        return _no_segments(people, known, why)
    return _with_segments(people, known, grouping, agreement, settings, pain_names or {})


def _with_segments(
    people: Mapping[str, list[Evidence]],
    known: Mapping[str, list[Evidence]],
    grouping: Grouping,
    agreement: float,
    settings: PeopleSettings,
    pain_names: Mapping[str, str],
) -> SegmentFit:
    sure = {
        person_id: (int(label), float(probability))
        for person_id, label, probability in zip(known, grouping.labels, grouping.probabilities, strict=True)
    }
    places = []
    for person_id in people:
        if person_id not in sure:
            places.append(Place(person_id, None, 0.0, INSUFFICIENT))
            continue
        label, probability = sure[person_id]
        placed = probability >= settings.minimum_probability
        places.append(Place(person_id, label if placed else None, probability, METHOD if placed else AMBIGUOUS))
    groups = grouping.chosen.groups
    members = [[people[place.person_id] for place in places if place.segment == group] for group in range(groups)]
    findings = tuple(
        Finding(description.name, len(own), float(stability), description.top_pains, description.words)
        for own, stability, description in zip(
            members, grouping.stability, describe_segments(members, pain_names), strict=True
        )
    )
    return SegmentFit(
        findings,
        tuple(places),
        agreement,
        grouping.chosen.separation,
        grouping.chosen.stability,
        grouping.trials,
        _verdict(grouping),
        "",
    )


def _verdict(grouping: Grouping) -> Verdict:
    """Stable from SLSw .75 (Hennig, 2007); separated from a silhouette of .25 (Kaufman and Rousseeuw, 1990)."""
    if float(grouping.stability.min()) < 0.75:
        return "constructive"
    return "natural" if grouping.chosen.separation >= 0.25 else "reproducible"


def _no_segments(people: Mapping[str, object], known: Mapping[str, object], why: str) -> SegmentFit:
    places = tuple(
        Place(person_id, None, 0.0, UNSEGMENTED if person_id in known else INSUFFICIENT) for person_id in people
    )
    return SegmentFit((), places, 0.0, 0.0, 0.0, (), "none", why)


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
