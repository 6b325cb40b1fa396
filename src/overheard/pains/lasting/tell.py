"""How what happened to a pain is said: counts of people, and never a figure for fewer than a small group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from overheard.pains.lasting.standing import Rows, Sentences
from overheard.records import GroupEvent, LastingPain


@dataclass(frozen=True, slots=True)
class Teller:
    """Says figures of a night. `smallest` is the fewest people a figure may be about."""

    night: date
    smallest: int

    def event(self, pain_id: str, what: str, evidence: str) -> GroupEvent:
        """Return an event of tonight."""
        return GroupEvent(self.night, pain_id, what, evidence)

    def people(self, count: int) -> str:
        """Say how many people."""
        return f"{count} people" if count >= self.smallest else "a few people"

    def change(self, before: int, now: int) -> str:
        """Say from how many people to how many; not told where either or the difference is of a small group."""
        if min(before, now, abs(now - before)) < self.smallest:
            return "by more than a quarter"
        return f"{before} to {now} people"

    def part(self, sentences: Sentences, some: Rows, whole: Rows) -> str:
        """Say how much of `whole` its part `some` is, in sentences; in words where a small group would show through."""
        chosen = set(some.tolist())
        inside = {sentences.people[row] for row in chosen}
        outside = {sentences.people[row] for row in whole.tolist() if row not in chosen}
        if len(chosen) == len(whole):
            return f"all {len(whole)} sentences" if len(inside) >= self.smallest else "all of its sentences"
        if min(len(inside), len(outside)) >= self.smallest:
            return f"{len(chosen)} of {len(whole)} sentences"
        return "most of its sentences" if 2 * len(chosen) > len(whole) else "some of its sentences"


def with_names(events: Iterable[GroupEvent], pains: Mapping[str, LastingPain]) -> list[GroupEvent]:
    """Put pains' names where evidence speaks of their ids."""

    def name(found: re.Match[str]) -> str:
        return f"“{pains[found[1]].name}”" if found[1] in pains else found[0]

    return [replace(event, evidence=re.sub(r"\{([^{}]*)\}", name, event.evidence)) for event in events]
