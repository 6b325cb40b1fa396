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
    """A signal's place: `pain_id` is None where it is too far from every pain. `probability` is 0-1."""

    signal_id: str
    pain_id: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """What happened to a pain or a segment between two nights: born, died, grew, shrank, renamed."""

    night: date
    group_id: str
    what: str
    evidence: str
