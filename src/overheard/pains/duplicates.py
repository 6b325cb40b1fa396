"""Which texts say the same thing word for word, so that a copied sentence cannot become a topic of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DistinctTexts:
    """The different texts among n: `row` of each one's first copy, shape (distinct,), and `twin_of`, shape (n,).

    `twin_of` holds each text's index into `row`, or -1 for a text without a single letter or digit. The order of `row`
    follows the texts and not their rows, so that clustering does not depend on the order the texts came in.
    """

    row: NDArray[np.int64]
    twin_of: NDArray[np.int64]


def normalised_text(text: str) -> str:
    """Return `text` without case, punctuation at its ends, or differences in spacing and Unicode form."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    start, end = 0, len(plain)
    while start < end and not plain[start].isalnum():
        start += 1
    while end > start and not plain[end - 1].isalnum():
        end -= 1
    return plain[start:end]


def distinct_texts(texts: Sequence[str]) -> DistinctTexts:
    """Find the different texts after normalising; of twins the first in sort order stands for all."""
    keys = [normalised_text(text) for text in texts]
    order = sorted((row for row, key in enumerate(keys) if key), key=lambda row: (keys[row], texts[row]))
    twin_of = np.full(len(texts), -1, dtype=np.int64)
    rows: list[int] = []
    for row in order:
        if not rows or keys[row] != keys[rows[-1]]:
            rows.append(row)
        twin_of[row] = len(rows) - 1
    return DistinctTexts(np.array(rows, dtype=np.int64), twin_of)
