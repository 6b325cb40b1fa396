"""Has the market moved away from what was accepted? Each trigger alone reopens the bet on the segmentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.agreement import population_stability_index, rank_biased_overlap
from overheard.records import AcceptedSegment, Drift, SegmentLove
from overheard.strategy.gates import LEAST_STABLE

MOST_MOVED = 0.25
"""Population stability index from which a mix is commonly called another one."""
LEAST_SAME_WORDS = 0.5
LEAST_SAME_PLACES = 0.65
"""Adjusted Rand index of tonight's places to the accepted ones, on the same people."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """What is compared with the accepted run, by segment_id; `places` are person_id → segment_id."""

    places: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    stability: Mapping[str, float]
    love: Mapping[str, SegmentLove]

    @property
    def shares(self) -> dict[str, float]:
        """Of the people in any segment, the share (0-1) in each."""
        return shares_of(self.places)


def shares_of(places: Mapping[str, str]) -> dict[str, float]:
    """Return the share (0-1) of people in each segment."""
    found = list(places.values())
    return {one: found.count(one) / len(found) for one in sorted(set(found))}


def measure_drift(
    accepted: Sequence[AcceptedSegment], places: Mapping[str, str], tonight: Tonight
) -> tuple[Drift, ...]:
    """Measure what has moved since a person accepted the segmentation.

    Args:
        accepted: the segments as they were.
        places: who was in which, by person_id.
        tonight: as it is.

    Returns:
        Every measure that can be taken, over its limit or not: of all segments, then of those that were the focus (of
        each where none was).
    """
    watched = [one for one in accepted if one.is_focus] or accepted
    return (*_of_all(accepted, places, tonight), *(drift for one in watched for drift in _of_one(one, tonight)))


def _of_all(accepted: Sequence[AcceptedSegment], places: Mapping[str, str], tonight: Tonight) -> list[Drift]:
    found = []
    now = tonight.shares
    if accepted and now:
        kin = _kin(places, tonight.places)
        groups = sorted({kin.get(one, one) for one in (*now, *(row.segment_id for row in accepted))})
        then = {one.segment_id: one.share for one in accepted}
        index = population_stability_index(_summed(then, kin, groups), _summed(now, kin, groups))
        found.append(Drift("", "shares", index, MOST_MOVED, index >= MOST_MOVED))
    both = sorted(places.keys() & tonight.places.keys())
    if places and not now:
        found.append(Drift("", "assignment", 0.0, LEAST_SAME_PLACES, is_over=True))
    elif len(both) > 1:
        from sklearn.metrics import adjusted_rand_score

        rand = float(adjusted_rand_score([places[one] for one in both], [tonight.places[one] for one in both]))
        found.append(Drift("", "assignment", rand, LEAST_SAME_PLACES, rand < LEAST_SAME_PLACES))
    return found


def _kin(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return segment_id → one id for all that are parts of each other, by the people who are in one on both nights.

    Two segments that a regrouping made one, or one that it made two, are no other mix of people: only who came or went
    is. Whether people changed places is told by the assignment.
    """
    both = sorted(then.keys() & now.keys())
    kin = {segment: segment for segment in sorted({*then.values(), *now.values()})}
    for side, other in ((then, now), (now, then)):
        for segment, people in sorted(Counter(side.values()).items()):
            moved = Counter(other[person] for person in both if side[person] == segment)
            for into, count in moved.most_common(1):
                if 2 * count > people:
                    was, is_now = sorted((kin[segment], kin[into]), reverse=True)
                    kin = {key: is_now if value == was else value for key, value in kin.items()}
    return kin


def _summed(shares: Mapping[str, float], kin: Mapping[str, str], groups: Sequence[str]) -> list[float]:
    return [sum(share for one, share in shares.items() if kin.get(one, one) == group) for group in groups]


def _of_one(accepted: AcceptedSegment, tonight: Tonight) -> list[Drift]:
    found = []
    segment = accepted.segment_id
    if accepted.words and segment in tonight.words:
        same = rank_biased_overlap(accepted.words, tonight.words[segment])
        found.append(Drift(segment, "words", same, LEAST_SAME_WORDS, same < LEAST_SAME_WORDS))
    if accepted.is_focus and tonight.places and segment not in tonight.places.values():
        found.append(Drift(segment, "stability", 0.0, LEAST_STABLE, is_over=True))
    elif segment in tonight.stability:
        stable = tonight.stability[segment]
        found.append(Drift(segment, "stability", stable, LEAST_STABLE, stable < LEAST_STABLE))
    love = tonight.love.get(segment)
    if accepted.love is not None and love and love.share is not None and love.low is not None and love.high is not None:
        is_inside = love.low <= accepted.love <= love.high
        found.append(Drift(segment, "love", love.share, accepted.love, not is_inside))
    return found
