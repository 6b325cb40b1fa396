"""On which days was somebody heard? What every share over time is a share of, worked out once for all pains."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


class Calendar:
    """The time from the first post to the last, and the people heard in equal parts of it."""

    def __init__(self, said: Iterable[tuple[date, str]]) -> None:
        """Args: said: day and person of each post that has a day."""
        self._said = list(said)
        self.first = min((day for day, _ in self._said), default=date.min)
        self.last = max((day for day, _ in self._said), default=date.min)
        self._heard: dict[int, tuple[int, ...]] = {}

    @property
    def days(self) -> int:
        """Days from the first post to the last, both counted; 1 where none has a date."""
        return (self.last - self.first).days + 1

    def part(self, day: date, parts: int) -> int:
        """Return in which of `parts` equal times a day lies, from 0."""
        return (day - self.first).days * parts // self.days

    def people(self, told: Iterable[tuple[date, str]], parts: int) -> tuple[int, ...]:
        """Count the people of each of `parts` equal times.

        Args:
            told: day and person of what they told; days within the calendar's.
            parts: how many times.
        """
        people: list[set[str]] = [set() for _ in range(parts)]
        for day, person in told:
            people[self.part(day, parts)].add(person)
        return tuple(len(own) for own in people)

    def heard(self, parts: int) -> tuple[int, ...]:
        """Count all people heard in each of `parts` equal times."""
        if parts not in self._heard:
            self._heard[parts] = self.people(self._said, parts)
        return self._heard[parts]
