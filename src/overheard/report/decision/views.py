"""What is shown of love, funnel and focus; everything of fewer people than the smallest group is already out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overheard.report.charts import Whisker
from overheard.report.figures import Share


@dataclass(frozen=True, slots=True)
class LoveView:
    """A very-disappointed score, `share` and `whisker` None where too few are to be counted out.

    `counted` says the people, `words` them with the range, `caution` how far to believe it, "" fully.
    """

    share: Share | None
    whisker: Whisker | None
    counted: str
    words: str
    caution: str


@dataclass(frozen=True, slots=True)
class RateView:
    """One stage of the funnel: what it is, of whom it is a share (None: too few), and how many still have time."""

    what: str
    of: str
    share: Share | None
    waiting: int


@dataclass(frozen=True, slots=True)
class SegmentDecision:
    """One segment. `rates_then` count who was known to be in it when they came. `love` None: too few answers.

    `verdict` says whether it is the focus, "" where nothing was decided; `reasons` why not; `landing` what its landing
    page brought; `loved` what those who would be very disappointed name, `hold_backs` what those on the fence miss;
    `outcomes` how well rated outcomes are served; `months` the score over time; all in words. `is_focus`: it is
    the focus.
    """

    love: LoveView | None
    rates: tuple[RateView, ...]
    rates_then: tuple[RateView, ...]
    verdict: str
    reasons: tuple[str, ...]
    landing: tuple[str, ...] = ()
    loved: tuple[str, ...] = ()
    hold_backs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    is_focus: bool = False


@dataclass(frozen=True, slots=True)
class BetView:
    """A bet: its statement, its probability (0-1), its days (ISO), what settles it, and how it stands."""

    statement: str
    probability: float
    made_on: str
    resolve_by: str
    rule: str
    standing: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The market. `headline` is the decision in one line, "" where no goal is set; `lines` what it rests on.

    `by_segment` is by segment_id; `unlike` are pairs of segments that want different things; `reopened` says what
    has moved so far since a run was accepted that the bet on it is open again, `reopened_on` since which day ("" where
    nobody knows); `refused` what a regrouping that a person refused would have changed, first who refused it and why;
    `held` what is watched and has not moved so far; `record` how the settled of the `bets` went; all in words.
    """

    headline: str
    lines: tuple[str, ...]
    everybody: SegmentDecision
    by_segment: Mapping[str, SegmentDecision]
    unlike: tuple[str, ...]
    reopened: tuple[str, ...]
    reopened_on: str = ""
    refused: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    bets: tuple[BetView, ...] = ()
    record: str = ""
