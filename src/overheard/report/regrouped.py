"""What became of families and parts of pains when the pains were grouped anew?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from overheard.records import GroupEvent
from overheard.report.figures import Share, counted
from overheard.report.findings import Market
from overheard.report.level_view import GroupChange, GroupKind, LevelView, Regrouped, families_and_parts
from overheard.report.nights.summary import Group
from overheard.report.quotes import Quoter

KINDS: tuple[GroupKind, ...] = ("family of pains", "part of a pain")
MOST_LINES = 12
"""Lines told of one regrouping; all groups as they are now are in levels.csv."""


class Regroupings:
    """What happened to families and parts over the nights, as far as it may be told.

    A name is told only where it stands in this report or stood in an earlier one: others may be of too few people.
    """

    def __init__(self, market: Market, quoter: Quoter, levels: Sequence[LevelView]) -> None:
        """Args: market: with the events; quoter: blots names; levels: those that are shown."""
        findings = market.findings
        # Where no level but the pains is shown, nobody asks what became of the others.
        events = findings.pain_group_events if levels else ()
        self._events = sorted(events, key=lambda event: (event.night, event.group_id, event.what))
        self._quoter = quoter
        self._shown = families_and_parts(levels)
        self._shares = {one.name: one.share for level in levels for one in level.groups}
        self._then: dict[str, tuple[GroupKind, Group]] = {}
        self._names = set(self._shares)
        for night in sorted((one.night for one in findings.earlier), key=lambda one: (one.night, one.report_id)):
            for kind, groups in zip((None, *KINDS), (night.pains, night.families, night.parts), strict=True):
                large = [one for one in groups if one.people >= market.smallest]
                self._names |= {one.name for one in large}
                self._then |= {one.group_id: (kind, one) for one in large if kind}

    def since(self, night: str) -> Regrouped:
        """Tell what changed after a night (ISO date), in all: what came and went in between is not told."""
        return self._tell(night, [one for one in self._events if one.night.isoformat() > night])

    def of(self, night: str) -> Regrouped:
        """Tell what changed in one night (ISO date)."""
        return self._tell(night, [one for one in self._events if one.night.isoformat() == night])

    def last(self) -> Regrouped | None:
        """Tell what changed in the newest night in which anything did; None where nothing of it may be told."""
        found = self.of(self._events[-1].night.isoformat()) if self._events else None
        return found if found and found.changes else None

    def _tell(self, night: str, events: Sequence[GroupEvent]) -> Regrouped:
        found, hidden = [], 0
        for group_id, rows in groupby(sorted(events, key=lambda one: one.group_id), lambda one: one.group_id):
            own = list(rows)
            told = self._change(group_id, own)
            found += [told] if told else []
            hidden += told is None and not _is_passing(own)
        # The sort is stable: groups of as many people stay in the order of their ids.
        ranked = sorted(found, key=lambda one: (KINDS.index(one.kind), -one.people))
        return Regrouped(night, tuple(ranked[:MOST_LINES]), len(ranked[MOST_LINES:]), hidden)

    def _change(self, group_id: str, events: Sequence[GroupEvent]) -> GroupChange | None:
        """Tell what became of one group, None where it may not be told."""
        first, last = events[0], events[-1]
        if last.what == "died":
            return self._death(group_id, last) if first.what != "born" else None
        if group_id not in self._shown:
            return None
        kind, group = self._shown[group_id]
        within = f", part of “{group.parent}”" if group.parent else ""
        people = f"{_people(group.share)}{within}"
        if first.what == "born":
            was = self._known(first.evidence.removeprefix("most of it was in “").removesuffix("” before"))
            before = f"; most of it was in “{was}” before" if was else ""
            return GroupChange(kind, group.name, "is new", f"{people}{before}", group.share.count)
        was = self._known(first.evidence.partition("” → “")[0].removeprefix("“"))
        if not was or was == group.name:
            return None
        return GroupChange(kind, group.name, "has another name", f"{people}; it was “{was}”", group.share.count)

    def _death(self, group_id: str, event: GroupEvent) -> GroupChange | None:
        kind, group = self._then.get(group_id, (None, None))
        if kind is None or group is None:
            return None
        target = self._known(event.evidence.removesuffix("” now").rpartition("” is in “")[2])
        share = self._shares.get(target)
        # Only one of the two figures: who knows one of those who came or went would learn from both what they said.
        evidence = (
            f"most of it is in “{target}” now, {_people(share)}"
            if share
            else f"{counted(group.people, 'person', 'people')} then"
        )
        return GroupChange(kind, self._quoter.clean(group.name), "is no longer told apart", evidence, group.people)

    def _known(self, name: str) -> str:
        shown = self._quoter.clean(name)
        return shown if shown in self._names else ""


def _is_passing(events: Sequence[GroupEvent]) -> bool:
    return events[0].what == "born" and events[-1].what == "died"


def _people(share: Share) -> str:
    return f"{share.counted} people"
