"""Which people need the same? Segments from evidence, or an honest none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, is_enough, rows_by_person
from overheard.people.needs.space import NeedSpace, Sayings
from overheard.people.segments.grouping import Grouping, Trial, find_groups
from overheard.people.segments.held_out import held_out_places
from overheard.people.segments.naming import describe_segments
from overheard.people.segments.validity import half_agreement, least_agreement, split_halves
from overheard.settings import PeopleSettings

FEWEST_PEOPLE = 20
"""People with enough evidence; among fewer, any two who agree look like a segment."""
_STABLE = 0.75
_CLEAR_OF_CHANCE = 0.1
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
    people = rows_by_person(evidence)
    known = {person_id: rows for person_id, rows in people.items() if is_enough([evidence[i] for i in rows], settings)}
    if len(known) < FEWEST_PEOPLE:
        return _no_segments(people, known, f"{len(known)} people with enough evidence, {FEWEST_PEOPLE} needed")
    sayings, rows = Sayings(evidence, vectors), list(known.values())
    space = NeedSpace(sayings, rows)
    grouping = find_groups(space.place(rows), space.describe(rows), settings.most_segments, settings.seed)
    if grouping is None:
        return _no_segments(people, known, "no number of groups comes back when people are resampled")
    splits = split_halves(evidence, rows, settings.seed)
    agreement = half_agreement(sayings, splits, grouping.chosen.groups, settings.seed)
    if agreement < least_agreement(len(known)):
        why = f"groups from one half of people's sentences do not come back in the other (agreement {agreement:.3f})"
        return _no_segments(people, known, why, agreement)
    certain = held_out_places(space.describe(rows), grouping.labels, settings.seed)
    labels, probabilities = certain.argmax(axis=1), certain.max(axis=1)
    places = _places(
        people, dict(zip(known, zip(labels.tolist(), probabilities.tolist(), strict=True), strict=True)), settings
    )
    findings = _findings(evidence, people, places, grouping, pain_names or {})
    return SegmentFit(
        findings,
        places,
        agreement,
        grouping.chosen.separation,
        grouping.agreement,
        grouping.trials,
        _verdict(grouping),
        "",
    )


def _places(
    people: Iterable[str], known: Mapping[str, tuple[int, float]], settings: PeopleSettings
) -> tuple[Place, ...]:
    places = []
    for person_id in people:
        if person_id not in known:
            places.append(Place(person_id, None, 0.0, INSUFFICIENT))
            continue
        label, probability = known[person_id]
        placed = probability >= settings.minimum_probability
        places.append(Place(person_id, label if placed else None, probability, METHOD if placed else AMBIGUOUS))
    return tuple(places)


def _findings(
    evidence: Sequence[Evidence],
    people: Mapping[str, Sequence[int]],
    places: Sequence[Place],
    grouping: Grouping,
    pain_names: Mapping[str, str],
) -> tuple[Finding, ...]:
    members: list[list[list[Evidence]]] = [[] for _ in range(grouping.chosen.groups)]
    for place in places:
        if place.segment is not None:
            members[place.segment].append([evidence[row] for row in people[place.person_id]])
    return tuple(
        Finding(description.name, len(own), float(stability), description.top_pains, description.words)
        for own, stability, description in zip(
            members, grouping.stability, describe_segments(members, pain_names), strict=True
        )
    )


def _verdict(grouping: Grouping) -> Verdict:
    """Stable from SLSw .75 (Hennig, 2007); separated where the silhouette is clear of what chance reaches."""
    if float(grouping.stability.min()) < _STABLE:
        return "constructive"
    clear = grouping.chosen.separation - grouping.chosen.chance >= _CLEAR_OF_CHANCE
    return "natural" if clear else "reproducible"


def _no_segments(people: Iterable[str], known: Collection[str], why: str, agreement: float = 0.0) -> SegmentFit:
    places = tuple(
        Place(person_id, None, 0.0, UNSEGMENTED if person_id in known else INSUFFICIENT) for person_id in people
    )
    return SegmentFit((), places, agreement, 0.0, 0.0, (), "none", why)
