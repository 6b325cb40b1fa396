"""Which outcomes matter and are badly served? Asked (Ulwick's ODI), or guessed from text and told as a guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from overheard.errors import OverheardError

Band = Literal["extreme", "solid", "worthwhile", "served or unimportant"]
TOP_TWO = 4
"""Of five: ratings of 4 and 5 count."""


def top_two_box(ratings: Sequence[int]) -> float:
    """Return the share of ratings that are 4 or 5, on 0-10 (never a mean of ratings: the commonest error).

    Args:
        ratings: 1-5, of one segment's people.

    Raises:
        OverheardError: there is no rating, or one outside 1-5.
    """
    if not ratings or not all(1 <= one <= 5 for one in ratings):
        raise OverheardError("ratings of importance and satisfaction must be 1 to 5, and there must be one")
    return 10 * sum(one >= TOP_TWO for one in ratings) / len(ratings)


def opportunity_score(importance: float, satisfaction: float) -> float:
    """Return importance + max(importance - satisfaction, 0) (Ulwick, 2005), 0-20; both on 0-10 from `top_two_box`."""
    return importance + max(importance - satisfaction, 0.0)


def band_of(score: float) -> Band:
    """Say what a score means: above 15 extreme, from 12 solid, from 10 worthwhile."""
    if score > 15:
        return "extreme"
    if score >= 12:
        return "solid"
    return "worthwhile" if score >= 10 else "served or unimportant"
