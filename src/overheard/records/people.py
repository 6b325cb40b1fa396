"""Who has which pains, which segments they make, and each group's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person needs: `shares` of pains (0-1, sum 1), from `signals` pain signals in `documents` threads."""

    person_id: str
    shares: Mapping[str, float]
    signals: int
    documents: int


@dataclass(frozen=True, slots=True)
class Segment:
    """People with the same needs. `stability` is 0-1: how alike the segment comes back when people are resampled."""

    segment_id: str
    name: str
    people: int
    stability: float
    top_pains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's segment from a night on; `segment_id` None: insufficient evidence; `valid_to` None: still so."""

    person_id: str
    segment_id: str | None
    probability: float
    method: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase one group uses and the others don't.

    `people` and `uses` are counts within the group; `effect` is log2 of the odds ratio by people; `interval` its 95 %
    limits; `z` the log-odds z-score it is ranked by; `examples` are (utterance_id, start, end), one a person.
    """

    group_id: str
    text: str
    people: int
    uses: int
    people_elsewhere: int
    effect: float
    interval: tuple[float, float]
    z: float
    examples: tuple[tuple[str, int, int], ...]
