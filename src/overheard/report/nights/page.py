"""The page of nights: every earlier report, and what changed since each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from overheard.records import Membership
from overheard.report.nights.compare import CLOSE, Comparison, compare_nights
from overheard.report.nights.summary import MOST_TERMS, Earlier, Night
from overheard.report.view import ReportView

NIGHTS_FILE = "nights.html"
COMPARED, MONTHS = 20, 12
"""Newest earlier reports this one is compared with; of those before, the first of each of so many months."""
LISTED = 400
"""Reports in the calendar: a year of nights and some made by day."""
IN_GRID = 12
"""Reports of which any two can be chosen at a glance; older ones by way of the later one's own page."""


@dataclass(frozen=True, slots=True)
class NightRow:
    """A report in the calendar. `folder` is "" for this one; `is_compared` with this one."""

    folder: str
    night: Night
    is_compared: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """An earlier report against later ones: (address of the comparison or "", pains changed), in the columns' order."""

    night: Night
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NightsView:
    """`rows` are newest first, `pairs` (earlier report, what changed since) too; `older` reports are not listed."""

    rows: tuple[NightRow, ...]
    older: int
    pairs: tuple[tuple[Earlier, Comparison], ...]
    columns: tuple[Night, ...]
    grid: tuple[GridRow, ...]


def nights_view(
    now: Night, reports: Collection[Earlier], memberships: Sequence[Membership], smallest: int
) -> NightsView:
    """View the calendar.

    Args:
        now: this report.
        reports: those beside it. Of the same findings, or of a later night, are not told.
        memberships: who is and was in which segment.
        smallest: people that may be shown.
    """
    shelf = sorted(
        (one for one in reports if one.night.report_id != now.report_id and one.night.night <= now.night),
        key=lambda one: (one.night.night, one.folder),
        reverse=True,
    )
    compared = _compared(shelf)
    columns, grid = _grid(now, shelf, smallest)
    return NightsView(
        rows=(
            NightRow("", now, False),
            *(NightRow(one.folder, one.night, one in compared) for one in shelf[:LISTED]),
        ),
        older=len(shelf[LISTED:]),
        pairs=tuple((one, compare_nights(one.night, now, memberships, smallest)) for one in compared),
        columns=columns,
        grid=grid,
    )


def nights_shown(view: ReportView) -> dict[str, Any]:
    """Return what the template of the page knows beside the whole view."""
    files = {pain.pain_id: pain.file for pain in view.pains}
    segments = {segment.segment_id: segment.file for segment in view.segments}
    told = {"most_terms": MOST_TERMS, "close": CLOSE}
    return {"nights": view.nights, "pain_files": files, "segment_files": segments, **told}


def _compared(shelf: Sequence[Earlier]) -> list[Earlier]:
    """Choose what to compare with: the newest, and of what is older the first of each month."""
    months = {one.night.night[:7]: one for one in shelf[COMPARED:]}
    return [*shelf[:COMPARED], *list(months.values())[:MONTHS]]


def _grid(now: Night, shelf: Sequence[Earlier], smallest: int) -> tuple[tuple[Night, ...], tuple[GridRow, ...]]:
    """Lead from each two of the newest reports to where they are compared: the page of the later one.

    Of two reports of one night nobody knows which one was made first, so they are compared only with this one.
    """
    later = [Earlier("", now), *shelf[: IN_GRID - 1]]
    rows = []
    for earlier in shelf[: IN_GRID - 1]:
        cells = []
        for one in later[:-1]:
            if one.folder and one.night.night <= earlier.night.night:
                cells.append(("", 0))
                continue
            place = f"{f'../{one.folder}/{NIGHTS_FILE}' if one.folder else ''}#with-{earlier.folder}"
            cells.append((place, compare_nights(earlier.night, one.night, (), smallest).changes))
        rows.append(GridRow(earlier.night, tuple(cells)))
    return tuple(one.night for one in later[:-1]), tuple(rows) if len(rows) > 1 else ()
