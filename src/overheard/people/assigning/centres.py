"""Which segment's people does a text sound like? Nearest centre, with a probability that was learnt on others' texts.

A regularised logistic regression or ridge was no better on any set measured (single threads of people left out: .66 and
.66, .41 and .33 to .41 by its penalty) and takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.space import Placed

Floats = NDArray[np.float64]

_SHARPNESSES = np.geomspace(1.0, 64.0, 25)


def fit_centres(placed: Placed, segments: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    """Return what sets each segment apart: its mean less the mean of all segments' means.

    Args:
        placed: the texts.
        segments: row of each text's segment, shape (texts,).
        weights: of the texts, shape (texts,); a person's sum to 1.
        count: of segments.

    Returns:
        Unit-length rows, shape (count, dims).
    """
    from scipy.sparse import csr_array

    shares = csr_array((weights, (segments, np.arange(len(segments)))), shape=(count, len(segments)))
    sums = placed.sums(shares)
    totals = np.bincount(segments, weights=weights, minlength=count)
    means = sums / np.maximum(totals, 1e-12)[:, None]
    means -= means.mean(axis=0)
    centres: Floats = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    return centres


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Return the softmax of scores, shape (texts, segments), times `sharpness`."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def fit_sharpness(scores: Floats, segments: NDArray[np.int64], weights: Floats) -> float:
    """Return the sharpness under which the true segments of texts the centres have not seen are most likely."""
    rows = np.arange(len(segments))

    def likelihood(sharpness: float) -> float:
        return float(weights @ np.log(np.maximum(probabilities(scores, sharpness)[rows, segments], 1e-12)))

    return float(max(_SHARPNESSES, key=likelihood))


def deal_people(person_ids: Sequence[str], segments: NDArray[np.int64], folds: int, seed: int) -> NDArray[np.int64]:
    """Deal people to folds so that each fold has its share of each segment.

    Args:
        person_ids: whose each row is; equal ids stand for one person, who is in one fold whole.
        segments: of each row, shape (rows,).
        folds: how many.
        seed: of the draw.

    Returns:
        The fold of each row, shape (rows,).
    """
    first: dict[str, int] = {}
    for row, person_id in enumerate(person_ids):
        first.setdefault(person_id, row)
    people = list(first)
    own = segments[list(first.values())]
    generator = np.random.default_rng(seed)
    shuffled = generator.permutation(len(people))
    order = shuffled[np.argsort(own[shuffled], kind="stable")]
    fold_of = {people[row]: place % folds for place, row in enumerate(order.tolist())}
    return np.array([fold_of[person_id] for person_id in person_ids], dtype=np.int64)
