"""What was measured of a term, and how it is said to somebody who has five minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from overheard.records import Term, TermKind
from overheard.report.figures import Share, counted, number, share_of, times_at_least
from overheard.report.references import chance_of

KIND_TITLES: dict[TermKind, str] = {
    "problem": "What goes wrong",
    "outcome": "What they want",
    "trigger": "What sets it off",
    "self": "What they call themselves",
    "tool": "What they use",
    "thing": "What it is about",
    "action": "What they do",
    "qualifier": "What it is like",
}
"""In the order in which they are shown."""

BEYOND_CHANCE = 0.05
"""q up to which a term is said to be beyond chance."""
EVENLY, UNEVENLY = 0.7, 0.45
"""Shares of a term's people who would make as many voices if all said it alike."""


@dataclass(frozen=True, slots=True)
class TermFigures:
    """The measures of `overheard.records.Term`. `apart` and `apart_others` are people, others None without others."""

    rate: float
    rate_elsewhere: float
    lrc: float
    q: float
    dispersion: float
    effective_people: float
    threads: int
    common_rank: int | None
    trend: float | None
    trend_interval: tuple[float, float] | None
    apart: Share
    apart_others: Share | None
    chosen: float
    unseen_here: float
    unseen_elsewhere: float
    unseen_q: float
    people: int

    @property
    def sure(self) -> str:
        """How sure it is that they say it more."""
        if self.lrc > 0:
            return f"at least {times_at_least(self.lrc)}"
        return "more often, beyond chance" if self.is_beyond_chance else "perhaps more often"

    @property
    def is_beyond_chance(self) -> bool:
        """Whether one in twenty such terms or fewer is a false find."""
        return self.lrc > 0 or self.q <= BEYOND_CHANCE

    @property
    def spread(self) -> str:
        """Whether many say it alike."""
        share = self.effective_people / self.people
        words = "evenly" if share >= EVENLY else "unevenly" if share >= UNEVENLY else "mostly a few"
        return f"{words}, {counted(self.threads, 'thread')}"

    @property
    def direction(self) -> Literal["rising", "falling", ""]:
        """Where the limits of the trend leave no doubt."""
        low, high = self.trend_interval or (0.0, 0.0)
        return "rising" if low > 0 else "falling" if high < 0 else ""

    @property
    def told(self) -> tuple[tuple[str, str, str], ...]:
        """All figures for those who know them: (what, value, meaning)."""
        rows = [
            ("Rate", f"{self.rate:.1f}, others {self.rate_elsewhere:.1f}", "uses per 10,000 words"),
            ("LRC", _signed(self.lrc), "log2 of at least how many times as often, for all terms tried together"),
            ("q", chance_of(self.q), "false finds among terms as unlikely, people dealt among those who talk as much"),
            ("DPnorm", f"{self.dispersion:.2f}", "0: in proportion to what each says; 1: one of the quietest says it"),
            ("Voices", f"{self.effective_people:.1f} of {number(self.people)}", "as if so many said it alike"),
            ("Elsewhere in their words", self._apart(), "people who say it outside the sentences that made the groups"),
        ]
        if self.chosen:
            unseen = f"{100 * self.unseen_here:.0f}%, others {100 * self.unseen_elsewhere:.0f}%"
            rows += [
                (
                    "Chosen by halves",
                    f"{100 * self.chosen:.0f}%",
                    "of random halves of the people list it by themselves",
                ),
                ("In the other half", f"{unseen}; q {chance_of(self.unseen_q)}", "say it, outside those sentences"),
            ]
        if self.trend is not None and self.trend_interval is not None:
            low, high = self.trend_interval
            meaning = "log2 odds of the last quarter of the time to all before; limits for all terms together"
            rows.append(("Trend", f"{_signed(self.trend)} ({_signed(low)} to {_signed(high)})", meaning))
        rank = "beyond the 20,000 commonest" if self.common_rank is None else number(self.common_rank)
        return (*rows, ("Rank in general English", rank, "of its rarest word; 1 is the commonest"))

    def _apart(self) -> str:
        others = f", others {self.apart_others.counted}" if self.apart_others else ""
        return f"{self.apart.counted}{others}"


def figures_of(term: Term, here: Share, others: Share | None) -> TermFigures | None:
    """Return what was measured of a term, None where nothing was.

    Args:
        term: the term.
        here: its people of the group's.
        others: its people of all others; None where there are none.
    """
    if term.effective_people is None:
        return None
    return TermFigures(
        rate=term.rate,
        rate_elsewhere=term.rate_elsewhere,
        lrc=term.lrc,
        q=term.q,
        dispersion=term.dispersion,
        effective_people=term.effective_people,
        threads=term.threads,
        common_rank=term.common_rank,
        trend=term.trend,
        trend_interval=term.trend_interval,
        apart=share_of(term.people_apart, here.total),
        apart_others=share_of(term.elsewhere_apart, others.total) if others else None,
        chosen=term.chosen,
        unseen_here=term.unseen_here,
        unseen_elsewhere=term.unseen_elsewhere,
        unseen_q=term.unseen_q,
        people=term.people,
    )


def _signed(value: float) -> str:
    return f"{value:.1f}".replace("-", "\u2212") if math.isfinite(value) else "\u2013"
