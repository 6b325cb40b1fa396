"""Which group of tonight is which group of last night: pains and segments keep their ids while their members stay.

Works on members, not on geometry (MONIC, Spiliopoulou et al., 2006), so it holds for any clusterer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overheard.records import GroupEvent, id_of

SURVIVES_AT = 0.3
"""Least Jaccard overlap, on members known both nights, for a group to be the same one (MONIC's split threshold)."""

GREW_BY = 0.25
"""Least relative change of size that is told as an event; smaller ones are noise of a night."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Ids of tonight's groups, in their order, and what happened since last night."""

    ids: tuple[str, ...]
    events: tuple[GroupEvent, ...]


def match_groups(
    before: Mapping[str, frozenset[str]], tonight: Sequence[frozenset[str]], kind: str, night: date
) -> Matching:
    """Carry ids from `before` to `tonight` by shared members, one to one.

    Overlap is the Jaccard index over the members that were grouped on both nights, so that new members alone never
    change an identity. Pairs are taken best first; ties go to the larger group, then to the smaller id.

    Args:
        before: last night's members by group id.
        tonight: members of tonight's groups; the groups are disjoint.
        kind: what is grouped ("pain", "segment"); part of new ids.
        night: the night the events are written under.

    Returns:
        An id for each group of tonight and the events. New ids are hashes of the group's members.
    """
    known = frozenset().union(*before.values()) if before else frozenset()
    grouped = frozenset().union(*tonight) if tonight else frozenset()
    shared = known & grouped
    pairs = []
    for row, members in enumerate(tonight):
        for group_id, old in before.items():
            both = len(members & old)
            either = len((members | old) & shared)
            if both and both / either >= SURVIVES_AT:
                pairs.append((-both / either, -len(old), group_id, row))
    ids: dict[int, str] = {}
    for _, _, group_id, row in sorted(pairs):
        if row not in ids and group_id not in ids.values():
            ids[row] = group_id
    new = {row: id_of(kind, *sorted(members)) for row, members in enumerate(tonight) if row not in ids}
    events = _events(before, tonight, ids, new, night)
    return Matching(tuple((ids | new)[row] for row in range(len(tonight))), events)


def _events(
    before: Mapping[str, frozenset[str]],
    tonight: Sequence[frozenset[str]],
    kept: Mapping[int, str],
    new: Mapping[int, str],
    night: date,
) -> tuple[GroupEvent, ...]:
    events = [GroupEvent(night, group_id, "born", f"{len(tonight[row])} members") for row, group_id in new.items()]
    for row, group_id in kept.items():
        was, now = len(before[group_id]), len(tonight[row])
        if abs(now - was) / was >= GREW_BY:
            events.append(GroupEvent(night, group_id, "grew" if now > was else "shrank", f"{was} to {now} members"))
    gone = set(before) - set(kept.values())
    events += [GroupEvent(night, group_id, "died", f"{len(before[group_id])} members") for group_id in gone]
    return tuple(sorted(events, key=lambda event: (event.group_id, event.what)))
