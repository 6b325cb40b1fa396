"""Which people need the same? Segments from evidence, or an honest none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, is_enough, rows_by_person
from overheard.people.needs.space import NeedSpace, Sayings
from overheard.people.segments.chance import BEYOND_CHANCE, chance_of_none
from overheard.people.segments.grouping import Grouping, Trial, find_groups
from overheard.people.segments.held_out import bits_told, held_out_places
from overheard.people.segments.naming import describe_segments
from overheard.people.segments.stability import RECOVERED, Comeback, comebacks, parentage
from overheard.people.segments.threads import one_thread
from overheard.people.segments.validity import half_agreement, least_agreement, split_halves
from overheard.records import SegmentVerdict
from overheard.settings import PeopleSettings

FEWEST_PEOPLE = 20
"""People with enough evidence; among fewer, any two who agree look like a segment."""
_CLEAR_OF_CHANCE = 0.1
METHOD = "needs-kmeans"
INSUFFICIENT = "insufficient-evidence"
AMBIGUOUS = "ambiguous"
UNSEGMENTED = "no-segments"


@dataclass(frozen=True, slots=True)
class Finding:
    """One segment before it has an id.

    `people` counts those placed in it; `comeback` is how those come back when people are drawn again, `by_chance` the
    mean stability that as many groups of permuted data reach, `parentage` SLSa (0-1; 1 where the segment was one
    already with one segment less), `told` the share (0-1) of the people grouped in it whom a classifier that has not
    seen them places here.
    """

    name: str
    people: int
    comeback: Comeback
    by_chance: float
    parentage: float
    told: float
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

    `places` has one row a person of the evidence, by person_id; `known` counts those with enough evidence. `p` is the
    chance of such separation in data without groups; `agreement` is how well people's groups come back from the other
    half of what they said (ARI; 0 is chance); `bits` is how much a classifier that has not seen a person tells of their
    segment (held-out log-likelihood against shares alone, bits a person). `trials` are the numbers of groups tried.
    `verdict` follows Dolnicar, Grün and Leisch (2018): natural (separated and stable), reproducible (stable),
    constructive (a useful cut through a continuum, not to be leaned on), none (`reason` says why).
    """

    findings: tuple[Finding, ...]
    places: tuple[Place, ...]
    known: int
    p: float
    agreement: float
    bits: float
    trials: tuple[Trial, ...]
    verdict: SegmentVerdict
    reason: str


@one_thread()
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
    known = known_people(evidence, settings)
    if len(known) < FEWEST_PEOPLE:
        return _no_segments(people, known, f"{len(known)} people with enough evidence, {FEWEST_PEOPLE} needed")
    sayings, rows = Sayings(evidence, vectors), list(known.values())
    space = NeedSpace(sayings, rows)
    placed, described = space.place(rows), space.describe(rows)
    p = chance_of_none(space.project(rows), settings.most_segments, settings.seed)
    if p > BEYOND_CHANCE:
        why = f"people are not separated beyond chance (p {p:.3f})"
        return _no_segments(people, known, why, p)
    grouping = find_groups(placed, described, settings.most_segments, settings.seed)
    if grouping is None:
        return _no_segments(people, known, "no number of groups comes back when people are resampled", p)
    splits = split_halves(evidence, rows, settings.seed)
    agreement = half_agreement(sayings, splits, grouping.chosen.groups, settings.seed)
    if agreement < least_agreement(len(known)):
        why = f"groups from one half of people's sentences do not come back in the other (agreement {agreement:.3f})"
        return _no_segments(people, known, why, p, agreement)
    certain = held_out_places(described, grouping.labels, settings.seed)
    places = _places(people, dict(zip(known, certain, strict=True)), settings)
    findings = _findings(evidence, people, places, grouping, certain, settings, pain_names or {})
    return SegmentFit(
        findings,
        places,
        len(known),
        p,
        agreement,
        bits_told(certain, grouping.labels),
        grouping.trials,
        _verdict(grouping, findings),
        "",
    )


def known_people(evidence: Sequence[Evidence], settings: PeopleSettings) -> dict[str, list[int]]:
    """Return the rows of everybody of whom enough is known to place them."""
    people = rows_by_person(evidence)
    return {person_id: rows for person_id, rows in people.items() if is_enough([evidence[i] for i in rows], settings)}


def _places(
    people: Iterable[str], certain: Mapping[str, NDArray[np.float64]], settings: PeopleSettings
) -> tuple[Place, ...]:
    places = []
    for person_id in people:
        if person_id not in certain:
            places.append(Place(person_id, None, 0.0, INSUFFICIENT))
            continue
        # Where an array lies in memory decides its last digit; the same night must make the same table.
        sure = certain[person_id].round(9)
        segment, probability = int(sure.argmax()), float(sure.max())
        is_placed = probability >= settings.minimum_probability
        places.append(Place(person_id, segment if is_placed else None, probability, METHOD if is_placed else AMBIGUOUS))
    return tuple(places)


def _findings(
    evidence: Sequence[Evidence],
    people: Mapping[str, Sequence[int]],
    places: Sequence[Place],
    grouping: Grouping,
    certain: NDArray[np.float64],
    settings: PeopleSettings,
    pain_names: Mapping[str, str],
) -> tuple[Finding, ...]:
    groups = grouping.chosen.groups
    members: list[list[list[Evidence]]] = [[] for _ in range(groups)]
    for place in places:
        if place.segment is not None:
            members[place.segment].append([evidence[row] for row in people[place.person_id]])
    labels = certain.argmax(axis=1)
    sure = certain.max(axis=1) >= settings.minimum_probability
    # One of each group, so that a group nobody was placed in still has its row.
    kept = np.flatnonzero(sure | np.isin(np.arange(len(labels)), np.unique(grouping.labels, return_index=True)[1]))
    back = comebacks(np.where(sure, labels, grouping.labels)[kept], [run[kept] for run in grouping.runs])
    by_chance = comebacks(grouping.labels_by_chance, grouping.runs_by_chance)
    flows = np.zeros((grouping.parents.max() + 1, groups), dtype=np.int64)
    np.add.at(flows, (grouping.parents, grouping.labels), 1)
    told = [float(np.mean(labels[grouping.labels == group] == group)) for group in range(groups)]
    return tuple(
        Finding(
            description.name,
            len(own),
            back[group],
            float(np.mean([one.stability for one in by_chance])),
            float(stems),
            told[group],
            description.top_pains,
            description.words,
        )
        for group, (own, stems, description) in enumerate(
            zip(members, parentage(flows), describe_segments(members, pain_names), strict=True)
        )
    )


def _verdict(grouping: Grouping, findings: Sequence[Finding]) -> SegmentVerdict:
    """Stable from SLSw .75 (Hennig, 2007); separated where the silhouette is clear of what chance reaches."""
    if min(one.comeback.stability for one in findings) < RECOVERED:
        return "constructive"
    clear = grouping.chosen.separation - grouping.chosen.chance >= _CLEAR_OF_CHANCE
    return "natural" if clear else "reproducible"


def _no_segments(
    people: Iterable[str], known: Collection[str], why: str, p: float = 1.0, agreement: float = 0.0
) -> SegmentFit:
    places = tuple(
        Place(person_id, None, 0.0, UNSEGMENTED if person_id in known else INSUFFICIENT) for person_id in people
    )
    return SegmentFit((), places, len(known), p, agreement, 0.0, (), "none", why)
