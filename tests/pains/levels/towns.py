"""Invented markets in two steps: themes, each of a few troubles, each told by some people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting import Sentences
from overheard.pains.topics import Topic
from overheard.records import Pain


def make_sentences(
    themes: int = 4, troubles: int = 2, each: int = 12, spread: float = 0.25, seed: int = 5
) -> tuple[Sentences, list[str]]:
    """Return sentences of different people and the trouble of each, named "theme 1 trouble 0"."""
    random = np.random.default_rng(seed)
    names = [f"theme {theme} trouble {trouble}" for theme in range(themes) for trouble in range(troubles)]
    axes = np.eye(48)
    rows, truth = [], []
    for place, name in enumerate(names):
        middle = axes[place // troubles] + 0.6 * axes[themes + place]
        for _ in range(each):
            rows.append(middle / np.linalg.norm(middle) + spread * random.normal(size=48) / np.sqrt(48))
            truth.append(name)
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    count = len(truth)
    ids, people = tuple(f"s{row:04}" for row in range(count)), tuple(f"p{row}" for row in range(count))
    texts = tuple(f"{name}, case {row}" for row, name in enumerate(truth))
    return Sentences(ids, texts, people, vectors, vectors), truth


def pains_of(sentences: Sentences, places: Sequence[str | None]) -> list[Pain]:
    """Return the pains of these places, named after themselves."""
    pains = []
    for pain_id in sorted({place for place in places if place}):
        own = [row for row, place in enumerate(places) if place == pain_id]
        people = len({sentences.people[row] for row in own})
        pains.append(
            Pain(pain_id, f"the {pain_id}", (), tuple(sorted(sentences.ids[row] for row in own)[:3]), people, len(own))
        )
    return pains


def describe(sentences: Sentences, labels: NDArray[np.int64]) -> list[Topic]:
    """Name each group after its first text."""
    found = []
    for label in range(int(labels.max(initial=-1)) + 1):
        rows = np.flatnonzero(labels == label).tolist()
        texts = sorted(sentences.texts[row] for row in rows)
        found.append(Topic(tuple(rows), tuple(rows[:3]), ("one word", "another"), f"about {texts[0]}", len(rows)))
    return found
