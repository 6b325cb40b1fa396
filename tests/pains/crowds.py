"""Invented texts with vectors made to measure: each theme has its direction, each text lies a little beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

THEMES: dict[str, tuple[str, ...]] = {
    "late payment": ("invoice", "overdue", "client", "reminder", "chasing"),
    "bank feed": ("statement", "matching", "transfer", "duplicate", "balance"),
    "forgotten hours": ("timesheet", "evening", "unbilled", "scraps", "retainer"),
    "exchange fees": ("currency", "euros", "conversion", "abroad", "dollars"),
}


def crowd_of(
    per_theme: int, themes: int = 4, spread: float = 0.5, seed: int = 3
) -> tuple[list[str], NDArray[np.float32], list[str], list[str], NDArray[np.int64]]:
    """Return texts, unit vectors (n, 24), ids, people (one each) and true themes of an invented crowd."""
    random = np.random.default_rng(seed)
    texts, theme_of = [], []
    for number, (name, words) in enumerate(list(THEMES.items())[:themes]):
        for one in range(per_theme):
            first, second = random.choice(words, 2, replace=False)
            texts.append(f"My {name} trouble {first} and {second} again, case {number}x{one}.")
            theme_of.append(number)
    truth = np.array(theme_of, dtype=np.int64)
    vectors = np.eye(24)[truth] + spread * random.normal(size=(len(truth), 24)) / np.sqrt(24)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"s{row}" for row in range(len(texts))]
    return texts, vectors.astype(np.float32), ids, [f"p{row}" for row in range(len(texts))], truth
