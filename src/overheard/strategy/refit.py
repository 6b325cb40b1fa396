"""What would a regrouping change of the accepted segments? In words, for the person who takes or refuses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from overheard.records import AcceptedSegment

NOWHERE = ""


def describe_refit(
    accepted: Sequence[AcceptedSegment],
    then: Mapping[str, str],
    names: Mapping[str, str],
    now: Mapping[str, str],
    smallest: int,
) -> tuple[str, ...]:
    """Tell where the people of each accepted segment would be, and which segments would be new.

    Args:
        accepted: the segments as they were.
        then: who was in which, person_id → segment_id.
        names: segment_id → name, as regrouped.
        now: who is in which, as regrouped; people in none are left out.
        smallest: people a group needs to be counted; a number that would betray a smaller rest is not told either.

    Returns:
        One line an accepted segment that changes and one a new segment, by name, of those with people enough; () where
        nobody moves.
    """
    lines = []
    for one in sorted(accepted, key=lambda row: (row.name, row.segment_id)):
        people = sorted(person for person, segment in then.items() if segment == one.segment_id)
        places = Counter(now.get(person, NOWHERE) for person in people)
        line = _moves(one, places, names, smallest) if len(people) >= smallest else ""
        lines += [f"“{one.name}”: {line}"] if line else []
    known = {one.segment_id for one in accepted}
    for segment_id, name in sorted(names.items(), key=lambda row: (row[1], row[0])):
        people = sorted(person for person, segment in now.items() if segment == segment_id)
        if segment_id not in known and len(people) >= smallest:
            newcomers = _told(sum(person not in then for person in people), len(people), smallest)
            lines.append(f"“{name}” would be new; {newcomers} were in no segment")
    return tuple(lines)


def _moves(one: AcceptedSegment, places: Counter[str], names: Mapping[str, str], smallest: int) -> str:
    total = places.total()
    stay = places.pop(one.segment_id, 0)
    parts = [] if names.get(one.segment_id, one.name) == one.name else [f"would be called “{names[one.segment_id]}”"]
    if one.segment_id not in names:
        parts.append("would be no more")
    elif stay == total and not parts:
        return ""
    else:
        parts.append(f"{_told(stay, total, smallest)} would stay")
    left = total - stay
    for segment_id, people in sorted(places.items(), key=lambda row: (-row[1], names.get(row[0], ""))):
        left -= people
        where = f"“{names[segment_id]}”" if segment_id in names else "no segment"
        # With a total told, a rest of one or two would be told as well.
        if people >= smallest and (left == 0 or left >= smallest):
            parts.append(f"{people} would go to {where}")
    return "; ".join(parts)


def _told(count: int, total: int, smallest: int) -> str:
    if 0 < count < total and count >= smallest and total - count >= smallest:
        return f"{count} of its {total} people"
    some = "few" if 2 * count < total else "nearly all"
    return f"{'none' if not count else 'all' if count == total else some} of its people"
