"""The whole way from texts to named topics, in one call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains import PainFit, describe_pains, group_pains
from overheard.settings import PainSettings


def fit_pains(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    ids: Sequence[str],
    people: Sequence[str],
    settings: PainSettings,
) -> PainFit:
    """Group texts and describe the groups."""
    labels, probabilities = group_pains(texts, vectors, people, settings)
    return describe_pains(texts, vectors, ids, people, labels, probabilities)
