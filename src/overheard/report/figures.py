"""Numbers as a distrustful reader wants them: with their denominator, their interval and in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from overheard.proportion import wilson_interval

FEWEST_FOR_PERCENT = 40
"""Below this denominator only the interval is printed: a percentage would promise what a few people cannot hold."""

MOST_TIMES = 100.0
"""From here on "times as often" says "more than 100 times": the data cannot tell 150 from 1,500."""

Key = TypeVar("Key", bound=str)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the 95 % Wilson interval of the share as `low` and `high` (0-1)."""

    count: int
    total: int
    low: float
    high: float

    @property
    def point(self) -> float:
        """The share, 0-1; 0 of nobody."""
        return self.count / self.total if self.total else 0.0

    @property
    def counted(self) -> str:
        """For example "31 of 95"."""
        return f"{number(self.count)} of {number(self.total)}"

    @property
    def percent(self) -> str:
        """For example "33%, likely 24 to 43%", of fewer than 40 people "likely 19 to 48%", of nobody ""."""
        if not self.total:
            return ""
        limits = f"likely {100 * self.low:.0f} to {100 * self.high:.0f}%"
        return f"{100 * self.point:.0f}%, {limits}" if self.total >= FEWEST_FOR_PERCENT else limits


def share_of(count: int, total: int) -> Share:
    """Return `count` of `total` with its interval.

    Args:
        count: people who do; 0 <= count <= total.
        total: people asked about; 0 gives the interval 0 to 1.
    """
    return Share(count, total, *wilson_interval(count, total))


def number(value: int) -> str:
    """Return a whole number with thousands separators."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """Return a number and its noun: "1 post", "1,204 posts"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def shielded(counts: Mapping[Key, int], smallest: int) -> dict[Key, int | None]:
    """Hide small cells of a table whose total is known.

    Args:
        counts: people by row; the rows share no people.
        smallest: people a cell needs to be shown.

    Returns:
        The counts, None where hidden. Nobody (0) is shown. Where exactly one cell would be hidden, the smallest other
        one is hidden with it: a single gap could be worked out from the total.
    """
    hidden = {key for key, count in counts.items() if 0 < count < smallest}
    rest = sorted((count, key) for key, count in counts.items() if count and key not in hidden)
    if len(hidden) == 1 and rest:
        hidden.add(rest[0][1])
    return {key: None if key in hidden else count for key, count in counts.items()}


def times_as_often(effect: float, interval: tuple[float, float], others: int, other_people: int) -> str:
    """Say a log odds ratio in words.

    An odds ratio overstates how many times as often a common thing is done, so it is turned into a ratio of shares
    first: OR / (1 - p + p OR), p being the others' share (Zhang and Yu, JAMA 280, 1998).

    Args:
        effect: log2 of the odds ratio by people.
        interval: its 95 % limits.
        others: other people who use the term.
        other_people: other people there are; of 0, and of an effect that is not a number, nothing is said ("").

    Returns:
        For example "3 times as often (1.5 to 6)" or "nobody else says it (at least 1.5 times as often)".
    """
    if not other_people or any(math.isnan(value) for value in (effect, *interval)):
        return ""
    share = (others + 0.5) / (other_people + 1)
    middle, low, high = (_ratio(value, share) for value in (effect, *interval))
    if low <= 1:
        return f"perhaps {_times(middle)} ({_plain(low)} to {_plain(high)})"
    if not others:
        return f"nobody else says it (at least {_times(low)})"
    return f"{_times(middle)} ({_plain(low)} to {_plain(high)})"


def times_at_least(log_ratio: float) -> str:
    """Say the log2 of a ratio of shares in words, for example "2.3 times as often"."""
    return _times(math.exp2(log_ratio))


def _ratio(log_odds: float, share: float) -> float:
    # 2**60 times is for ever; infinities come from terms nobody else uses.
    odds = math.exp2(max(-60.0, min(60.0, log_odds)))
    return odds / (1 - share + share * odds)


def _times(ratio: float) -> str:
    if _plain(ratio) == "1":
        return "as often"
    return f"more than {MOST_TIMES:.0f} times as often" if ratio > MOST_TIMES else f"{_plain(ratio)} times as often"


def _plain(ratio: float) -> str:
    if ratio > MOST_TIMES:
        return f"over {MOST_TIMES:.0f}"
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}".removesuffix(".0")
