"""What was found in it: signals and their slots, how each source was taken, pains and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

SignalKind = Literal[
    "pain", "job", "request", "question", "workaround", "recommendation", "worldview", "objection", "gain"
]
Force = Literal["", "push", "pull", "anxiety", "habit"]
"""What moves a person to another way of doing things, or holds them: the four forces of a switch."""
SlotName = Literal["situation", "motivation", "outcome", "product", "practice", "product against", "practice against"]
"""Parts of a job's story, and what is recommended or warned against."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sentence that says something of `kind`. `start` and `end` are characters into the utterance's text.

    `strength` is the rung 0-4 (1 for kinds without rungs); `probability` is 0-1; `evidence` names the cues; `force` is
    empty where none is plain.
    """

    signal_id: str
    utterance_id: str
    person_id: str
    start: int
    end: int
    kind: SignalKind
    strength: int
    probability: float
    evidence: tuple[str, ...]
    force: Force = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills `name` in a signal of kind job or recommendation: characters into the utterance's text."""

    signal_id: str
    name: SlotName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceKind:
    """How one source was taken for one kind: the estimated share (0-1) of its sentences that say it, and the threshold.

    `register` is "post" where most texts have more than two sentences, else "answer".
    """

    source: str
    kind: SignalKind
    register: str
    sentences: int
    share: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Pain:
    """A topic of hurt. `exemplars` are signal ids, most central first; the first is the quote that stands for it."""

    pain_id: str
    name: str
    words: tuple[str, ...]
    exemplars: tuple[str, ...]
    people: int
    signals: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A signal's place: `pain_id` is None where it is too far from every pain. `probability` is 0-1.

    `first_heard` is the night it first came; None in tables of an earlier release.
    """

    signal_id: str
    pain_id: str | None
    probability: float
    first_heard: date | None = None


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """What happened on a night to a pain or a segment: born, died, grew, shrank.

    Of pains also revived, drifted, split, merged, renamed. Each begins born or split and ends died or merged.
    """

    night: date
    group_id: str
    what: str
    evidence: str


ByHand = Literal["named", "whole", "apart", "pinned"]
"""What a person decided of a pain: its name, that refits do not split it, do not join it, or leave it altogether."""


@dataclass(frozen=True, slots=True)
class LastingPain:
    """A pain as it lasts, living or ended (`ended` is a night, `into` the pain it was merged into).

    `centroid` is the unit mean of its sentences' vectors when it was born, drifted or last lived; `told` the people it
    had when its size was last told; `silent` the night it was told to be silent.
    """

    pain_id: str
    name: str
    words: tuple[str, ...]
    born: date
    told: int
    centroid: tuple[float, ...]
    by_hand: tuple[ByHand, ...] = ()
    ended: date | None = None
    into: str | None = None
    silent: date | None = None


EditAction = Literal["rename", "merge", "split", "pin", "unpin"]


@dataclass(frozen=True, slots=True)
class PainEdit:
    """What a person did to a pain. `other_id` is the pain merged into it; `name` is what it is renamed to."""

    number: int
    made_on: date
    action: EditAction
    pain_id: str
    other_id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class PainNight:
    """The work of a night: new sentences compared with centroids, pool sentences grouped, sentences a refit grouped.

    `encoder` and `recipe`, a digest of settings, say what they were made with; `edits` is the last one done by then.
    """

    number: int
    night: date
    encoder: str
    recipe: str
    edits: int
    placed: int
    compared: int
    pooled: int
    refitted: int


@dataclass(frozen=True, slots=True)
class PainGroup:
    """A group at one level of detail: at level 0 a pain, below 0 a family of `pains`, at 1 a part of one pain.

    Where a family is of one pain, or a pain does not fall into parts, the group is that pain, under its id. Only parts
    list their `signals`; all others hold what their pains hold. A family has the names of the pains in `named_after`.
    `parent_id` is the group of the next coarser level it lies in, None at the coarsest. `exemplars` as of `Pain`.
    """

    level: int
    group_id: str
    name: str
    parent_id: str | None
    pains: tuple[str, ...]
    signals: tuple[str, ...]
    people: int
    exemplars: tuple[str, ...]
    named_after: tuple[str, ...]
