"""Between two regroupings the segments stay: newcomers join the one they need the same as, and few others move.

Each regrouping draws its borders anew, and people near a border change sides without having said a word. So most nights
keep the segments and only ask who belongs to them now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.people.needs.space import NeedSpace, Sayings
from overheard.people.segments.fit import AMBIGUOUS, INSUFFICIENT, METHOD, Place, known_people
from overheard.people.segments.held_out import fit_places, held_out_places
from overheard.people.segments.threads import one_thread
from overheard.settings import PeopleSettings

_STAYS_AT = 0.5
"""Of the probability needed to join: who is in a segment leaves it when what others say no longer comes near."""


@one_thread()
def carry_places(
    evidence: Sequence[Evidence], vectors: NDArray[np.float32], before: Mapping[str, int], settings: PeopleSettings
) -> tuple[Place, ...]:
    """Place everybody among the segments of last night.

    Members are placed by a classifier that has not seen them, the others by one that has read all members.

    Args:
        evidence: pain sentences of customers, in any order.
        vectors: unit-length sentence vectors, shape (sentences, dims); `Evidence.row` points into it.
        before: last night's members and the number of their segment, 0 to segments - 1; at least 5 people, 2 segments.
        settings: how much evidence a person needs, the least probability, the seed.

    Returns:
        One place a person of the evidence; `segment` is a number of `before`.
    """
    known = known_people(evidence, settings)
    space = NeedSpace(Sayings(evidence, vectors), list(known.values()))
    members = [person_id for person_id in known if person_id in before]
    others = [person_id for person_id in known if person_id not in before]
    described = space.describe([known[person_id] for person_id in members])
    labels = np.array([before[person_id] for person_id in members], dtype=np.int64)
    certain = dict(zip(members, held_out_places(described, labels, settings.seed), strict=True))
    if others:
        asked = space.describe([known[person_id] for person_id in others])
        certain |= dict(zip(others, fit_places(described, labels, asked), strict=True))
    return tuple(
        _place(person_id, certain.get(person_id), before.get(person_id), settings)
        for person_id in rows_by_person(evidence)
    )


def _place(person_id: str, certain: NDArray[np.float64] | None, was: int | None, settings: PeopleSettings) -> Place:
    if certain is None:
        return Place(person_id, None, 0.0, INSUFFICIENT)
    # Where an array lies in memory decides its last digit; the same night must make the same table.
    certain = certain.round(9)
    nearest = int(certain.argmax())
    if was is not None and certain[was] >= _STAYS_AT * settings.minimum_probability:
        # The place of a member who is no longer the surest is kept, and its probability says so.
        nearest = was
    probability = float(certain[nearest])
    is_placed = probability >= settings.minimum_probability or nearest == was
    return Place(person_id, nearest if is_placed else None, probability, METHOD if is_placed else AMBIGUOUS)
