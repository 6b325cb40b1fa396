"""What changed since the night before?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from overheard.records import GroupEvent
from overheard.report.findings import Market
from overheard.report.quotes import Quoter
from overheard.report.regrouped import Regroupings
from overheard.report.view import ChangesView, PainView, SegmentView

WORDS = {
    "born": "is new",
    "died": "is no longer heard",
    "revived": "is heard again",
    "grew": "grew",
    "shrank": "shrank",
    "drifted": "is about something else by now",
    "split": "split",
    "merged": "was merged",
    "renamed": "was renamed",
}
MOST_LINES = 12

Line = tuple[str, str, str, str]


def changes_view(
    market: Market,
    quoter: Quoter,
    segments: Iterable[SegmentView],
    pains: Iterable[PainView],
    regroupings: Regroupings,
) -> ChangesView | None:
    """View the events of the newest night; None where there are none.

    Events of groups too small to show are counted only, and numbers too small to show are left out of the others. What
    became of families and parts comes last, for most of it follows from what became of the pains.
    """
    findings = market.findings
    told = (findings.segment_events, findings.pain_events, findings.pain_group_events)
    nights = [event.night for events in told for event in events]
    if not nights:
        return None
    night = max(nights)
    groups = (
        ("segment", findings.segment_events, {one.segment_id: one.name for one in segments},
         {one.segment_id for one in findings.segments}),
        ("pain", findings.pain_events, {one.pain_id: one.name for one in pains},
         {one.pain_id for one in findings.pains}),
    )  # fmt: skip
    lines: list[Line] = []
    hidden = 0
    is_first = min(nights) == night
    for kind, events, names, known in groups:
        tonight = [event for event in events if event.night == night]
        is_first = is_first and all(event.what == "born" for event in tonight)
        shown = [event for event in tonight if event.group_id in names or event.group_id not in known]
        hidden += len(tonight) - len(shown)
        lines += [_line(kind, event, names, market.smallest, quoter) for event in shown]
    ranked = sorted(lines, key=lambda line: (line[0] != "segment", line[2], line[1], line[3]))
    regrouped = regroupings.of(night.isoformat())
    ranked += [(one.kind, one.name, one.what, one.evidence) for one in regrouped.changes]
    hidden += len(ranked[MOST_LINES:]) + regrouped.more + regrouped.hidden
    return ChangesView(night.isoformat(), is_first, tuple(ranked[:MOST_LINES]), hidden)


def _line(kind: str, event: GroupEvent, names: Mapping[str, str], smallest: int, quoter: Quoter) -> Line:
    evidence = evidence_shown(event, smallest, quoter)
    return kind, names.get(event.group_id, ""), WORDS.get(event.what, event.what), evidence


def evidence_shown(event: GroupEvent, smallest: int, quoter: Quoter) -> str:
    """Return the evidence of an event, "" where a number of it, or what it changed by, is too small to show."""
    counts = [int(digits) for digits in re.findall(r"\d+", event.evidence)]
    counts += [abs(int(now) - int(then)) for then, now in re.findall(r"(\d+) to (\d+)", event.evidence)]
    return quoter.clean(event.evidence) if all(count >= smallest for count in counts) else ""
