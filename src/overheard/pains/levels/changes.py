"""What became of families and parts since last night? What keeps its id and its name is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from overheard.records import GroupEvent, PainGroup


def level_events(
    before: Sequence[PainGroup], tonight: Sequence[PainGroup], places: Mapping[str, str | None], night: date
) -> list[GroupEvent]:
    """Tell the families and parts that are new, are no more, or are called otherwise.

    What happened to pains is told elsewhere. There are no figures in the evidence: parts may be of few people.

    Args:
        before: last night's groups of all levels; where there are none, nothing is told.
        tonight: tonight's.
        places: tonight's pain of each sentence, by signal id.
        night: the night the events are written under.

    Returns:
        The events, by group id and what happened.
    """
    said: dict[str, set[str]] = {}
    for signal_id, pain_id in places.items():
        said.setdefault(pain_id or "", set()).add(signal_id)
    old, new = _families_and_parts(before), _families_and_parts(tonight)
    events = []
    for group_id in sorted(new.keys() - old.keys() if before else ()):
        source = _most_of(new[group_id], before, said)
        events.append(GroupEvent(night, group_id, "born", f"most of it was in “{source}” before" if source else ""))
    for group_id in sorted(old.keys() - new.keys()):
        target, name = _most_of(old[group_id], tonight, said), old[group_id].name
        evidence = f"most of “{name}” is in “{target}” now" if target else f"nothing is left of “{name}”"
        events.append(GroupEvent(night, group_id, "died", evidence))
    for group_id in sorted(old.keys() & new.keys()):
        was, now = old[group_id].name, new[group_id].name
        if was != now:
            events.append(GroupEvent(night, group_id, "renamed", f"“{was}” → “{now}”"))
    return sorted(events, key=lambda event: (event.group_id, event.what))


def _families_and_parts(groups: Sequence[PainGroup]) -> dict[str, PainGroup]:
    """Return the groups that are no pains, by id; one that stands at several levels as it is at the coarsest."""
    pains = {group.group_id for group in groups if group.level == 0}
    found: dict[str, PainGroup] = {}
    for group in groups:
        if group.group_id not in pains:
            found.setdefault(group.group_id, group)
    return found


def _most_of(group: PainGroup, others: Sequence[PainGroup], said: Mapping[str, set[str]]) -> str:
    """Return the name of the group of another night, at the same level, that holds over half of one; "" for none."""
    own = _signals_of(group, said)
    shared = {
        (len(own & _signals_of(other, said)), other.group_id): other.name
        for other in others
        if other.level == group.level
    }
    most = max(shared, default=(0, ""))
    return shared[most] if 2 * most[0] > len(own) else ""


def _signals_of(group: PainGroup, said: Mapping[str, set[str]]) -> set[str]:
    """Return a group's sentences; a family of an earlier night is where its pains' sentences are tonight."""
    return set(group.signals) or set().union(*(said.get(pain_id, ()) for pain_id in group.pains))
