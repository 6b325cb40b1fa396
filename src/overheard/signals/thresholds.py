"""From which probability on does a source's sentence count as said?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from overheard.records import SignalKind

KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
DEFAULT = 0.5


def fit_thresholds(probabilities: Mapping[SignalKind, Sequence[float]]) -> dict[SignalKind, float]:
    """Return the threshold of each kind for one source, from its sentences' probabilities alone."""
    return {kind: DEFAULT for kind in probabilities}


def is_said(kind: SignalKind, probability: float, thresholds: Mapping[SignalKind, float]) -> bool:
    """Say whether a sentence counts as said; a kind without a threshold has the default."""
    return probability >= thresholds.get(kind, DEFAULT)


def probabilities_by_kind(found: Iterable[tuple[SignalKind, float]]) -> dict[SignalKind, list[float]]:
    """Sort probabilities under their kinds."""
    sorted_out: dict[SignalKind, list[float]] = {kind: [] for kind in KINDS}
    for kind, probability in found:
        sorted_out[kind].append(probability)
    return sorted_out
