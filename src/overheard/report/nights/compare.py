"""What changed between two reports?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from overheard.agreement import rank_biased_overlap
from overheard.records import Membership
from overheard.report.figures import Share, share_of, shielded
from overheard.report.nights.summary import Group, Night

MOST_LINES = 12
"""Lines of each list; more is not read in one glance."""
CLOSE = "hardly more or fewer than then"
"""Stands for the earlier figure of what changed by too few people to tell."""
Became = Literal["rose", "fell", "is new", "is gone"]


@dataclass(frozen=True, slots=True)
class Move:
    """A pain or a segment then and now; a share is None where it was not shown.

    `is_close`: the two differ by fewer people than may be shown, and the earlier figure is not told beside the later
    one: who knows one of those who came or went would learn what they said.
    """

    group_id: str
    name: str
    then: Share | None
    now: Share | None
    is_close: bool = False


@dataclass(frozen=True, slots=True)
class SegmentMove:
    """A segment then and now: where its people of then are now, and what became of its words.

    `went` are (segment's name, people; None where too few to show), and nothing where so few came or left that the
    other figures would tell how many; `alike` is the rank-biased overlap of its words.
    """

    move: Move
    went: tuple[tuple[str, int | None], ...]
    came: int | None
    alike: float | None
    words_in: tuple[str, ...]
    words_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of pains, by `Became`, those whose share changed most first; `more` how many are not listed.

    `steady` pains neither rose nor fell beyond chance. `knows_moves`: the nights differ, so that people's moves between
    segments are on record.
    """

    pains: Mapping[Became, tuple[Move, ...]]
    more: Mapping[Became, int]
    steady: int
    segments: tuple[SegmentMove, ...]
    knows_moves: bool

    @property
    def changes(self) -> int:
        """Pains that rose, fell, are new or gone."""
        return sum(len(rows) for rows in self.pains.values()) + sum(self.more.values())


def compare_nights(then: Night, now: Night, memberships: Sequence[Membership], smallest: int) -> Comparison:
    """Compare an earlier report with this one.

    A share rose or fell where its 95 % intervals then and now do not touch.

    Args:
        then: the earlier report.
        now: this one.
        memberships: who is and was in which segment; the closed ones too.
        smallest: people that may be shown.
    """
    found: dict[Became, list[Move]] = {"rose": [], "fell": [], "is new": [], "is gone": []}
    steady = 0
    for move in _moves(then, then.pains, now, now.pains, smallest):
        if move.then is None or move.now is None:
            found["is new" if move.then is None else "is gone"].append(move)
        elif move.now.low > move.then.high or move.now.high < move.then.low:
            found["rose" if move.now.point > move.then.point else "fell"].append(move)
        else:
            steady += 1
    ranked = {word: sorted(rows, key=_by_change) for word, rows in found.items()}
    return Comparison(
        pains={word: tuple(rows[:MOST_LINES]) for word, rows in ranked.items()},
        more={word: len(rows[MOST_LINES:]) for word, rows in ranked.items()},
        steady=steady,
        segments=_segments(then, now, memberships, smallest),
        knows_moves=then.night < now.night,
    )


def _moves(then: Night, before: Sequence[Group], now: Night, after: Sequence[Group], smallest: int) -> list[Move]:
    old = {one.group_id: one for one in before}
    new = {one.group_id: one for one in after}
    both = {key: abs(new[key].people - old[key].people) for key in old.keys() & new.keys()}
    return [
        Move(
            group_id,
            new.get(group_id, old.get(group_id, Group(group_id, "", 0))).name,
            _share(old.get(group_id), then),
            _share(new.get(group_id), now),
            is_close=0 < both.get(group_id, 0) < smallest,
        )
        for group_id in sorted({*old, *new})
    ]


def _share(group: Group | None, night: Night) -> Share | None:
    return share_of(group.people, max(night.people or 0, group.people)) if group else None


def _by_change(move: Move) -> tuple[float, str]:
    then, now = (share.point if share else 0.0 for share in (move.then, move.now))
    return -abs(now - then), move.group_id


def _segments(then: Night, now: Night, memberships: Sequence[Membership], smallest: int) -> tuple[SegmentMove, ...]:
    names = {one.group_id: one.name for one in now.segments}
    words = [{one.group_id: one.terms for one in night.segments} for night in (then, now)]
    flows = count_flows(memberships, then.night) if then.night < now.night else Counter()
    found = []
    moves = _moves(then, then.segments, now, now.segments, smallest)
    for move in sorted(moves, key=lambda one: (one.now is None, one.group_id)):
        own = move.group_id
        went: Counter[str] = Counter()
        for (left, to), people in flows.items():
            if left == own:
                went[to if to in names else ""] += people
        came = sum(people for (left, to), people in flows.items() if to == own != left)
        left_it = sum(people for to, people in went.items() if to != own)
        # Then = stayed + left and now = stayed + came: with the figures of both nights, one gap tells itself.
        is_told = move.then and not any(0 < people < smallest for people in (came, left_it))
        shown = shielded(dict(sorted(went.items())), smallest) if is_told else {}
        old, new = (side.get(own, ()) for side in words)
        both = bool(move.then and move.now)
        found.append(
            SegmentMove(
                move,
                tuple(
                    (names.get(to, ""), shown[to]) for to in sorted(shown, key=lambda to: (to != own, -went[to], to))
                ),
                came if came >= smallest or not came else None,
                rank_biased_overlap(old, new) if both and (old or new) else None,
                tuple(word for word in new if word not in old) if both else (),
                tuple(word for word in old if word not in new) if both else (),
            )
        )
    return tuple(found)


def count_flows(memberships: Sequence[Membership], night: str) -> Counter[tuple[str, str]]:
    """Count people by (segment on that night, segment now); "" where in none, or not heard yet.

    Args:
        memberships: closed and open ones.
        night: ISO date; "" counts nobody.
    """
    flows: Counter[tuple[str, str]] = Counter()
    if not night:
        return flows
    day = date.fromisoformat(night)
    then: dict[str, str] = {}
    now: dict[str, str] = {}
    for one in sorted(memberships, key=lambda row: (row.person_id, row.valid_from)):
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to):
            then[one.person_id] = one.segment_id or ""
        if one.valid_to is None:
            now[one.person_id] = one.segment_id or ""
    for person in sorted({*then, *now}):
        flows[then.get(person, ""), now.get(person, "")] += 1
    return flows
