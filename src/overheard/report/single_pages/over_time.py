"""Who says something when: a share over time with its interval, and a strip with a mark for each thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overheard.records import Utterance
from overheard.report.calendar import Calendar
from overheard.report.figures import Share, share_of

WIDTH, HEIGHT = 420.0, 120.0
"""Pixels of the line chart."""
TIMES = (12, 4)
"""Equal times the posts are cut into: twelve, or four where twelve would mostly hold too few people to show."""
SHORTEST_DAYS = 7
"""Of one such time: shorter ones tell of weekdays."""
COLUMNS = 140
"""Of the strip: about two pixels each on a phone."""
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
"""Where the chart's upper edge may be."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the equal times. `share` is None where too few people tell to be shown; pixels from the top left."""

    first_day: str
    last_day: str
    share: Share | None
    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """A share over time. `lines` and `bands` are paths, one for each run of times that may be shown."""

    moments: tuple[Moment, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A mark (x, height; 0-100) for each time a thread began to tell; a high one stands for several threads."""

    marks: tuple[tuple[float, float], ...]
    threads: int
    first_day: str
    last_day: str
    is_single: bool


def timeline_of(calendar: Calendar, told: Sequence[tuple[date, str]], smallest: int) -> Timeline | None:
    """Draw the share of people heard who tell; None where the posts are too near together or too few tell.

    Args:
        calendar: the days of all posts.
        told: day and person of each telling.
        smallest: people that may be shown.
    """
    for times in TIMES:
        if calendar.days < times * SHORTEST_DAYS:
            continue
        shares = map(share_of, calendar.people(told, times), calendar.heard(times))
        shown = [share if share.total and (share.count >= smallest or not share.count) else None for share in shares]
        # A share of a handful of people is all interval; a chart mostly of gaps is none.
        if sum(one is not None and one.count > 0 for one in shown) * 2 > times:
            return _draw(calendar, shown)
    return None


def strip_of(calendar: Calendar, days: Iterable[date]) -> Strip | None:
    """Mark when threads told something; None where no day is known.

    Args:
        calendar: the days of all posts.
        days: the first of each thread in which it is told.
    """
    ordered = sorted(days)
    if not ordered:
        return None
    columns = Counter(calendar.part(day, COLUMNS) for day in ordered)
    most = max(columns.values())
    marks = tuple(
        (round(100 * (column + 0.5) / COLUMNS, 2), round(25 + 75 * count / most) if most > 1 else 100)
        for column, count in sorted(columns.items())
    )
    return Strip(marks, len(ordered), ordered[0].isoformat(), ordered[-1].isoformat(), most == 1)


def first_days(posts: Iterable[Utterance]) -> list[date]:
    """Return the first day of each thread of some posts."""
    days: dict[str, date] = {}
    for post in posts:
        if post.said_at is not None:
            day = post.said_at.date()
            days[post.document_id] = min(day, days.get(post.document_id, day))
    return list(days.values())


def _draw(calendar: Calendar, shares: Sequence[Share | None]) -> Timeline:
    highest = max(share.high for share in shares if share)
    top = next((step for step in STEPS if step >= highest), STEPS[-1])
    moments = []
    for at, share in enumerate(shares):
        # A time begins on the first day that is counted in it.
        first, after = (calendar.first + timedelta(-(-part * calendar.days // len(shares))) for part in (at, at + 1))
        x = round(WIDTH * (at + 0.5) / len(shares), 1)
        y, low, high = (_height(value, top) for value in ((share.point, share.low, share.high) if share else (0, 0, 0)))
        moments.append(Moment(first.isoformat(), (after - timedelta(1)).isoformat(), share, x, y, low, high))
    runs = _runs(moments)
    return Timeline(tuple(moments), tuple(_path((one.x, one.y) for one in run) for run in runs), _bands(runs), top)


def _bands(runs: Iterable[Sequence[Moment]]) -> tuple[str, ...]:
    return tuple(
        _path([*((one.x, one.high) for one in run), *((one.x, one.low) for one in reversed(run))]) + "Z" for run in runs
    )


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _height(value: float, top: float) -> float:
    return round(HEIGHT * (1 - value / top), 1)


def _runs(moments: Sequence[Moment]) -> list[list[Moment]]:
    """Cut a series at its gaps."""
    runs: list[list[Moment]] = [[]]
    for one in moments:
        if one.share is not None:
            runs[-1].append(one)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
