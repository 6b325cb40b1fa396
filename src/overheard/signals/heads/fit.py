"""Labelled sentences → heads. Ridge-penalised logistic regression, one a kind and register."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from overheard.signals.heads.thresholds import find_best_threshold
from overheard.signals.heads.weights import (
    FORCES,
    KINDS,
    NEIGHBOURS,
    RUNGS,
    Heads,
    Register,
    Rows,
    read_traits,
)
from overheard.signals.traits import read_sentence

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Origin = Literal["said", "invented post", "answer"]

# Found by five-fold cross-validation over threads on the training part: a smaller penalty gains nothing.
_INVERSE_PENALTY = 0.05
# Scales of the groups before the common penalty: an inner row's length 8, a trait 2, what is told of a neighbour .15.
_INNER_SCALE, _TRAIT_SCALE, _NEIGHBOUR_SCALE = 8.0, 2.0, 0.15
# How much an invented sentence counts beside one of a real post. One of a post helps with trades no corpus has; one of
# an answer costs the commoner kinds up to .03 of F1 and helps the rarer.
_INVENTED_POST = 0.5
_INVENTED_ANSWER = {"request": 0.25, "workaround": 0.25, "recommendation": 0.5, "worldview": 0.5, "objection": 0.5}
# What a pain's F1 may lose for a lower threshold: a source of another trade scores lower (the demo market's best
# threshold is half of that of the corpora), and a pain missed is lost, while one too many falls out of the groups.
_GIVEN_UP = {"pain": 0.07}
_FOLDS = 5
# Steps remembered and steps taken at most; it stops where a step gains less than a hundred-millionth of the loss.
_SOLVER = {"maxcor": 20, "maxiter": 300, "ftol": 1e-8}


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence with those beside it ("" where none is) and how it may be used.

    `thread` keeps what belongs together in one fold; `origin` says whether it was said in a post or interview, or
    invented as a sentence of a post or of an answer (survey answers are taken with these); `weight` is how much it
    counts among answers.
    """

    sentence: str
    before: str
    after: str
    kinds: frozenset[str]
    rung: int
    force: str
    thread: str
    origin: Origin
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Heads and what cross-validation on real posts says of them: by kind, log-odds and labels out of fold."""

    heads: Heads
    probabilities: Rows
    labels: Flags


@dataclass(frozen=True, slots=True)
class _Material:
    examples: Sequence[Example]
    features: Floats
    before: Floats
    after: Floats
    real: Flags
    labels: Flags
    mean: Floats
    deviation: Floats


def fit_heads(examples: Sequence[Example], rows: Mapping[str, Rows], encoder: str, validate: bool = True) -> Fit:
    """Fit all heads.

    Args:
        examples: at least some of every kind, rung and force.
        rows: inner row of every sentence that stands in an example, shape (dims,).
        encoder: id of what made the rows.
        validate: without it no thresholds of posts are found (all .5), and no figures.
    """
    material = _gather(examples, rows)
    everyone = np.ones(len(examples), dtype=bool)
    near, post, neighbours = _fit_posts(material, everyone)
    answer = _fit(material.features, material.labels, _answer_weights(material)[:, None])
    pains = material.labels[:, KINDS.index("pain")]
    rungs = np.array([example.rung for example in examples])
    forces = np.array([example.force for example in examples])
    rung = _fit(
        material.features, np.column_stack([rungs >= least for least in RUNGS]), pains[:, None].astype(np.float64)
    )
    force = _fit(
        material.features, np.column_stack([forces == name for name in FORCES]), everyone[:, None].astype(np.float64)
    )
    weights = np.hstack([near, post, answer, rung, force])
    probabilities = _cross_validate(material) if validate else np.full((int(material.real.sum()), len(KINDS)), 0.5)
    real = material.labels[material.real]
    size = len(material.mean)
    inner = weights[:size] / material.deviation[:, None]
    heads = Heads(
        encoder=encoder,
        inner=inner.astype(np.float32),
        traits=(weights[size:-1] * _TRAIT_SCALE).astype(np.float32),
        bias=(weights[-1] - material.mean @ inner).astype(np.float32),
        neighbours=(neighbours * _NEIGHBOUR_SCALE).astype(np.float32),
        priors=_by_register(real.mean(0), _weighted_mean(material)),
        thresholds=_by_register(_post_thresholds(probabilities, real), np.full(len(KINDS), 0.5)),
        digest="",
    )
    return Fit(heads, probabilities.astype(np.float32), real)


def fold_of(thread: str) -> int:
    """Return which fold a thread's sentences belong to."""
    return int(hashlib.sha256(f"{thread} fold".encode()).hexdigest(), 16) % _FOLDS


def _gather(examples: Sequence[Example], rows: Mapping[str, Rows]) -> _Material:
    own = np.array([rows[example.sentence] for example in examples], dtype=np.float64)
    mean = own.mean(0)
    deviation = own.std(0) * np.sqrt(own.shape[1]) / _INNER_SCALE

    def features(texts: Sequence[str]) -> Floats:
        inner = np.array([rows[text] if text else mean for text in texts], dtype=np.float64)
        traits = read_traits([read_sentence(text) for text in texts])
        return np.hstack([(inner - mean) / deviation, traits * _TRAIT_SCALE])

    return _Material(
        examples=examples,
        features=features([example.sentence for example in examples]),
        before=features([example.before for example in examples]),
        after=features([example.after for example in examples]),
        real=np.array([example.origin == "said" for example in examples]),
        labels=np.array([[kind in example.kinds for kind in KINDS] for example in examples]),
        mean=mean,
        deviation=deviation,
    )


def _fit_posts(material: _Material, used: Flags) -> tuple[Floats, Floats, Floats]:
    """Return the weights of the first look, of the second, and of the neighbours in the second."""
    weights = np.column_stack([_post_weights(material, kind) for kind in KINDS]) * used[:, None]
    near = _fit(material.features, material.labels, weights)
    second = _fit(np.hstack([material.features, _beside(material, near)]), material.labels, weights)
    size = material.features.shape[1]
    return near, np.vstack([second[:size], second[-1:]]), second[size:-1]


def _beside(material: _Material, near: Floats) -> Floats:
    """Return what each example is told of its neighbours, in the order of NEIGHBOURS."""
    has_before = np.array([bool(example.before) for example in material.examples])[:, None]
    has_after = np.array([bool(example.after) for example in material.examples])[:, None]
    before, after = (_apply(features, near) for features in (material.before, material.after))
    found = np.hstack([before * has_before, after * has_after, has_before, has_after]) * _NEIGHBOUR_SCALE
    if found.shape[1] != len(NEIGHBOURS):
        raise ValueError("what is told of neighbours has another order than NEIGHBOURS")
    return found


def _cross_validate(material: _Material) -> Floats:
    """Return probabilities of the real examples, each by heads that saw nothing of its thread."""
    folds = np.array([fold_of(example.thread) for example in material.examples])
    found = np.zeros(material.labels.shape)
    for fold in range(_FOLDS):
        near, post, neighbours = _fit_posts(material, folds != fold)
        held = (folds == fold) & material.real
        scores = _apply(material.features[held], post) + _beside(material, near)[held] @ neighbours
        found[held] = 1 / (1 + np.exp(-scores))
    return found[material.real]


def _fit(features: Floats, labels: Flags, weights: Floats) -> Floats:
    """Return weights of shape (features + 1, columns of `labels`), the last row the biases.

    All columns are fitted together: reading the features is what takes the time. `weights` has shape (examples, columns
    or 1).
    """
    from scipy.optimize import minimize

    used = weights.any(axis=1)
    rows, truth = features[used].astype(np.float32), labels[used]
    counted = _INVERSE_PENALTY * weights[used]
    shape = (rows.shape[1] + 1, labels.shape[1])

    def measure_loss(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(shape)
        scores = rows @ found[:-1].astype(np.float32) + found[-1]
        errors = counted * (1 / (1 + np.exp(-scores)) - truth)
        loss = (counted * (np.logaddexp(0, scores) - truth * scores)).sum() + (found[:-1] ** 2).sum() / 2
        return float(loss), np.vstack([rows.T @ errors.astype(np.float32) + found[:-1], errors.sum(0)]).ravel()

    solved = minimize(measure_loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=_SOLVER)
    return np.asarray(solved.x.reshape(shape))


def _apply(features: Floats, weights: Floats) -> Floats:
    return np.asarray(features @ weights[:-1] + weights[-1])


def _post_thresholds(probabilities: Floats, labels: Flags) -> Floats:
    return np.array(
        [
            find_best_threshold(column, truth, _GIVEN_UP.get(kind, 0.0))
            for kind, column, truth in zip(KINDS, probabilities.T, labels.T, strict=True)
        ]
    )


def _post_weights(material: _Material, kind: str) -> Floats:
    weight_of: dict[Origin, float] = {
        "said": 1.0,
        "invented post": _INVENTED_POST,
        "answer": _INVENTED_ANSWER.get(kind, 0.0),
    }
    return np.array([weight_of[example.origin] * example.weight for example in material.examples])


def _answer_weights(material: _Material) -> Floats:
    return np.array([example.weight for example in material.examples])


def _weighted_mean(material: _Material) -> Floats:
    return np.asarray(np.average(material.labels, axis=0, weights=_answer_weights(material)))


def _by_register(post: Floats, answer: Floats) -> dict[Register, Rows]:
    return {"post": post.astype(np.float32), "answer": answer.astype(np.float32)}
