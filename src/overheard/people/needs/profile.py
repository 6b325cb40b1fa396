"""What does each person need? Shares of pains, counted by thread, so that saying it often in one place counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.records import Profile

PRIOR_THREADS = 1.0
"""Weight of the global mix in each profile, in threads of rung 1: one thread moves a person half-way from the mix."""
_RUNG_WEIGHTS = (0.5, 1.0, 1.5, 2.0, 2.5)
"""By rung 0-4. Money spent on a pain (4) says more of a need than a mention (0), yet never outweighs three threads."""


def build_profiles(evidence: Sequence[Evidence]) -> list[Profile]:
    """Count whose pains are which.

    In each distinct thread a pain weighs as its strongest rung there. Shares are smoothed with a Dirichlet prior whose
    mean is the global mix, the mean of all people's own shares, so that a loud author does not set it.

    Args:
        evidence: pain sentences, in any order.

    Returns:
        One profile a person, by person_id. Shares name every pain of the market and sum to 1; they are empty where no
        sentence of anybody is in a pain.
    """
    people = {person_id: [evidence[row] for row in rows] for person_id, rows in rows_by_person(evidence).items()}
    weights = {person_id: _thread_weights(rows) for person_id, rows in people.items()}
    mix = _global_mix(list(weights.values()))
    profiles = []
    for person_id, rows in people.items():
        own = weights[person_id]
        total = sum(own.values()) + PRIOR_THREADS
        shares = {pain_id: (own.get(pain_id, 0.0) + PRIOR_THREADS * share) / total for pain_id, share in mix.items()}
        profiles.append(Profile(person_id, shares, len(rows), len({one.document_id for one in rows})))
    return sorted(profiles, key=lambda profile: profile.person_id)


def _thread_weights(rows: Sequence[Evidence]) -> dict[str, float]:
    strongest: dict[tuple[str, str], float] = {}
    for one in rows:
        if one.pain_id is not None:
            place = (one.pain_id, one.document_id)
            weight = _RUNG_WEIGHTS[max(0, min(one.rung, len(_RUNG_WEIGHTS) - 1))]
            strongest[place] = max(strongest.get(place, 0.0), weight)
    weights: dict[str, float] = defaultdict(float)
    for (pain_id, _), weight in sorted(strongest.items()):
        weights[pain_id] += weight
    return dict(weights)


def _global_mix(weights: Sequence[dict[str, float]]) -> dict[str, float]:
    known = [own for own in weights if own]
    mix: dict[str, float] = defaultdict(float)
    for own in known:
        total = sum(own.values())
        for pain_id, weight in own.items():
            mix[pain_id] += weight / total / len(known)
    return {pain_id: mix[pain_id] for pain_id in sorted(mix)}
