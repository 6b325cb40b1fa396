"""The segments as found: of last night, of the accepted run, and of the regrouping that a person refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overheard.records import GroupEvent, Membership, Rejection, Segment, Segmentation, SegmentCheck, SegmentTrial
from overheard.steps.market import Market

STEP = "people"
REJECTIONS = "rejections"
FIT_TABLES: Mapping[str, type[Any]] = {
    "segmentations": Segmentation,
    "segment_trials": SegmentTrial,
    "segment_checks": SegmentCheck,
    "fitted_segments": Segment,
    "fitted_memberships": Membership,
}
"""What a night goes on from; of the accepted night they are kept beside them, each as `accepted_` and its name."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The segments of a night as found, before a person's decisions are laid over them."""

    segmentation: Segmentation
    trials: list[SegmentTrial]
    checks: list[SegmentCheck]
    segments: list[Segment]
    memberships: list[Membership]
    events: Sequence[GroupEvent] = ()


def load_fit(market: Market) -> Fit | None:
    """Load the segments as the last finished night found them."""
    return _fit_of(lambda name: market.load_finished(STEP, name, FIT_TABLES[name]))


def load_accepted_fit(market: Market) -> Fit | None:
    """Load the segments as they were found when they were accepted; None where nothing was, or by an older release."""
    return _fit_of(lambda name: market.tables.load(f"accepted_{name}", FIT_TABLES[name]))


def _fit_of(load: Callable[[str], list[Any]]) -> Fit | None:
    rows = [load(name) for name in FIT_TABLES]
    return Fit(rows[0][-1], *rows[1:]) if rows[0] else None


def keep_accepted_fit(market: Market) -> None:
    """Keep the standing segments as found: a regrouping that is refused later goes back to them."""
    for name, record in FIT_TABLES.items():
        market.tables.replace(f"accepted_{name}", record, market.load_finished(STEP, name, record))


def load_rejection(market: Market) -> Rejection | None:
    """Load the newest refusal of a regrouping."""
    found = market.tables.load(REJECTIONS, Rejection)
    return max(found, key=lambda one: (one.rejected_on, one.fitted_on, one.rejection_id), default=None)


def is_of(refused: Rejection, segmentation: Segmentation) -> bool:
    """Tell whether it is this regrouping that was refused."""
    of = (segmentation.fitted_on, segmentation.recipe, segmentation.inputs)
    return (refused.fitted_on, refused.recipe, refused.inputs) == of
