"""How far do a segment's people come: acquired, activated, retained, referring, paying?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from overheard.proportion import wilson_interval
from overheard.records import FunnelEvent, Stage

BASES: Mapping[Stage, Stage] = {
    "activation": "acquisition",
    "retention": "activation",
    "referral": "activation",
    "revenue": "activation",
}
"""Of whom a stage is a share: only whoever got to know the product can come back, refer or pay."""


@dataclass(frozen=True, slots=True)
class StageRate:
    """How many of those at the stage before reached `stage` in time, with the 95 % interval of the share (0-1).

    `waiting` people are left out of both: their time to get there is not over.
    """

    stage: Stage
    people: int
    of: int
    waiting: int
    low: float
    high: float


def rate_stages(
    events: Sequence[FunnelEvent],
    people: Collection[str],
    windows: Mapping[Stage, int],
    until: datetime,
) -> tuple[StageRate, ...]:
    """Rate each stage after acquisition, counted in people.

    Args:
        events: what happened, in any order; a repeated event_id counts once.
        people: whom to count, by person_id.
        windows: days after the stage before within which a stage counts (after acquisition for activation).
        until: when the record ends; whoever's window is still open then is waiting.

    Returns:
        One rate a stage of `BASES`, in its order.
    """
    first = _first_times(events, people)
    return tuple(_rate(stage, first, events, people, windows, until) for stage in BASES)


def _first_times(events: Sequence[FunnelEvent], people: Collection[str]) -> dict[tuple[str, Stage], datetime]:
    first: dict[tuple[str, Stage], datetime] = {}
    for event in events:
        key = event.person_id, event.stage
        if event.person_id in people and (key not in first or event.happened_at < first[key]):
            first[key] = event.happened_at
    return first


def _rate(
    stage: Stage,
    first: Mapping[tuple[str, Stage], datetime],
    events: Sequence[FunnelEvent],
    people: Collection[str],
    windows: Mapping[Stage, int],
    until: datetime,
) -> StageRate:
    window = timedelta(days=windows[stage])
    began = {person: at for (person, one), at in first.items() if one == BASES[stage]}
    reached = {
        event.person_id
        for event in events
        if event.stage == stage
        and event.person_id in began
        and began[event.person_id] <= event.happened_at <= began[event.person_id] + window
    }
    over = {person for person, at in began.items() if person in reached or at + window <= until}
    low, high = wilson_interval(len(reached), len(over))
    return StageRate(stage, len(reached), len(over), len(began) - len(over), low, high)


def cohorts_of(events: Sequence[FunnelEvent], people: Collection[str]) -> tuple[tuple[date, frozenset[str]], ...]:
    """Return people by the Monday of the week they were acquired in, oldest first."""
    weeks = {
        person: at.date() - timedelta(days=at.weekday())
        for (person, stage), at in _first_times(events, people).items()
        if stage == "acquisition"
    }
    by_week = groupby(sorted(weeks, key=lambda person: (weeks[person], person)), key=weeks.__getitem__)
    return tuple((week, frozenset(group)) for week, group in by_week)
