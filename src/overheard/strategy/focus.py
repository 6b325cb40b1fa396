"""Which is the smallest set of segments that love the product and can meet the revenue goal?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from overheard.records import FocusFlip, FocusPart

DRAWS = 20_000
LEAD_SHARE = 0.5
"""Of a segment's orders, to lead it (Moore, Crossing the Chasm)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number nobody knows exactly: the least, the likeliest and the most it may be; low <= likely <= high."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Potential:
    """What a segment may bring in twelve months: people who can be reached x share who buy (0-1) x price a year."""

    people: Range
    win_rate: Range
    price: Range

    @property
    def parts(self) -> Mapping[FocusPart, Range]:
        """The three ranges by name."""
        return {"people": self.people, "win rate": self.win_rate, "price": self.price}

    @property
    def likely(self) -> float:
        """The likeliest potential, in the currency of the price."""
        return self.people.likely * self.win_rate.likely * self.price.likely


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment that may become the focus.

    `refusals` say why it may not: the love test on held-out answers, or a gate it fails. `love_bound` (0-1, the lower
    limit of its very-disappointed share) and `reference_density` (0-1) break ties.
    """

    segment_id: str
    refusals: tuple[str, ...]
    love_bound: float
    reference_density: float
    potential: Potential


@dataclass(frozen=True, slots=True)
class Focus:
    """The decision. `segments` is the best set there is: of a feasible decision the focus itself.

    `likely` and `goal` are money in twelve months; `gap` is what is missing (0 if feasible); `chance` (0-1) that the
    set meets the goal, drawn over the ranges; `refused` holds each other segment's reasons.
    """

    segments: tuple[str, ...]
    is_feasible: bool
    likely: float
    goal: float
    gap: float
    chance: float
    refused: Mapping[str, tuple[str, ...]]


def decide_focus(candidates: Sequence[Candidate], goal: float, seed: int) -> Focus:
    """Choose the smallest set of eligible segments whose likely potential meets the goal.

    Among sets of one size the one whose weakest love bound is highest wins, then the one with most references, then
    the one with the larger potential.

    Args:
        candidates: all segments; those with refusals are never chosen, however large.
        goal: money in the next twelve months, in the currency of the prices.
        seed: of the draws.
    """
    eligible = sorted((one for one in candidates if not one.refusals), key=lambda one: one.segment_id)
    refused = {one.segment_id: one.refusals for one in candidates if one.refusals}
    for size in range(1, len(eligible) + 1):
        meeting = [chosen for chosen in combinations(eligible, size) if _likely(chosen) >= goal]
        if meeting:
            best = max(meeting, key=_rank)
            return _focus(best, goal, seed, refused)
    return _focus(tuple(eligible), goal, seed, refused)


def _rank(chosen: Sequence[Candidate]) -> tuple[float, float, float]:
    references = sum(one.reference_density for one in chosen) / len(chosen)
    return min(one.love_bound for one in chosen), references, _likely(chosen)


def _likely(chosen: Sequence[Candidate]) -> float:
    return sum(one.potential.likely for one in chosen)


def _focus(chosen: Sequence[Candidate], goal: float, seed: int, refused: Mapping[str, tuple[str, ...]]) -> Focus:
    likely = _likely(chosen)
    names = tuple(one.segment_id for one in chosen)
    chance = float((draw_potential(chosen, seed) >= goal).mean()) if chosen else 0.0
    return Focus(names, bool(chosen) and likely >= goal, likely, goal, max(0.0, goal - likely), chance, refused)


def draw_potential(chosen: Sequence[Candidate], seed: int) -> NDArray[np.float64]:
    """Draw the summed potential of segments, every range a triangle over its three values.

    Returns:
        Money, shape (DRAWS,).
    """
    random = np.random.Generator(np.random.PCG64(seed))
    total = np.zeros(DRAWS)
    for one in chosen:
        drawn = np.ones(DRAWS)
        for part in one.potential.parts.values():
            drawn *= _draw(part, random)
        total += drawn
    return total


def _draw(part: Range, random: np.random.Generator) -> NDArray[np.float64]:
    if part.low == part.high:
        return np.full(DRAWS, part.low)
    return random.triangular(part.low, part.likely, part.high, DRAWS)


def find_flips(chosen: Sequence[Candidate], goal: float) -> tuple[FocusFlip, ...]:
    """Tell which single number, if wrong, flips the decision; the widest swing first."""
    likely = _likely(chosen)
    flips = []
    for one in chosen:
        for name, part in one.potential.parts.items():
            others = likely - one.potential.likely
            each = one.potential.likely / part.likely if part.likely else 0.0
            at_low, at_high = others + each * part.low, others + each * part.high
            breaks_at = (goal - others) / each if each and goal > others else None
            flips.append(FocusFlip(one.segment_id, name, at_low, at_high, breaks_at, at_low < goal <= at_high))
    return tuple(sorted(flips, key=lambda flip: (flip.at_low - flip.at_high, flip.segment_id, flip.part)))


def share_to_win(goal: float, orders: float) -> tuple[float, bool]:
    """Work out the beachhead: half of next year's revenue shall come from the segment.

    Args:
        goal: money in twelve months.
        orders: all the segment's orders in that time, in money, > 0.

    Returns:
        The share of its orders that must be won (above 1: impossible), and whether winning it would mean to lead it.
        A segment so large that less than half of it is enough is led by somebody else.
    """
    needed = goal / 2 / orders
    return needed, LEAD_SHARE <= needed <= 1
