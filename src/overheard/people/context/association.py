"""Do segments differ in what else is known of their people? Tests and effect sizes, corrected for their number.

Nothing of this reaches the fit: segments are found from needs alone and described afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import benjamini_hochberg
from overheard.people.context.fields import Field

PERMUTATIONS = 1999
OTHER = "another"
_FEWEST_PEOPLE = 20
"""Placed people with a known value, below which nothing is tested."""
_AT_ONCE = 2_000_000
"""Cells of permuted tables held at once."""

Measure = Literal["Cramér's V", "epsilon squared"]


@dataclass(frozen=True, slots=True)
class Association:
    """How a field goes with the segments.

    `people` have a known value and a segment. `effect` is 0-1 in `measure`; `p` and `q` (corrected for the number of
    fields) are None where too few people or only one value are known. `values` are, by segment_id, people by value,
    most first; `middles` medians of numbers, of segments with enough people.
    """

    name: str
    unit: str
    people: int
    measure: Measure
    effect: float | None
    p: float | None
    q: float | None
    values: Mapping[str, tuple[tuple[str, int], ...]]
    middles: Mapping[str, float]


def describe_fields(
    fields: Sequence[Field], segment_of: Mapping[str, str], smallest: int, seed: int
) -> list[Association]:
    """Describe segments by fields they were not made from.

    Categories: chi-square with a p-value from random tables of the same margins, and Cramér's V corrected for bias
    (Bergsma, 2013). Numbers: Kruskal-Wallis, and epsilon squared, H / (n - 1). q after Benjamini and Hochberg (1995).

    Args:
        fields: what is known of people.
        segment_of: person_id → segment_id, of those who have one.
        smallest: people a value needs, over all segments, to count by itself, and a segment to have a median.
        seed: of the random tables.
    """
    rows = [_describe(field, segment_of, smallest, seed) for field in fields]
    tested = [at for at, row in enumerate(rows) if row.p is not None]
    q = benjamini_hochberg(np.array([rows[at].p for at in tested], dtype=np.float64)).tolist()
    by_row = dict(zip(tested, q, strict=True))
    return [
        Association(
            one.name, one.unit, one.people, one.measure, one.effect, one.p, by_row.get(at), one.values, one.middles
        )
        for at, one in enumerate(rows)
    ]


def cramers_v(table: NDArray[np.int64]) -> float:
    """Return Cramér's V, 0-1, corrected for bias (Bergsma, 2013).

    Args:
        table: counts, shape (rows, columns); no row or column is empty.
    """
    people, (rows, columns) = int(table.sum()), table.shape
    if people < 2 or min(rows, columns) < 2:
        return 0.0
    phi = max(0.0, _chi_square(table[None])[0] / people - (rows - 1) * (columns - 1) / (people - 1))
    sides = [side - (side - 1) ** 2 / (people - 1) for side in (rows, columns)]
    return min(1.0, sqrt(phi / max(min(sides) - 1, 1e-12)))


def permutation_p(table: NDArray[np.int64], seed: int) -> float:
    """Return how often random tables of the same margins have as large a chi-square, the table itself among them.

    Args:
        table: counts, shape (rows, columns); no row or column is empty.
        seed: of the draws.
    """
    from scipy.stats import random_table

    # Drawn from sorted margins, so that neither ids nor their order show in the last digit.
    margins = random_table(np.sort(table.sum(axis=1)), np.sort(table.sum(axis=0)))
    generator = np.random.default_rng(seed)
    least = _chi_square(table[None])[0] * (1 - 1e-9)
    at_once = max(1, min(PERMUTATIONS, _AT_ONCE // table.size))
    larger, left = 0, PERMUTATIONS
    while left:
        drawn = margins.rvs(min(at_once, left), random_state=generator)
        larger += int((_chi_square(drawn) >= least).sum())
        left -= len(drawn)
    return (larger + 1) / (PERMUTATIONS + 1)


def _chi_square(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return chi-square of tables of the same margins, shape (tables, rows, columns)."""
    first = tables[0]
    expected = np.outer(first.sum(axis=1), first.sum(axis=0)) / first.sum()
    found: NDArray[np.float64] = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
    return found


def _describe(field: Field, segment_of: Mapping[str, str], smallest: int, seed: int) -> Association:
    known = {person: value for person, value in field.values.items() if person in segment_of}
    groups = sorted(set(segment_of.values()))
    of_segment = {group: sorted(known[person] for person in known if segment_of[person] == group) for group in groups}
    if all(isinstance(value, str) for value in known.values()):
        return _category(
            field, {group: [str(value) for value in own] for group, own in of_segment.items()}, smallest, seed
        )
    return _number(field, {group: [float(value) for value in own] for group, own in of_segment.items()}, smallest)


def _category(field: Field, values: Mapping[str, Sequence[str]], smallest: int, seed: int) -> Association:
    everywhere = Counter(value for own in values.values() for value in own)
    kept = {value for value, people in everywhere.items() if people >= smallest}
    counts = {group: Counter(value if value in kept else OTHER for value in own) for group, own in values.items()}
    names = sorted({value for own in counts.values() for value in own})
    table = np.array([[own[name] for name in names] for own in counts.values() if own], dtype=np.int64)
    people, effect, p = sum(everywhere.values()), None, None
    if people >= _FEWEST_PEOPLE and kept and min(table.shape) >= 2:
        effect, p = cramers_v(table), permutation_p(table, seed)
    ranked = {group: tuple(sorted(own.items(), key=lambda row: (-row[1], row[0]))) for group, own in counts.items()}
    return Association(field.name, field.unit, people, "Cramér's V", effect, p, None, ranked, {})


def _number(field: Field, values: Mapping[str, Sequence[float]], smallest: int) -> Association:
    from scipy.stats import kruskal

    groups = [own for own in values.values() if own]
    everything = [value for own in groups for value in own]
    people, effect, p = len(everything), None, None
    if people >= _FEWEST_PEOPLE and len(groups) >= 2 and len(set(everything)) >= 2:
        result = kruskal(*groups)
        effect, p = float(result.statistic) / (people - 1), float(result.pvalue)
    middles = {group: float(median(own)) for group, own in values.items() if len(own) >= smallest}
    return Association(field.name, field.unit, people, "epsilon squared", effect, p, None, {}, middles)
