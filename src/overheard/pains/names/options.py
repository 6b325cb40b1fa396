"""The names one topic could have: a phrase, or two that say together what neither says alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.pains.names.phrases import DENIED
from overheard.pains.names.said import Candidate, Key, Wordings
from overheard.pains.names.score import FEWEST_USERS, likeness_of, merit_of, nearness

MOST_OPTIONS = 30
"""Names kept of a topic, so that it finds one when others take its first; each is as long as there are topics."""

FIRSTS, SECONDS = 6, 15
"""Of the best phrases, those that may stand first in a name of two, and second."""

GAIN, GAIN_ALONE = 0.03, 0.0
"""By how much nearer two phrases must stand to the topic than the first, to name it together; than a single word."""

MOST_ALIKE = 0.65
"""Cosine of two phrases beyond which the second only repeats the first."""


@dataclass(frozen=True, slots=True)
class Option:
    """A name one topic could have.

    `parts` are its phrases; `score` says how well it names the topic by itself; `vector`, shape (dims,), is what it
    means; `likeness`, shape (topics,), how alike it is to each topic.
    """

    parts: tuple[Candidate, ...]
    score: float
    vector: NDArray[np.float64]
    likeness: NDArray[np.float64]

    @property
    def text(self) -> str:
        """The name as it is shown."""
        return " · ".join(one.text for one in self.parts)

    @property
    def keys(self) -> frozenset[Key]:
        """What no other topic's name may hold: its phrases, however they are said."""
        return frozenset(one.key - {DENIED} for one in self.parts)


def options_of(
    candidates: Sequence[Candidate],
    rows: NDArray[np.float32],
    wordings: Wordings,
    centroids: NDArray[np.float64],
    topic: int,
) -> list[Option]:
    """Return the best names of one topic, best first.

    Args:
        candidates: its phrases, one or more.
        rows: their unit vectors, shape (candidates, dims).
        wordings: who uses which words.
        centroids: of all topics, shape (topics, dims).
        topic: which one it is.
    """
    likeness = likeness_of(candidates, rows, wordings, centroids)
    merits = np.array([merit_of(one, wordings.crowd[topic]) for one in candidates])
    words = likeness - rows @ centroids.T
    scores = nearness(likeness, topic) + merits
    order = sorted(range(len(candidates)), key=lambda place: (-scores[place], candidates[place].text))
    options = [
        Option((candidates[place],), float(scores[place]), rows[place].astype(np.float64), likeness[place].copy())
        for place in order[:MOST_OPTIONS]
    ]
    for rank, first in enumerate(order[:FIRSTS]):
        said = candidates[first]
        cost = GAIN_ALONE if len(said.key - {DENIED}) == 1 else GAIN
        for second in order[rank + 1 : SECONDS]:
            if _goes_with(candidates[second], said) and float(rows[second] @ rows[first]) <= MOST_ALIKE:
                both = (rows[first] + rows[second]).astype(np.float64)
                length = float(np.linalg.norm(both)) or 1.0
                alike = both / length @ centroids.T + (words[first] + words[second]) / 2
                score = float(nearness(alike[None], topic)[0]) + float(merits[first]) - cost
                options.append(Option((said, candidates[second]), score, both / length, alike))
    return sorted(options, key=lambda one: (-one.score, one.text))[:MOST_OPTIONS]


def _goes_with(one: Candidate, first: Candidate) -> bool:
    """Say whether several people say a phrase and it shares no word, nor one of its family, with the first."""
    repeats = any(
        stem.startswith(told) or told.startswith(stem) for stem in one.key - {DENIED} for told in first.key - {DENIED}
    )
    return one.least >= FEWEST_USERS and not repeats
