"""What was heard: documents, utterances and who said them, what was taken in, changed, removed and skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from overheard.records.sources import Aside, Span

RoleName = Literal["customer", "passer-by", "staff", "vendor", "promoter", "bot", "interviewer"]


@dataclass(frozen=True, slots=True)
class Document:
    """A thread, an interview, a file of answers."""

    document_id: str
    source: str
    url: str
    title: str
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One post or turn by one person, verbatim. `said_at` is UTC or None, never guessed."""

    utterance_id: str
    document_id: str
    person_id: str
    position: int
    text: str
    not_own: tuple[Span, ...]
    said_at: datetime | None
    replies_to: str | None
    url: str
    rank: str
    aside: Aside = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What an utterance said until it was edited; `until` is the night the edit was noticed."""

    version_id: str
    utterance_id: str
    text: str
    not_own: tuple[Span, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Removal:
    """An utterance its source no longer shows, without its words; `night` is when that was noticed."""

    removal_id: str
    utterance_id: str
    document_id: str
    night: date


@dataclass(frozen=True, slots=True)
class Intake:
    """What one file or page gave when it was last read.

    `content` is a digest of its bytes, `digest` of these, its source's settings and our code; `problems` are (place,
    what was left out and why).
    """

    intake_id: str
    source: str
    place: str
    content: str
    digest: str
    utterances: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """An account that a person approved as one of several of `person_id`, which is the id of one of them."""

    account_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Role:
    """Why a person's words count or do not.

    Only customers become pains, segments and vocabulary, and passers-by who told of a need.
    """

    person_id: str
    role: RoleName
    evidence: tuple[str, ...]


NOTHING_READ = "nothing of it could be read tonight"
"""How the reason of a skip begins that is of a whole source."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was left out, and why. Counted and shown, never swallowed."""

    step: str
    source: str
    place: str
    why: str

    @property
    def is_whole_source(self) -> bool:
        """Whether tonight lacks the whole source; what was read of it on earlier nights stands."""
        return self.why.startswith(NOTHING_READ)
