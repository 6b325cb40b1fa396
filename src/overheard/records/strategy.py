"""What is decided: how much each segment loves the product, how far its people come, and which to bet on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from overheard.records.customers import Stage

AsKnown = Literal["then", "now"]
"""Which segment a person counts in: the one they were in when they came, or the one they are in now."""
FocusPart = Literal["people", "win rate", "price"]


@dataclass(frozen=True, slots=True)
class SegmentLove:
    """The very-disappointed score of a segment, "" for everybody; None where nobody answered.

    `answers` people who still use the product answered, `very` of them would be very disappointed. `share` (0-1) weighs
    them by how surely they belong to the segment; its 95 % interval `low` to `high` and `chance` (that it is .40 or
    more) rest on Kish's `effective` number. `placed` of the answers are of people whom their answers put here.
    """

    segment_id: str
    answers: int
    placed: int
    very: int
    effective: float
    share: float | None
    low: float | None
    high: float | None
    chance: float | None


@dataclass(frozen=True, slots=True)
class LoveMonth:
    """Answers of one month in one segment ("": all): how many, and how many would be very disappointed."""

    segment_id: str
    month: date
    answers: int
    very: int


@dataclass(frozen=True, slots=True)
class SegmentRate:
    """How many of a segment's people who reached the stage before reached `stage` in time (share 0-1, 95 % interval).

    `cohort` is the Monday of the week they came in, None for all; `waiting` people's time is not over: they are in
    neither number.
    """

    segment_id: str
    as_known: AsKnown
    cohort: date | None
    stage: Stage
    people: int
    of: int
    waiting: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FocusChoice:
    """The decision of a night; one row, none where no goal is set.

    `segments` is the smallest loved set that meets `goal` (money in twelve months, `currency`), or, where none does,
    all that are loved, with the `gap`. `likely` is its likeliest revenue, `chance` (0-1) that it meets the goal over
    the ranges. `seen` is the very-disappointed share (0-1) of the chosen by the answers that chose them, `held_out` by
    answers that had no say.
    """

    decided_on: date
    segments: tuple[str, ...]
    is_feasible: bool
    likely: float
    goal: float
    gap: float
    chance: float
    currency: str
    seen: float | None
    held_out: float | None


@dataclass(frozen=True, slots=True)
class FocusRefusal:
    """Why a segment cannot be the focus; one row a reason. `likely` is what it would have brought, None if unknown."""

    segment_id: str
    reason: str
    likely: float | None


@dataclass(frozen=True, slots=True)
class FocusFlip:
    """What one number does to the decision: revenue of the focus with it at its least and its most.

    `breaks_at` is its value at which the goal is just met; None where no value does it.
    """

    segment_id: str
    part: FocusPart
    at_low: float
    at_high: float
    breaks_at: float | None
    flips: bool


@dataclass(frozen=True, slots=True)
class ValueOverlap:
    """How alike what two segments want is (rank-biased overlap of pains, 0-1); `shared` are the common ones."""

    left_id: str
    right_id: str
    overlap: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person (`by`) took a run as what the team works by; `report` is the folder of its report.

    `bets` are the ids of those that were entered on it.
    """

    accepted_on: date
    report: str
    by: str = ""
    bets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedSegment:
    """A segment as it was when its run was accepted.

    `share` (0-1) of the people in any segment; `words` best first; `stability` and `love` (very-disappointed share) are
    0-1, None where nothing was measured; `is_focus`: it was chosen.
    """

    segment_id: str
    name: str
    share: float
    words: tuple[str, ...]
    stability: float | None
    love: float | None
    is_focus: bool


@dataclass(frozen=True, slots=True)
class AcceptedPlace:
    """Where a person was when the run was accepted."""

    person_id: str
    segment_id: str


@dataclass(frozen=True, slots=True)
class LandingCount:
    """What one segment's landing page brought: visitors, answers, and how many said which segment's sentence is theirs.

    `answer` is a segment_id or "none"; `visitors` and `answers` are of the whole page.
    """

    segment_id: str
    answer: str
    people: int
    answers: int
    visitors: int


@dataclass(frozen=True, slots=True)
class LandingVariant:
    """What one variant ("a" or "b") of a segment's landing page brought: visitors, and how many said it is theirs."""

    segment_id: str
    variant: str
    visitors: int
    answers: int
    theirs: int


DriftTrigger = Literal["shares", "words", "assignment", "stability", "love"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One measure of how far things have moved since a run was accepted; `segment_id` "" is all segments together.

    `value` is compared with `limit`: shares move by the population stability index, words and assignment agree by
    rank-biased overlap and adjusted Rand index, stability is Hennig's, love the very-disappointed share, whose limit is
    the accepted one. `is_over`: this alone reopens the bet.
    """

    segment_id: str
    trigger: DriftTrigger
    value: float
    limit: float
    is_over: bool


@dataclass(frozen=True, slots=True)
class BetReopening:
    """A night on which one measure of drift opened a bet again before its day; added once and never changed."""

    reopening_id: str
    bet_id: str
    reopened_on: date
    trigger: DriftTrigger
    segment_id: str
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person (`by`) refused a regrouping and said `why`: the accepted segments stand again.

    `fitted_on`, `recipe` and `inputs` are of the refused `Segmentation`, `report` the folder that showed it, "" for
    none. `diff` says in words what it would have changed of the accepted segments.
    """

    rejection_id: str
    rejected_on: date
    by: str
    why: str
    report: str
    fitted_on: date
    recipe: str
    inputs: str
    diff: tuple[str, ...]


ThemeKind = Literal["loved", "hold-back"]


@dataclass(frozen=True, slots=True)
class RoadmapTheme:
    """A word of a segment's answers ("": everybody's) and how many people say it, `of` how many.

    loved: said of the main benefit by those who would be very disappointed. hold-back: said of what should be better by
    those on the fence, who would be somewhat disappointed and name the main benefit, too.
    """

    segment_id: str
    kind: ThemeKind
    theme: str
    people: int
    of: int


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A rated outcome: `importance` and `satisfaction` (0-10, top-2-box) of `people`, Ulwick's score and its band."""

    segment_id: str
    outcome: str
    importance: float
    satisfaction: float
    score: float
    band: str
    people: int
