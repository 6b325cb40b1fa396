"""Is there anything to segment? Needs must show in one half of what people said and come back in the other half.

Any data can be cut into groups, and the cut may even be stable. What chance does not do is put the two halves of one
person's sentences into the same group. With sentences dealt to people at random the agreement is 0 ± .02.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.people.evidence import Evidence
from overheard.people.grouping import fit_groups, nearest_group
from overheard.people.needs import NeedSpace, person_means

SPLITS = 8
_MOST_PEOPLE = 1500
"""People the check is made with; an even sample of more would only narrow an interval that is narrow already."""


def least_agreement(people: int) -> float:
    """Return the agreement under which the data hold no segments; chance scatters more among few people."""
    return 0.03 + 0.75 / people


def half_agreement(people: Sequence[Sequence[Evidence]], vectors: NDArray[np.float32], groups: int, seed: int) -> float:
    """Measure how well a person's group from half of their evidence is found again from the other half.

    Groups are fitted on first halves only. Halves are of documents; where there is only one, of its sentences.

    Args:
        people: each person's evidence; people with a single row are left out.
        vectors: shape (sentences, dims).
        groups: how many to fit.
        seed: of the splits and fits.

    Returns:
        Mean adjusted Rand index over SPLITS random splits: 0 for chance, 1 for groups that every half shows.
    """
    from sklearn.metrics import adjusted_rand_score

    sample = [rows for rows in people if len(rows) >= 2]
    sample = sample[:: -(-len(sample) // _MOST_PEOPLE) or 1]
    if len(sample) <= groups:
        return 0.0
    found = []
    for split in range(SPLITS):
        generator = np.random.default_rng((seed, split))
        halves = [_halves(rows, generator) for rows in sample]
        sides = [first for first, _ in halves] + [second for _, second in halves]
        space = space_of(sides, vectors, seed)
        first, second = space[: len(sample)], space[len(sample) :]
        labels, centres = fit_groups(first, groups, seed, 3)
        found.append(float(adjusted_rand_score(labels, nearest_group(second, centres))))
    return float(np.mean(found))


def space_of(people: Sequence[Sequence[Evidence]], vectors: NDArray[np.float32], seed: int) -> NDArray[np.float64]:
    """Place people by their evidence (see `NeedSpace`), shape (people, dimensions)."""
    texts = ["\n".join(one.text for one in rows) for rows in people]
    means = person_means([[one.row for one in rows if one.row is not None] for rows in people], vectors)
    return NeedSpace(texts, means, seed).place(texts, means)


def _halves(rows: Sequence[Evidence], generator: np.random.Generator) -> tuple[list[Evidence], list[Evidence]]:
    by_document: dict[str, list[Evidence]] = defaultdict(list)
    for one in rows:
        by_document[one.document_id].append(one)
    parts = list(by_document.values()) if len(by_document) > 1 else [[one] for one in rows]
    order = generator.permutation(len(parts))
    first = {int(index) for index in order[: len(parts) // 2]}
    return (
        [one for index, part in enumerate(parts) if index in first for one in part],
        [one for index, part in enumerate(parts) if index not in first for one in part],
    )
