"""What a person decided of segments, laid over what a fit found tonight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from overheard.records import Membership, Segment, SegmentEdit

METHOD = "by-hand"
"""`Membership.method` of people whom a person placed, or placed in no segment."""


@dataclass(slots=True)
class _Decided:
    """What holds after the edits so far. `homes` are where people were placed, "" for no segment."""

    homes: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def follow(self, edit: SegmentEdit) -> None:
        if edit.action == "clear":
            self._clear(edit)
            return
        if edit.segment_id and edit.name:
            self.names[edit.segment_id] = edit.name
        if edit.action == "place":
            self.homes[edit.person_id] = edit.segment_id
        elif edit.action == "rename":
            self.renamed[edit.segment_id] = edit.name
        elif edit.other_id != edit.segment_id:
            # A segment into which another is merged stands again, so that merges never close a ring.
            self.merged.pop(edit.segment_id, None)
            self.merged[edit.other_id] = edit.segment_id
            moved = {person: edit.segment_id for person, home in self.homes.items() if home == edit.other_id}
            self.homes |= moved

    def _clear(self, edit: SegmentEdit) -> None:
        is_all = not edit.person_id and not edit.segment_id
        of_person, of_segment = edit.person_id, edit.segment_id
        self.homes = {
            person: home
            for person, home in self.homes.items()
            if not (is_all or person == of_person or (of_segment and home == of_segment))
        }
        if not of_person:
            self.renamed = {key: name for key, name in self.renamed.items() if not is_all and key != of_segment}
            self.merged = {
                key: into for key, into in self.merged.items() if not is_all and of_segment not in (key, into)
            }

    def merged_into(self, segment_id: str) -> str:
        """Follow a fit's segment to where it was merged."""
        while segment_id in self.merged:
            segment_id = self.merged[segment_id]
        return segment_id


def apply_segment_edits(
    segments: Sequence[Segment], memberships: Sequence[Membership], edits: Sequence[SegmentEdit], night: date
) -> tuple[list[Segment], list[Membership], int]:
    """Lay a person's decisions over a night's segments.

    People who were placed by hand stay there whatever the fit says; renamed segments stay renamed and merged ones stay
    merged for as long as the fit's segments keep their ids. Segments nobody is in any more are left out.

    Args:
        segments: of the fit, under their lasting ids; none where nothing was found.
        memberships: of the fit, one open row a person of the market.
        edits: all there are, in any order.
        night: from when the memberships hold.

    Returns:
        The segments by id, the memberships in their order, and how many decisions that still hold cannot be followed
        tonight, because a person or a segment they speak of is gone.
    """
    decided = _Decided()
    for edit in sorted(edits, key=lambda one: one.number):
        decided.follow(edit)
    placed = [_placed(row, decided, night) for row in memberships]
    people = Counter(row.segment_id for row in placed if row.segment_id)
    found = {segment.segment_id: segment for segment in segments}
    laid = [_segment(segment_id, found, people[segment_id], decided) for segment_id in sorted(people)]
    known = {row.person_id for row in memberships}
    gone = sum(person not in known for person in decided.homes)
    return laid, placed, gone + sum(segment_id not in people for segment_id in decided.renamed)


def _placed(row: Membership, decided: _Decided, night: date) -> Membership:
    home = decided.homes.get(row.person_id)
    if home is not None:
        return Membership(row.person_id, home or None, 1.0, METHOD, night, None)
    return row if row.segment_id is None else replace(row, segment_id=decided.merged_into(row.segment_id))


def _segment(segment_id: str, found: Mapping[str, Segment], people: int, decided: _Decided) -> Segment:
    parts = [found[key] for key in sorted(found) if decided.merged_into(key) == segment_id]
    own = found.get(segment_id)
    name = decided.renamed.get(segment_id) or (own.name if own else decided.names.get(segment_id, ""))
    if own is not None and parts == [own]:
        return replace(own, name=name, people=people)
    pains = dict.fromkeys(pain for part in sorted(parts, key=lambda one: one is not own) for pain in part.top_pains)
    return Segment(segment_id, name, people, 0.0, tuple(pains), by_hand=True)
