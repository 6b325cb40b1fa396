"""What the page on who is like whom shows, ready to print: people by numbers, quotes verbatim and blotted."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.report.quotes import Quote


@dataclass(frozen=True, slots=True)
class FellowView:
    """One person, by their number in the grid. `person` is the pseudonym of sheets, `sheets` are (title, address).

    `nearest` is the number of the person most like them, `alone` what nobody else comes near.
    """

    number: int
    person: str
    person_id: str
    sentences: int
    sheets: tuple[tuple[str, str], ...]
    nearest: int
    alone: Quote | None


@dataclass(frozen=True, slots=True)
class TogetherView:
    """People to judge together, by their numbers."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two people, by their numbers. `rank` counts from 1; `shade` is 0-3; `is_mutual`: each is most like the other.

    `both` are pairs of quotes, each (first's, second's); `pains` the names of pains both tell; `group` the group both
    are in, or "".
    """

    first: int
    second: int
    rank: int
    likeness: float
    shade: int
    is_mutual: bool
    both: tuple[tuple[Quote, Quote], ...]
    pains: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """A pain and the numbers of those who tell it and of those who do not."""

    name: str
    tellers: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AffinityView:
    """Who is like whom. `are_segments`: the groups are segments; else nobody judged them yet.

    `grouped` are not alone; `pains` are told by two or more, most people first; `asked` are those worth asking the
    others about; `needed` is how many more people segments need, 0 where they are enough.
    """

    people: tuple[FellowView, ...]
    groups: tuple[TogetherView, ...]
    are_segments: bool
    alone: tuple[int, ...]
    pairs: tuple[PairView, ...]
    pains: tuple[ToldView, ...]
    asked: tuple[ToldView, ...]
    too_little: int
    left_out: int
    needed: int

    @property
    def shown(self) -> tuple[PairView, ...]:
        """The pairs a page shows: of the more alike half those with quotes, most alike first."""
        return tuple(pair for pair in self.pairs if pair.both and pair.shade)[:MOST_PAIRS]


MOST_PAIRS = 24
"""Pairs on the page; all are in affinity.csv."""
