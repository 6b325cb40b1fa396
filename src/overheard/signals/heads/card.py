"""The card of the heads: what they were fitted on and what cross-validation says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from overheard.signals.heads.fit import Example, Fit
from overheard.signals.heads.weights import COLUMNS, KINDS, Rows, trait_names

_BINS = 10
_ABOUT = """\
# Heads

`heads.json`: {columns} linear heads (logistic regression, ridge) over the mean token states of the encoder's layers 3
and 4 (768 numbers, int8), {traits} traits read off cues, and a first look at the sentences before and after. Licence:
Apache-2.0. Made by `make heads`; nobody's words are in it.

Fitted {day} on `{encoder}`.
"""
_DATA = """\
| data | licence | sentences |
|---|---|---|
| hand-labelled sentences of a support forum, interviews, communities' posts, comments, two question sites \
(labels/sentences.tsv, training part) | MPL-2.0, CC BY-SA 4.0, PDDL, Apache-2.0 | {real} |
| invented sentences (labels/invented.jsonl), written for this by language models | Apache-2.0 | {invented} |
| survey answers, labelled by the question asked, .3 of a sentence each | CC0, MIT | {answers} |
"""

_HOW_MEASURED = """\
A thread whose id's sha256, read as a number, ends in 0-3 is in no part of this. Cross-validation over threads, real
sentences:

| kind | sentences | AUC | best F1 | at | calibration error |
|---|---|---|---|---|---|"""
_LIMITS = """\
Limits: English. Labelled by language models working by one guide; people would agree less. Requests, workarounds and
objections have few real examples. Irony is mostly missed."""


def write_card(fit: Fit, examples: Sequence[Example], fitted_on: date) -> str:
    """Return the card as Markdown. Figures are five-fold over threads, on real sentences, as among posts."""
    real = sum(example.origin == "said" for example in examples)
    answers = sum(example.weight < 1 for example in examples)
    data = _DATA.format(real=real, invented=len(examples) - real - answers, answers=answers)
    about = _ABOUT.format(
        columns=len(COLUMNS), traits=len(trait_names()), day=fitted_on.isoformat(), encoder=fit.heads.encoder
    )
    lines = [about, data, _HOW_MEASURED]
    for column, kind in enumerate(KINDS):
        truth, scores = fit.labels[:, column], fit.probabilities[:, column]
        best = float(fit.heads.thresholds["post"][column])
        lines.append(
            f"| {kind} | {truth.sum()} | {measure_auc(scores, truth):.3f} | {measure_f1(scores >= best, truth):.3f} "
            f"| {best:.2f} | {measure_calibration_error(scores, truth):.3f} |"
        )
    lines += ["", "Calibration of pain: of sentences given a probability within a tenth, so many said one.", ""]
    lines += ["| probability | sentences | mean probability | share |", "|---|---|---|---|"]
    pain = KINDS.index("pain")
    lines += _calibration_rows(fit.probabilities[:, pain], fit.labels[:, pain])
    lines += ["", _LIMITS]
    return "\n".join(lines) + "\n"


def measure_auc(scores: Rows, truth: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve: how often a positive outranks a negative, ties counting half."""
    from scipy.stats import rankdata

    positives = int(truth.sum())
    negatives = len(truth) - positives
    ranks = float(rankdata(scores)[truth].sum())
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def measure_f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall, 0 where nothing is right."""
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))


def measure_calibration_error(scores: Rows, truth: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins of equal width (Naeini et al., 2015)."""
    error = 0.0
    for inside in _bins(scores):
        if inside.any():
            error += abs(float(truth[inside].mean()) - float(scores[inside].mean())) * float(inside.mean())
    return error


def _calibration_rows(scores: Rows, truth: NDArray[np.bool_]) -> list[str]:
    return [
        f"| {number / _BINS:.1f}-{(number + 1) / _BINS:.1f} | {inside.sum()} | {scores[inside].mean():.2f} "
        f"| {truth[inside].mean():.2f} |"
        for number, inside in enumerate(_bins(scores))
        if inside.any()
    ]


def _bins(scores: Rows) -> list[NDArray[np.bool_]]:
    number = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    return [number == at for at in range(_BINS)]
