"""Would they miss it? The share of very disappointed people, as far as it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overheard.proportion import chance_of_at_least, wilson_interval
from overheard.records import Feeling

LOVED_FROM = 0.40
"""Sean Ellis's benchmark: from this share of very disappointed people on a product is said to be needed."""
FEWEST_FOR_A_SHARE = 40
"""Answers below which a score is a direction only (Vohra, 2018: "directionally correct around 40")."""
FEWEST_TO_SHOW = 5

Standing = Literal["told", "direction only", "too few to show"]


@dataclass(frozen=True, slots=True)
class LoveScore:
    """The very-disappointed score of a group.

    `answers` counts people, `very` those who would be very disappointed; `share` (0-1) weighs them; `effective` is
    Kish's number of people, which the 95 % interval `low` to `high` and `chance` (that the true share is .40 or more)
    rest on. `share`, `low`, `high` are None without an answer.
    """

    answers: int
    very: int
    effective: float
    share: float | None
    low: float | None
    high: float | None
    chance: float | None

    @property
    def standing(self) -> Standing:
        """How far it can be told."""
        if self.answers < FEWEST_TO_SHOW:
            return "too few to show"
        return "told" if self.answers >= FEWEST_FOR_A_SHARE else "direction only"

    @property
    def is_loved(self) -> bool:
        """Tell whether even the lower limit reaches the benchmark."""
        return self.low is not None and self.low >= LOVED_FROM

    @property
    def is_probably_loved(self) -> bool:
        """Tell whether the share more likely than not reaches the benchmark, on enough answers."""
        return self.chance is not None and self.chance >= 0.5 and self.answers >= FEWEST_FOR_A_SHARE


def score_love(feelings: Sequence[Feeling], weights: Sequence[float] = ()) -> LoveScore:
    """Score a group: very disappointed of all who still use the product (Ellis; Vohra, First Round Review, 2018).

    Args:
        feelings: one a person; whoever no longer uses the product is left out.
        weights: how surely each belongs to the group, > 0; none: all alike.
    """
    shared = weights or [1.0] * len(feelings)
    asked = [(one, weight) for one, weight in zip(feelings, shared, strict=True) if one != "no longer"]
    if not asked:
        return LoveScore(0, 0, 0.0, None, None, None, None)
    total = sum(weight for _, weight in asked)
    effective = effective_people([weight for _, weight in asked])
    share = sum(weight for one, weight in asked if one == "very") / total
    low, high = wilson_interval(share * effective, effective)
    very = sum(one == "very" for one, _ in asked)
    chance = chance_of_at_least(share * effective, effective, LOVED_FROM)
    return LoveScore(len(asked), very, effective, share, low, high, chance)


def effective_people(weights: Sequence[float]) -> float:
    """Return how many equally sure people `weights` are worth (Kish, 1965): (sum w)^2 / sum w^2."""
    return sum(weights) ** 2 / sum(weight * weight for weight in weights)
