"""From which probability on does a source's sentence count as said?

Rankings carry over from one kind of text to another, thresholds do not: an answer of four words holds fewer cues than a
sentence of a letter, so all its probabilities are lower. What counts is whether a sentence stands out in its own
source. The threshold is therefore the source's middle: the mean log-odds of its sentences, raised by a margin for
kinds that are rarer than half; never above the kind's usual threshold (a source of nothing but complaints keeps
them), and near the usual one while the source has few sentences. No label is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import get_args

from overheard.records import SignalKind

KINDS: tuple[SignalKind, ...] = get_args(SignalKind)

# Pain's is what is best for forum posts: below one half, because F1 gains more by a hit than it loses by a false one.
# A request has the same for want of labelled forum requests of free licence; the others are set by hand.
USUAL: Mapping[SignalKind, float] = {"pain": 0.28, "request": 0.28, "question": 0.5, "recommendation": 0.4}
# In log-odds above the source's middle. Where people are asked or complain, about half of what is said are pains;
# requests are rarer (set on survey answers). Questions and recommendations say what they are: theirs stay as they are.
_MARGIN: Mapping[SignalKind, float] = {"pain": 0.0, "request": 0.2}
_LEAST = 0.08
# The usual threshold counts as much as so many sentences of the source.
_USUAL_WEIGHS = 20.0


def fit_thresholds(probabilities: Mapping[SignalKind, Sequence[float]]) -> dict[SignalKind, float]:
    """Return the threshold of each kind for one source.

    Args:
        probabilities: by kind, of all the source's sentences, said or not.

    Returns:
        For each kind a threshold between 0.08 and the kind's usual one.
    """
    thresholds: dict[SignalKind, float] = {}
    for kind in KINDS:
        found, usual = probabilities.get(kind, ()), USUAL[kind]
        if kind not in _MARGIN or not found:
            thresholds[kind] = usual
            continue
        middle = math.fsum(_log_odds(probability) for probability in found) / len(found) + _MARGIN[kind]
        own = min(usual, max(_LEAST, 1.0 / (1.0 + math.exp(-middle))))
        thresholds[kind] = (own * len(found) + usual * _USUAL_WEIGHS) / (len(found) + _USUAL_WEIGHS)
    return thresholds


def is_said(kind: SignalKind, probability: float, thresholds: Mapping[SignalKind, float]) -> bool:
    """Say whether a sentence counts as said; a kind without a threshold has its usual one."""
    return probability >= thresholds.get(kind, USUAL[kind])


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 0.005), 0.995)
    return math.log(inside / (1.0 - inside))
