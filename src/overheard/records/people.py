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
    person's segment (held-out log-likelihood ratio, bits a person). `recipe` is a digest of the settings that decided
    the outcome, `inputs` of what was grouped.
    """

    fitted_on: date
    recipe: str
    verdict: SegmentVerdict
    reason: str
    known: int
    p: float
    agreement: float
    bits: float
    inputs: str = ""


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


TermKind = Literal["problem", "outcome", "tool", "self", "trigger", "qualifier", "action", "thing"]
"""What a term is about: what goes wrong, is wanted, is used, what they call themselves, what sets it off, how it
is, what they do, and all else."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase one group uses and the others don't.

    `people` and `uses` are counts within the group; `effect` is log2 of the odds ratio by people; `interval` its 95 %
    limits; `z` the log-odds z-score; `examples` are (utterance_id, start, end), one a person.

    What comes after is measured where people are compared in groups that last, not by the filter of two files.

    Attributes:
        place: in the group's list, 1 the best.
        rate: uses per 10,000 words of the group; `rate_elsewhere` of all others.
        lrc: conservative log ratio by people (log2): at least so many times as often, at 95 % for all terms tried.
        q: share (0-1) of false finds among terms as unlikely, were the group dealt among people who talk as much.
        dispersion: DPnorm over the group's people, 0 (in proportion to what each says) to 1.
        effective_people: 1 / HHI of the uses by person; None where not measured.
        threads: documents in which the group uses it.
        common_rank: rank among the words of general English of its rarest word, 1 the commonest; None beyond the list.
        first_said: day of its first use by the group, None where no use has a date; `last_said` of its last.
        trend: log2 odds ratio by people of the last quarter of the time to all before it; None where dates do not tell.
        trend_interval: its limits, at 95 % for all terms of the group together.
        people_apart: people of the group who use it in sentences that had no part in making the groups;
            `elsewhere_apart` others who do.
        chosen: share (0-1) of the random halves of the people that would have listed it by themselves.
        unseen_here: of the people of the other halves, the share (0-1) of the group who use it in such sentences;
            `unseen_elsewhere` of the others.
        unseen_q: as `q`, of what was chosen by one half and tested on the other.
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
    place: int = 0
    rate: float = 0.0
    rate_elsewhere: float = 0.0
    lrc: float = 0.0
    q: float = 1.0
    dispersion: float = 0.0
    effective_people: float | None = None
    threads: int = 0
    kind: TermKind = "thing"
    common_rank: int | None = None
    first_said: date | None = None
    last_said: date | None = None
    trend: float | None = None
    trend_interval: tuple[float, float] | None = None
    people_apart: int = 0
    elsewhere_apart: int = 0
    chosen: float = 0.0
    unseen_here: float = 0.0
    unseen_elsewhere: float = 0.0
    unseen_q: float = 1.0


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
