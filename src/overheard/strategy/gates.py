"""Why may a segment not be the focus? Each reason in words, for the page to show."""

from __future__ import annotations

from overheard.proportion import words_of
from overheard.records import SegmentCheck, SegmentLove
from overheard.strategy.love import FEWEST_FOR_A_SHARE, LOVED_FROM

LEAST_STABLE = 0.6
"""Hennig's limit (2007): below it a segment is not to be trusted."""


def refuse_unloved(love: SegmentLove | None, lenient: bool, smallest: int) -> tuple[str, ...]:
    """Say why a segment's love is not shown; () where it is.

    Args:
        love: its score, None without an answer.
        lenient: "more likely than not, on 40 answers" is enough, else the lower limit of the share must reach .40.
        smallest: fewer people are not counted out.
    """
    if love is None or love.share is None or love.low is None or love.chance is None:
        return ("nobody of it was asked how they would feel without the product",)
    if love.answers < smallest:
        return (f"fewer than {smallest} of its people said how they would feel without the product",)
    told = f"{words_of(love.very, love.answers, smallest)} would be very disappointed"
    if lenient and love.answers < FEWEST_FOR_A_SHARE:
        return (f"{told}: fewer than {FEWEST_FOR_A_SHARE} answers are a direction only",)
    if lenient and love.chance < 0.5:
        return (f"{told}: the chance that 40% of all would be is {love.chance:.2f}, not half",)
    if not lenient and love.low < LOVED_FROM:
        return (f"{told}: of all of them it may be as few as {100 * love.low:.0f}%, and 40% are needed",)
    return ()


def refuse_untrusted(check: SegmentCheck | None, people: int, smallest: int) -> tuple[str, ...]:
    """Say why a segment is not to be trusted; () where it is, or where a person made it (`check` None)."""
    reasons = []
    if people < smallest:
        reasons.append(f"it has fewer than {smallest} people")
    if check is not None and round(check.stability, 2) < LEAST_STABLE:
        reasons.append(
            f"drawn again, its people fall into other groups: stability {check.stability:.2f}, not {LEAST_STABLE:.2f}"
        )
    return tuple(reasons)
