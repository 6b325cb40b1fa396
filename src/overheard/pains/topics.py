"""What grouping pains returns: which text is in which topic, and each topic's centre, words and name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One group of texts that hurt alike.

    `rows` are all members, ascending; `central` up to ten of them, the medoid first, one per person first and no text
    twice; `words` up to ten distinctive terms, best first; `people` counts distinct people among the members.
    """

    rows: tuple[int, ...]
    central: tuple[int, ...]
    words: tuple[str, ...]
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class PainFit:
    """The grouping of n texts. Every tuple but `topics` has one entry per text, in the order given.

    `labels` index `topics` (largest first) and are None where a text is too far from every topic; `probabilities` are
    0-1, and 0 where unassigned.
    """

    ids: tuple[str, ...]
    labels: tuple[int | None, ...]
    probabilities: tuple[float, ...]
    topics: tuple[Topic, ...]
