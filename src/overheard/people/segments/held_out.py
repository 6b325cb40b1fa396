"""In which segment would each person be if they had not been asked? Nobody vouches for their own place.

A clusterer draws its borders around everybody, so that all seem to lie well inside one. A classifier that learns the
segments from the others and is then shown the person says how much of their need is told by what others say, too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FOLDS = 5
_ROUNDS = 3
_LARGEST_FOR_ROUNDS = 1500
"""People; beyond it a single round is steady enough."""
_INVERSE_PENALTY = 10.0
"""Of the logistic regression. Measured at 1 to 30 on seven sets: the order of people by certainty hardly changes; at 10
the probabilities are near the shares that are right."""


def fit_places(
    described: NDArray[np.float64], labels: NDArray[np.int64], asked: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Learn segments from people and place others.

    Args:
        described: people of known segments, shape (people, features).
        labels: their segments, 0 to groups - 1, shape (people,); every segment has somebody.
        asked: people to place, shape (asked, features).

    Returns:
        Probabilities of each segment, shape (asked, groups).
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=300, class_weight="balanced").fit(described, labels)
    found = np.zeros((len(asked), int(labels.max()) + 1))
    found[:, model.classes_] = model.predict_proba(asked)
    return found


def held_out_places(described: NDArray[np.float64], labels: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """Place each person by a classifier that has not seen them.

    Args:
        described: shape (people, features), people >= 5.
        labels: their segments, 0 to groups - 1, shape (people,).
        seed: of the folds.

    Returns:
        Probabilities of each segment, mean over rounds of cross-validation, shape (people, groups).
    """
    from sklearn.model_selection import KFold

    rounds = _ROUNDS if len(labels) <= _LARGEST_FOR_ROUNDS else 1
    found = np.zeros((len(labels), int(labels.max()) + 1))
    for number in range(rounds):
        for told, asked in KFold(_FOLDS, shuffle=True, random_state=seed + number).split(described):
            # A segment may have nobody outside this fold; then nobody here is placed in it.
            placed = fit_places(described[told], labels[told], described[asked])
            found[asked, : placed.shape[1]] += placed / rounds
    return found


def bits_told(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """How much more likely are people's segments to who has read the others than to who knows the shares alone?

    Args:
        probabilities: held out, shape (people, groups).
        labels: the segments, shape (people,).

    Returns:
        Mean held-out log-likelihood ratio, bits a person; 0 where reading told nothing, below 0 where it misled.
    """
    shares = np.bincount(labels, minlength=probabilities.shape[1]) / len(labels)
    own = np.maximum(probabilities[np.arange(len(labels)), labels], 0.01)
    return float(np.mean(np.log2(own / shares[labels])))
