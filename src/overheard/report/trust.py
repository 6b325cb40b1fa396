"""How far a segment can be trusted, in words, with the reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from overheard.report.figures import counted, number

Standing = Literal["usable", "thin", "do not use"]

FEWEST_POINTS = 5
"""Independent people below which nothing is concluded about a segment, whatever may be shown of it."""
FEWEST_PEOPLE = 12
"""12 to 15 interviews tell about 80 % of a segment's pains (Wiebe)."""
STABLE = 0.75
DOUBTFUL = 0.6
HIGHLY_STABLE = 0.85
"""Bootstrap Jaccard bands of Hennig (2007): under .6 do not trust, .6-.75 a pattern with doubtful members."""
LOUD_SHARE = 0.25
TOO_LOUD_SHARE = 0.5
"""Share of a segment's pain sentences told by its loudest person."""
FEWEST_THREADS = 3


@dataclass(frozen=True, slots=True)
class Stability:
    """`value` is 0-1, None where not measured; `word` names its band, `meaning` says what that means for the reader."""

    value: float | None
    word: str
    meaning: str

    @property
    def is_enough(self) -> bool:
        """Whether no verdict names it as a reason."""
        return self.value is not None and self.value >= STABLE

    @property
    def shown(self) -> str:
        """The figure and its word."""
        return self.word if self.value is None else f"{self.value:.2f}, {self.word}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to work with a segment; `reasons` are the gates it failed, or why it passed."""

    standing: Standing
    reasons: tuple[str, ...]


def stability_of(value: float | None) -> Stability:
    """Put a stability (mean best Jaccard overlap under resampling, 0-1; None: made by hand) into words."""
    if value is None:
        return Stability(
            None, "made by hand", "a person judged who belongs together; nothing was drawn again to test it"
        )
    if math.isnan(value) or value < DOUBTFUL:
        shown = 0.0 if math.isnan(value) else value
        return Stability(shown, "unstable", "drawn again at random, the people fall into other groups")
    if value < STABLE:
        return Stability(value, "wavering", "the pattern comes back, but who belongs to it is doubtful")
    if value < HIGHLY_STABLE:
        return Stability(value, "stable", "most of the same people come back together when the people are drawn again")
    return Stability(value, "very stable", "nearly the same people come back together when the people are drawn again")


def loudest(people: Iterable[str]) -> tuple[int, int]:
    """Return how many sentences the loudest person told, of how many; `people` has one entry a sentence."""
    counts = Counter(people)
    return max(counts.values(), default=0), sum(counts.values())


def judge(people: int, stability: float | None, loudest_told: int, told: int, threads: int) -> Verdict:
    """Judge a segment by its gates.

    Args:
        people: its members.
        stability: 0-1; None where a person made the segment.
        loudest_told: pain sentences of its loudest person.
        told: pain sentences of all its people.
        threads: distinct threads they stand in.
    """
    share = loudest_told / told if told else 1.0
    one_voice = f"one person told {number(loudest_told)} of its {counted(told, 'pain sentence')}"
    refused, thin = [], []
    if not told:
        refused.append("its people told no pain that could be placed")
    if people < FEWEST_POINTS:
        refused.append(f"fewer than {FEWEST_POINTS} people")
    elif people < FEWEST_PEOPLE:
        thin.append(f"{number(people)} people, fewer than {FEWEST_PEOPLE}: expect pains not heard yet")
    if stability is None:
        thin.append("made by hand, so its stability is not known")
    elif math.isnan(stability) or stability < DOUBTFUL:
        shown = 0.0 if math.isnan(stability) else stability
        refused.append(f"drawn again, its people fall into other groups (stability {shown:.2f}, {DOUBTFUL:.2f} needed)")
    elif stability < STABLE:
        thin.append(f"who belongs to it is doubtful (stability {stability:.2f}, {STABLE:.2f} needed)")
    if told and share > TOO_LOUD_SHARE:
        refused.append(one_voice)
    elif told and share > LOUD_SHARE:
        thin.append(one_voice)
    if told and threads < FEWEST_THREADS:
        thin.append(f"heard in only {counted(threads, 'thread')}")
    # A person who made a segment has judged it: its gates are told, and do not forbid it.
    if refused and stability is not None:
        return Verdict("do not use", (*refused, *thin))
    if refused or thin:
        return Verdict("thin", (*refused, *thin))
    return Verdict("usable", ("enough people, stable, and no single voice carries it",))
