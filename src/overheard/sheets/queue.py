"""In which order should a person read, so that pains nobody has read yet come early?

Greedy facility location (Nemhauser, Wolsey and Fisher, 1978): each next passage is the one that adds most, for each
sentence it costs to read, to how well all pain sentences are represented by something read already. It takes what
stands for many first, one of each region before a second, and does not run after outliers, as the farthest-first order
does. Gains only shrink, so those that were small before need not be measured again (Minoux, 1978).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.records import Signal
from overheard.sheets.passages import Passage

UNRELATED = 0.4
"""Cosine up to which two sentences have nothing in common; likeness counts from here on. From 0 to .5 the measured
orders hardly differ, above they get worse."""
ALIKE = 0.65
"""Cosine from which on two sentences say much the same."""
MOST_REPRESENTED = 2500
"""Pain sentences the gains are measured on; of more, an even sample stands for all."""
_BLOCK = 32
"""Passages measured at once."""
_DECIMALS = 4
"""Gains are compared at this precision: what differs by less differs by the order of additions."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage to read, with the pain signals in it.

    `like` is the place (from 0) of the earliest turn before it that says much the same, None for the first of its kind.
    """

    passage: Passage
    signals: tuple[Signal, ...]
    like: int | None


def order_reading(passages: Sequence[Passage], signals: Sequence[Signal], vectors: Floats, most: int) -> list[Turn]:
    """Choose what to read, in order.

    What says much the same as something read already comes after everything that does not.

    Args:
        passages: to choose from; their `rows` point into `signals`.
        signals: the pain signals.
        vectors: of the signals' sentences, unit length, shape (signals, dimensions), row i = i-th signal.
        most: how many passages are wanted.

    Returns:
        At most `most` turns; the same for the same passages, signals and vectors, in whatever order they come.
    """
    if not passages or most < 1:
        return []
    crowd = _Crowd(signals, vectors)
    places = sorted(passages, key=lambda one: (one.utterance_id, one.start, one.end))
    waiting = _Waiting(places, crowd)
    turns: list[Turn] = []
    heard: list[Floats] = []
    later: list[int] = []
    voices = 1
    while len(turns) < most and (waiting or later):
        if not waiting:
            waiting.put_back(later)
            later, voices = [], voices + 1
        at = waiting.take_best()
        own = crowd.vectors_of(places[at].rows)
        like = [turn for turn, read in enumerate(heard) if float((own @ read.T).max()) >= ALIKE]
        if len(like) >= voices:
            later.append(at)
            continue
        crowd.read(own)
        heard.append(own)
        told = tuple(signals[row] for row in places[at].rows)
        turns.append(Turn(places[at], told, like[0] if like else None))
    return turns


class _Crowd:
    """All pain sentences, and how well each is represented by what was read so far."""

    def __init__(self, signals: Sequence[Signal], vectors: Floats) -> None:
        # By id, which is a hash: an even sample of it is a random one, the same every time.
        by_id = sorted(range(len(signals)), key=lambda row: signals[row].signal_id)
        sample = by_id[:: -(-len(by_id) // MOST_REPRESENTED)]
        self.probability = np.array([signal.probability for signal in signals], dtype=np.float32)
        self.turns = 0
        self._all = vectors
        self._sample = np.ascontiguousarray(vectors[sample].T)
        self._weight = self.probability[sample]
        self._represented = np.full(len(sample), UNRELATED, dtype=np.float32)

    def vectors_of(self, rows: Sequence[int]) -> Floats:
        """Return the vectors of some signals, shape (rows, dimensions)."""
        return self._all[list(rows)]

    def gains(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return what reading each passage would add now, shape (passages,).

        A gain is weighed by how probable it is that the passage tells a pain at all, and shared out over its sentences.
        """
        rows = [row for one in passages for row in one.rows]
        starts = np.cumsum([0, *(len(one.rows) for one in passages)])[:-1]
        likeness = self._all[rows] @ self._sample
        for start, one in zip(starts.tolist(), passages, strict=True):
            if len(one.rows) > 1:  # few: `reduceat` over all of them takes as long as the product
                likeness[start] = likeness[start : start + len(one.rows)].max(axis=0)
        likeness = likeness[starts]
        added = np.maximum(likeness - self._represented, 0) @ self._weight
        sure = np.maximum.reduceat(self.probability[rows], starts)
        return np.asarray(added * sure / [one.sentences for one in passages], dtype=np.float32)

    def read(self, own: Floats) -> None:
        """Count sentences as read."""
        self._represented = np.maximum(self._represented, (own @ self._sample).max(axis=0))
        self.turns += 1


class _Waiting:
    """Passages not read yet, by what reading them would add when that was last measured: never less than now."""

    def __init__(self, passages: Sequence[Passage], crowd: _Crowd) -> None:
        self._passages = passages
        self._crowd = crowd
        self._queue: list[tuple[float, int, int]] = []
        self.put_back(range(len(passages)))

    def __bool__(self) -> bool:
        return bool(self._queue)

    def put_back(self, places: Sequence[int]) -> None:
        """Measure passages and let them wait; `places` are their indices."""
        for begin in range(0, len(places), _BLOCK):
            block = places[begin : begin + _BLOCK]
            gains = self._crowd.gains([self._passages[at] for at in block])
            for at, gain in zip(block, gains.tolist(), strict=True):
                heapq.heappush(self._queue, (-round(gain, _DECIMALS), at, self._crowd.turns))

    def take_best(self) -> int:
        """Take out the passage that adds most now and return its index."""
        while True:
            _, at, measured = heapq.heappop(self._queue)
            if measured == self._crowd.turns:
                return at
            stale = [at]
            while self._queue and len(stale) < _BLOCK and self._queue[0][2] != self._crowd.turns:
                stale.append(heapq.heappop(self._queue)[1])
            self.put_back(stale)
