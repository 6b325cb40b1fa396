"""Is there anything to segment? Halves of what each said are asked apart.

Any data can be cut into groups, and the cut may even be stable. What chance does not do is put the two halves of one
person's sentences into the same group. With sentences dealt to people at random the agreement is 0 ± .02.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from overheard.people.needs.evidence import Evidence
from overheard.people.needs.space import NeedSpace, Sayings
from overheard.people.segments.grouping import fit_groups, nearest_group

SPLITS = 8
_MOST_PEOPLE = 1500
"""People the agreement is measured with; more would only narrow an interval that is narrow already."""

Halves = tuple[list[list[int]], list[list[int]]]
"""First and second halves: for each person, rows of the evidence."""


def least_agreement(people: int) -> float:
    """Return the agreement under which the data hold no segments; chance scatters more among few people."""
    return 0.03 + 0.75 / people


def split_halves(evidence: Sequence[Evidence], people: Sequence[Sequence[int]], seed: int) -> list[Halves]:
    """Split each person's evidence SPLITS times: by documents, or by sentences where there is only one document.

    Args:
        evidence: sentences.
        people: for each person, rows of `evidence`; the first half of a single row is empty.
        seed: of the draws.
    """
    parts = []
    for rows in people:
        by_document: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            by_document[evidence[row].document_id].append(row)
        parts.append(list(by_document.values()) if len(by_document) > 1 else [[row] for row in rows])
    splits = []
    for split in range(SPLITS):
        generator = np.random.default_rng((seed, split))
        first, second = [], []
        for own in parts:
            order = generator.permutation(len(own))
            middle = len(own) // 2
            first.append([row for index in order[:middle] for row in own[index]])
            second.append([row for index in order[middle:] for row in own[index]])
        splits.append((first, second))
    return splits


def half_agreement(sayings: Sayings, splits: Sequence[Halves], groups: int, seed: int) -> float:
    """Measure how well a person's group from half of their evidence is found again from the other half.

    Space and groups are fitted on first halves only.

    Returns:
        Mean adjusted Rand index over the splits: 0 for chance, 1 for groups that every half shows.
    """
    from sklearn.metrics import adjusted_rand_score

    found = []
    for split in splits:
        pairs = [(first, second) for first, second in zip(*split, strict=True) if first and second]
        pairs = pairs[:: max(1, -(-len(pairs) // _MOST_PEOPLE))]
        if len(pairs) <= groups:
            return 0.0
        told, asked = [first for first, _ in pairs], [second for _, second in pairs]
        space = NeedSpace(sayings, told)
        labels, centres = fit_groups(space.place(told), groups, seed, 3)
        found.append(float(adjusted_rand_score(labels, nearest_group(space.place(asked), centres))))
    return float(np.mean(found))
