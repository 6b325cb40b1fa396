"""How do a sentence's traits add up to the probability that it says something of a kind?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from overheard.signals.traits import Reading

BASE = "base"


def measure_probability(reading: Reading, kind: str) -> float:
    """Return the probability 0-1 that a sentence is of `kind`: a logistic function of its weighted traits."""
    weights = load_weights()[kind]
    score = weights[BASE] + sum(weight * reading.values[trait] for trait, weight in weights.items() if trait != BASE)
    return 1.0 / (1.0 + math.exp(-score))


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights that ship with the room, by kind and trait (lexicon/weights.txt)."""
    weights: dict[str, dict[str, float]] = {}
    text = (files("overheard.signals") / "lexicon" / "weights.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, trait, weight, _reason = line.split("\t")
            weights.setdefault(kind, {})[trait] = float(weight)
    return weights
