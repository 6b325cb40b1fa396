"""How alike are two people's needs? By what their pain sentences mean, by their words and by the pains they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence
from overheard.people.needs.profile import build_profiles
from overheard.people.needs.words import need_words

PAINS_WEIGHT = 0.5
"""Of shared pains beside vectors and words (1 each). Among few people pains are coarse: alone they order pairs of
eight made-up interviews worse (AUC .84) than vectors (.95), words (.94) or all three so weighted (.96)."""


def likeness_of(
    people: Sequence[str], evidence: Sequence[Evidence], vectors: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compare people in pairs.

    Each view of a person (mean vector, TF-IDF of words, square roots of pain shares by distinct threads and rungs) is
    taken apart from the mean of these people, so that what all of them say makes no two of them alike.

    Args:
        people: whom to compare, n of them.
        evidence: their sentences.
        vectors: of the sentences, unit length or zero, shape (sentences, dims).

    Returns:
        Mean cosine, shape (n, n), -1 to 1; people who have nothing in common have -1/(n - 1) on average.
    """
    views = (
        (1.0, _means(people, evidence, vectors)),
        (1.0, _words(people, evidence)),
        (PAINS_WEIGHT, _pains(people, evidence)),
    )
    known = [(weight, _apart(_unit(rows))) for weight, rows in views if rows.any()]
    total = sum(weight for weight, _ in known) or 1.0
    # Rounded, so that the order of a sum never decides between two pairs.
    alike = np.round(sum((weight * (rows @ rows.T) for weight, rows in known), np.zeros((len(people),) * 2)), 9)
    likeness: NDArray[np.float64] = alike / total
    np.fill_diagonal(likeness, 1.0)
    return likeness


def _means(people: Sequence[str], evidence: Sequence[Evidence], vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = _rows_of(people, evidence)
    return np.stack([vectors[own].mean(axis=0) if own else np.zeros(vectors.shape[1]) for own in rows])


def _words(people: Sequence[str], evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    said = ["\n".join(f"{evidence[row].text}\n{evidence[row].context}" for row in own)
            for own in _rows_of(people, evidence)]  # fmt: skip
    try:
        weights = TfidfVectorizer(analyzer=need_words, sublinear_tf=True).fit_transform(said)
    except ValueError:  # nobody says a content word
        return np.zeros((len(people), 1))
    return np.asarray(weights.toarray(), dtype=np.float64)


def _pains(people: Sequence[str], evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    shares = {profile.person_id: profile.shares for profile in build_profiles(evidence)}
    pains = sorted({one.pain_id for one in evidence if one.pain_id is not None})
    return np.sqrt([[shares[person].get(pain, 0.0) for pain in pains] or [0.0] for person in people])


def _rows_of(people: Sequence[str], evidence: Sequence[Evidence]) -> list[list[int]]:
    order = sorted(range(len(evidence)), key=lambda row: (evidence[row].document_id, evidence[row].text))
    return [[row for row in order if evidence[row].person_id == person] for person in people]


def _apart(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return _unit(np.where(rows.any(axis=1, keepdims=True), rows - rows.mean(axis=0), 0.0))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return unit
