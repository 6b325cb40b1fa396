"""Every noun, in the order they walk. Frozen and complete when born: a new fact is a new record that points back by id.

Text is kept once, in `Utterance.text`; everything after points into it by character offsets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Span = tuple[int, int]
"""Half-open character offsets into one utterance's text."""

RoleName = Literal["customer", "staff", "promoter", "interviewer"]
Aside = Literal["", "advert", "small talk"]
"""What is said beside the matter: a sponsor's copy read aloud, greetings and the weather."""
SignalKind = Literal["pain", "request", "question", "recommendation"]


def id_of(*parts: object) -> str:
    """Return the identifier of a natural key: 16 hex digits of sha256 over its parts."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as fetched or saved. `fetched_at` is UTC; `status` is the HTTP status, 200 for a saved file.

    `etag` and `last_modified` are what the server named this version by, to be asked by later; empty where it did not.
    """

    url: str
    body: bytes
    content_type: str
    fetched_at: datetime
    status: int = 200
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing somebody said, as its source shows it: what a reader returns, before names become pseudonyms.

    `author` is the shown name (empty where none is shown); `position` counts from 0 within the document; `not_own`
    holds sorted, non-overlapping spans of others' words in `text`; `replies_to` is the url, or failing that the author,
    of what this answers; `rank` is the title a forum shows under a name ("Moderator", "Staff"), empty where none;
    `key` is what the source itself calls the post (a message id), the same on every page that shows it, empty where
    `url` tells it; `aside` says that the words are not about the matter.
    """

    text: str
    author: str
    position: int
    said_at: datetime | None = None
    url: str | None = None
    not_own: tuple[Span, ...] = ()
    replies_to: str | None = None
    rank: str = ""
    key: str = ""
    aside: Aside = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found of one thread or talk. `problems` are (1-based line, 0 where none; what was left out).

    `key` tells the thread from the others of its source where a page holds several, or where it is not the page's own:
    its address, or what the source calls it; empty where the page's address tells it.
    """

    title: str
    posts: tuple[Post, ...]
    problems: tuple[tuple[int, str], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A thread as a listing shows it. `mark` changes when the thread has something new; empty where nothing tells."""

    url: str
    mark: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads: `threads` of a listing, `more` pages of the same listing or thread; absolute addresses.

    `is_whole`: `more` names every further page there is, so pages known from earlier that it lacks are no more.
    """

    threads: tuple[ThreadLink, ...] = ()
    more: tuple[str, ...] = ()
    is_whole: bool = False


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
class Role:
    """Why a person's words count or do not. Only customers become pains, segments and vocabulary."""

    person_id: str
    role: RoleName
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """One sentence that says something of `kind`. `start` and `end` are characters into the utterance's text.

    `strength` is the rung 0-4 (1 for kinds without rungs); `probability` is 0-1; `evidence` names the cues.
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


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was left out, and why. Counted and shown, never swallowed."""

    step: str
    source: str
    place: str
    why: str
