"""What changed since the last accepted report, in a few lines to read first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overheard.report.figures import counted
from overheard.report.level_view import Regrouped
from overheard.report.nights.compare import CLOSE, Became, Comparison, Move, SegmentMove
from overheard.report.nights.page import NightsView

MOST_LINES = 5
MOST_WORDS = 3
"""New words told of a segment; the page of nights has all."""
MOVED = 0.25
"""Least relative change of a segment's people that is told; less is the noise of a night."""
BECAME: dict[Became, str] = {"is new": "New pain", "rose": "Told by a larger share", "fell": "Told by a smaller share",
          "is gone": "No longer shown"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SinceView:
    """What changed since one earlier report: lines of the whole market, and of each segment by its id.

    `night` is the earlier report's; `address` leads to the whole comparison.
    """

    night: str
    is_accepted: bool
    address: str
    lines: tuple[str, ...]
    more: int
    by_segment: Mapping[str, tuple[str, ...]]


def since_view(nights: NightsView, night: str, accepted: str, regrouped: Mapping[str, Regrouped]) -> SinceView | None:
    """View what changed since the accepted report, or, where none is, since the newest one of an earlier night.

    Reports of the same night are passed over, so that making a report again tells nothing else.

    Args:
        nights: the reports beside this one.
        night: of this report, an ISO date.
        accepted: the folder of the report that was accepted, "" where none was.
        regrouped: what became of families and parts of pains since each night.
    """
    older = [pair for pair in nights.pairs if pair[0].night.night < night]
    pair = next((one for one in older if one[0].folder == accepted), older[0] if older else None)
    if pair is None:
        return None
    earlier, comparison = pair
    of_segments = _lines_of_segments(comparison)
    groups = regrouped.get(earlier.night.night, Regrouped("", (), 0, 0))
    of_groups = [f"{one.sentence}." for one in groups.changes]
    lines = [*of_segments, *_lines_of_pains(comparison), *of_groups][:MOST_LINES]
    return SinceView(
        night=earlier.night.night,
        is_accepted=earlier.folder == accepted,
        address=f"nights.html#with-{earlier.folder}",
        lines=tuple(lines),
        more=len(of_segments) + comparison.changes + len(of_groups) + groups.more - len(lines),
        by_segment={one.move.group_id: tuple(_segment_lines(one)[:MOST_LINES]) for one in comparison.segments},
    )


def _lines_of_segments(one: Comparison) -> list[str]:
    lines = []
    for segment in one.segments:
        if segment.move.then is None or segment.move.now is None:
            became = "New segment" if segment.move.then is None else "Segment no longer shown"
            lines.append(f"{became}: {_told(segment.move)}.")
        elif _has_moved(segment.move):
            lines.append(f"Segment {_told(segment.move)}.")
    return lines


def _lines_of_pains(one: Comparison) -> list[str]:
    """Take from each sort in turn the pain whose share changed most."""
    return [
        f"{told}: {_told(move)}."
        for rank in range(MOST_LINES)
        for word, told in BECAME.items()
        for move in one.pains[word][rank : rank + 1]
    ]


def _segment_lines(one: SegmentMove) -> list[str]:
    then, now = one.move.then, one.move.now
    if then is None or now is None:
        return ["This segment is new."]
    lines = [f"{counted(then.count, 'person', 'people')} then, {now.count:,} now."] if _has_moved(one.move) else []
    if one.words_in:
        lines.append(f"New among their words: {', '.join(f'“{word}”' for word in one.words_in[:MOST_WORDS])}.")
    if one.words_out:
        lines.append(f"No longer among them: {', '.join(f'“{word}”' for word in one.words_out[:MOST_WORDS])}.")
    return lines


def _told(move: Move) -> str:
    if move.is_close and move.now:
        return f"“{move.name}”, now {move.now.counted} people, {CLOSE}"
    shares = [share.counted for share in (move.then, move.now) if share]
    return f"“{move.name}”, {' people, now '.join(shares)}{'' if len(shares) > 1 else ' people'}"


def _has_moved(move: Move) -> bool:
    if move.is_close or move.then is None or move.now is None:
        return False
    return abs(move.now.count - move.then.count) >= MOVED * move.then.count
