"""What your own customers' files say: answers to surveys, what they did, what they paid; and the bets made on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Feeling = Literal["very", "somewhat", "not", "no longer"]
"""How somebody would feel if they could no longer use the product; "no longer": they don't use it any more."""
Asked = Literal["feeling", "who benefits", "benefit", "hold-back", "importance", "satisfaction", "text", "choice"]
"""What a question of a survey is for: the four questions of the very-disappointed survey, ratings, or anything else."""
Stage = Literal["acquisition", "activation", "retention", "referral", "revenue"]
"""The stages of a funnel, in the order of McClure's AARRR (2007)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one question. `subject` is the outcome that was rated, else ""."""

    answer_id: str
    survey: str
    person_id: str
    asked: Asked
    question: str
    subject: str
    text: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class FunnelEvent:
    """One step of a person. `value` is money in `currency`; None and "" where no money moved."""

    event_id: str
    person_id: str
    happened_at: datetime
    stage: Stage
    name: str
    value: float | None
    currency: str
    source: str


@dataclass(frozen=True, slots=True)
class Bet:
    """A statement somebody put a probability on. Never changed: its outcome is a `BetOutcome`.

    `rule` says what will settle it, `premortem` why it would have failed, `about` the segment it is on or "".
    """

    bet_id: str
    statement: str
    probability: float
    made_on: date
    resolve_by: date
    rule: str
    premortem: str
    about: str


@dataclass(frozen=True, slots=True)
class BetOutcome:
    """How a bet ended; `came_true` is None where it was called off. `note` judges the process, not the luck."""

    bet_id: str
    resolved_on: date
    came_true: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class LandingVisit:
    """Somebody who came to the landing page of `segment_id`.

    `answer` is the segment whose sentence they said is theirs, "none" for none of them, "" where they did not answer;
    `source` is where they came from, as the address told. `variant` of the page is "a" or "b", "" where the address did
    not tell or they saw both.
    """

    visit_id: str
    person_id: str
    segment_id: str
    answer: str
    source: str
    visited_at: datetime | None
    variant: str = ""
