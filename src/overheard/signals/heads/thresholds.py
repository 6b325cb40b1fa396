"""How many sentences of a source say a kind, and from which probability on does one count as said?

Rankings carry over from one kind of text to another, shares do not: in one half of a corpus a quarter of the sentences
are requests, in the other a tenth. No label is looked at here.

Among posts the heads' probabilities hold as they are (calibration error below .01 per kind), and the usual threshold is
within .03 of the best F1 in every corpus measured. Answers differ more: each source's share is estimated by expectation
maximisation over its own probabilities (Saerens, Latinne & Decaestecker 2002, eq. 2.9), the usual share counting as
much as `_USUAL_WEIGHS` sentences, and the threshold is the one with the best F1 to be expected under them. Pain and
gain share one estimate, with "neither" as the third: who is asked for an opinion rarely says neither, and then what
tells a pain is that it is no gain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.signals.heads.weights import KINDS, Heads, Register, Rows

_USUAL_WEIGHS = 300.0
_ROUNDS = 100
# A handful of sentences that say nothing of a kind must not have their likeliest taken for one.
_LEAST_THRESHOLD = 0.2
_PAIN, _GAIN = KINDS.index("pain"), KINDS.index("gain")


@dataclass(frozen=True, slots=True)
class SourceFit:
    """How one source was taken.

    Attributes:
        register: how it speaks.
        probabilities: that each sentence says each kind, shape (sentences, kinds).
        priors: estimated share of sentences that say each kind, shape (kinds,).
        thresholds: least probability that counts as said, shape (kinds,).
    """

    register: Register
    probabilities: Rows
    priors: Rows
    thresholds: Rows


def fit_source(log_odds: Rows, register: Register, heads: Heads) -> SourceFit:
    """Turn one source's log-odds of shape (sentences, kinds) into probabilities, shares and thresholds."""
    usual = heads.priors[register].astype(np.float64)
    if register == "post" or not len(log_odds):
        probabilities = _logistic(log_odds.astype(np.float64))
        priors = probabilities.mean(0) if len(log_odds) else usual
        return _rounded(register, probabilities, priors, heads.thresholds[register].astype(np.float64))
    scores = log_odds.astype(np.float64)
    probabilities = np.column_stack(
        [_adapt_shares(scores[:, [kind]], usual[[kind]])[:, 0] for kind in range(len(KINDS))]
    )
    felt = _adapt_shares(scores[:, [_PAIN, _GAIN]], usual[[_PAIN, _GAIN]])
    probabilities[:, [_PAIN, _GAIN]] = felt
    thresholds = np.array([_expect_threshold(column) for column in probabilities.T])
    if felt.sum(1).mean() > 0.5:
        # Most sentences judge: then a pain is what lies on the worse side of the source's middle, within reason.
        middle = _logistic(np.log(felt[:, 0] / (1 - felt[:, 0])).mean())
        thresholds[_PAIN] = np.clip(middle, _LEAST_THRESHOLD, 0.5)
    return _rounded(register, probabilities, probabilities.mean(0), thresholds)


def find_best_threshold(probabilities: Rows, truth: NDArray[np.bool_], give_up: float = 0.0) -> float:
    """Return the lowest threshold whose F1 on labelled sentences is at most `give_up` below the best."""
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    # Equal probabilities are said together: only the last of them is a threshold.
    f1[:-1][probabilities[order][:-1] == probabilities[order][1:]] = -1.0
    return float(probabilities[order[int(np.flatnonzero(f1 >= f1.max() - give_up)[-1])]])


def _adapt_shares(log_odds: NDArray[np.float64], usual: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities of exclusive classes (and none of them) under the source's own shares.

    Args:
        log_odds: of each class against none, shape (sentences, classes), under the usual shares.
        usual: share of each class where the heads were fitted, shape (classes,).
    """
    before = np.append(usual, 1 - usual.sum())
    raw = np.exp(np.hstack([log_odds, np.zeros((len(log_odds), 1))]).clip(-30, 30))
    raw /= raw.sum(1, keepdims=True)
    shares = before
    adapted = raw
    for _ in range(_ROUNDS):
        adapted = raw * shares / before
        adapted /= adapted.sum(1, keepdims=True)
        shares = (adapted.sum(0) + _USUAL_WEIGHS * before) / (len(raw) + _USUAL_WEIGHS)
    return np.asarray(adapted[:, :-1].clip(1e-9, 1 - 1e-9))


def _expect_threshold(probabilities: NDArray[np.float64]) -> float:
    """Return the threshold whose F1 is best in expectation, if the probabilities are right."""
    ordered = np.sort(probabilities)[::-1]
    f1 = 2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())
    return max(_LEAST_THRESHOLD, float(ordered[int(f1.argmax())]))


def _logistic(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(log_odds).clip(-30, 30))))


def _rounded(
    register: Register, probabilities: NDArray[np.float64], priors: NDArray[np.float64], thresholds: NDArray[np.float64]
) -> SourceFit:
    # Four digits are shown; what counts as said must follow from what is shown.
    shown = probabilities.round(4).astype(np.float32)
    return SourceFit(register, shown, priors.astype(np.float32), thresholds.round(4).astype(np.float32))
