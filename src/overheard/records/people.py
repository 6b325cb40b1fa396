"""Who has which pains, which segments they make, and each group's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person needs: `shares` of pains (0-1, sum 1), from `signals` pain signals in `documents` threads."""

    person_id: str
    shares: Mapping[str, float]
    signals: int
    documents: int


@dataclass(frozen=True, slots=True)
class Segment:
    """People with the same needs. `stability` is 0-1: how alike the segment comes back when people are resampled.

    `by_hand`: a person made it, or made one of several; nothing was resampled then and its stability is 0.
    """

    segment_id: str
    name: str
    people: int
    stability: float
    top_pains: tuple[str, ...]
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's segment from a night on; `segment_id` None: insufficient evidence; `valid_to` None: still so."""

    person_id: str
    segment_id: str | None
    probability: float
    method: str
    valid_from: date
    valid_to: date | None


SegmentVerdict = Literal["natural", "reproducible", "constructive", "none"]
"""Dolnicar, Grün and Leisch (2018): separated and stable, stable, a cut through a continuum; or no segments."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """How the segments in force were found and how far to trust them as a whole; one row, of the last regrouping.

    `known` people had enough evidence. `p` is the chance of such separation in data without groups, `agreement` how
    well groups come back from the other half of what people said (ARI), `bits` what the others' words tell of a
    person's segment (held-out log-likelihood ratio, bits a person). `recipe` is a digest of what decided the outcome.
    """

    fitted_on: date
    recipe: str
    verdict: SegmentVerdict
    reason: str
    known: int
    p: float
    agreement: float
    bits: float


@dataclass(frozen=True, slots=True)
class SegmentTrial:
    """One number of segments tried at the last regrouping; see `overheard.people.segments.grouping.Trial`."""

    groups: int
    separation: float
    chance: float
    stability: float
    smallest: int
    placed: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SegmentCheck:
    """How far one segment can be trusted, as measured at the last regrouping; all 0-1.

    `stability` is SLSw, `by_chance` what as many groups of structureless data reach; `recovered` and `dissolved` are
    the shares of resamples in which it came back (Jaccard over .75) and was gone (.5 or less); `parentage` is SLSa;
    `told` the share of its people whom the others' words place in it.
    """

    segment_id: str
    stability: float
    by_chance: float
    recovered: float
    dissolved: float
    parentage: float
    told: float


SegmentEditAction = Literal["place", "rename", "merge", "clear"]


@dataclass(frozen=True, slots=True)
class SegmentEdit:
    """What a person decided of segments; kept until it is cleared.

    place: `person_id` is in `segment_id`, which was called `name` then, or in none (""). rename: `segment_id` is called
    `name`. merge: all of `other_id` are in `segment_id`, called `name` then. clear: what was decided of `person_id`, of
    `segment_id`, or, where both are "", of anything.
    """

    number: int
    made_on: date
    action: SegmentEditAction
    segment_id: str = ""
    person_id: str = ""
    other_id: str = ""
    name: str = ""


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


ReferenceKind = Literal["reply", "mention", "quote", "advice taken"]
"""How one person refers to another. A reply is weak evidence that they matter to each other, advice taken is strong."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A person refers to another in an utterance; `to_utterance_id` is what of theirs is meant, None for a mention."""

    reference_id: str
    person_id: str
    to_person_id: str
    kind: ReferenceKind
    utterance_id: str
    to_utterance_id: str | None
    document_id: str
    said_at: datetime | None


ReferenceLevel = Literal["too few to tell", "shared needs only", "evident", "personal"]
"""Levels of reference value (Moore's, as Bill Seitz lists them), as far as they show in what people write.

Needs are shared but nothing shows that these people turn to each other; they turn to each other more than chance would
have it; they also act on each other's advice.
"""


@dataclass(frozen=True, slots=True)
class SegmentReference:
    """Whether the people of a segment refer to each other; `segment_id` None is all segments together.

    A tie is one person referring to another in one thread. `people` have ties; `internal` ties stay in the segment,
    `external` ones lead to or come from other segments; `advised` people took advice of others of the segment. `index`
    is the E-I index (-1 all internal, 1 all external), `expected` its mean over permuted labels, `met` what it would be
    if each referred to all in the thread alike, `p` the share of permutations at least as internal, `q` the same
    corrected for the number of segments; all five None where too few to tell.
    """

    segment_id: str | None
    people: int
    internal: int
    external: int
    advised: int
    level: ReferenceLevel
    index: float | None
    expected: float | None
    met: float | None
    p: float | None
    q: float | None
