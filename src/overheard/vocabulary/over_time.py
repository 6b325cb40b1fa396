"""Is a term said more than before, and since when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from overheard.keyness import log2_odds_ratio
from overheard.vocabulary.circumstances import Circumstances
from overheard.vocabulary.corpus import Corpus

QUARTERS = 4
"""The last quarter of the time heard is compared with all before it, as with pains."""
SHORTEST_DAYS = 28
"""Of all texts from the first to the last; quarters of less than a week tell of weekdays."""
LEAST_PEOPLE = 5
"""People of the group to be heard both in the last quarter and before it."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Days of the first and last use, None where none has one; the trend (log2) and its limits, None where unknown."""

    first: date | None
    last: date | None
    trend: float | None
    interval: tuple[float, float] | None


class Clock:
    """When a group speaks."""

    def __init__(self, corpus: Corpus, around: Circumstances, among: NDArray[np.bool_], terms: int) -> None:
        """Args: terms: of the group that are asked about; limits hold for all of them together (Bonferroni)."""
        self._person, self._day = corpus.person, around.day
        dated = around.day[around.day > 0]
        is_long = len(dated) > 0 and dated.max() - dated.min() >= SHORTEST_DAYS
        self._first, self._days = (int(dated.min()), int(dated.max() - dated.min() + 1)) if is_long else (0, 0)
        self._heard = self._people(np.flatnonzero(among[corpus.person] & (around.day > 0))) if is_long else (0, 0)
        self._deviations = float(norm.isf(0.025 / max(terms, 1)))

    def over_time(self, rows: NDArray[np.int64]) -> OverTime:
        """Tell when a term is said.

        Args:
            rows: texts of the group in which it is said.
        """
        rows = rows[self._day[rows] > 0]
        if not len(rows):
            return OverTime(None, None, None, None)
        first, last = (date.fromordinal(int(day)) for day in (self._day[rows].min(), self._day[rows].max()))
        if min(self._heard) < LEAST_PEOPLE:
            return OverTime(first, last, None, None)
        before, late = (np.array([people]) for people in self._people(rows))
        effect, low, high = log2_odds_ratio(late, before, self._heard[1], self._heard[0], self._deviations)
        return OverTime(first, last, float(effect[0]), (float(low[0]), float(high[0])))

    def _people(self, rows: NDArray[np.int64]) -> tuple[int, int]:
        """Count people before the last quarter and in it; once in each quarter: over a longer time more say a thing."""
        quarter = (self._day[rows] - self._first) * QUARTERS // self._days
        seen = np.unique(self._person[rows] * QUARTERS + quarter) % QUARTERS
        return int((seen < QUARTERS - 1).sum()), int((seen == QUARTERS - 1).sum())
