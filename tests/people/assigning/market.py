"""An invented market of three segments: what its people say, and vectors that follow the subject."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.people import Evidence

SUBJECTS = {
    "kiln": ["kiln", "glaze", "crack", "shelf", "firing", "cone", "clay", "bisque", "pyrometer", "thermocouple"],
    "bees": ["hive", "swarm", "queen", "mite", "frame", "honey", "brood", "smoker", "nectar", "wasp"],
    "boat": ["hull", "anchor", "rudder", "mooring", "leak", "keel", "sail", "barnacle", "winch", "bilge"],
}
DIMS = 16


def make_text(subject: str, number: int, words: int = 6) -> str:
    """Say something of a subject."""
    own = SUBJECTS[subject]
    chosen = [own[(number * 3 + step * (1 + number % 3)) % len(own)] for step in range(words)]
    return (
        f"My {' and '.join(chosen[: words // 2])} gave up. I had the {' with the '.join(chosen[words // 2 :])} again."
    )


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Encode by the share of each subject's words, with a trace of the text's length."""
    rows = np.full((len(texts), DIMS), 0.05, dtype=np.float32)
    for row, text in enumerate(texts):
        for at, own in enumerate(SUBJECTS.values()):
            rows[row, at] += sum(text.lower().count(word) for word in own)
        rows[row, 5] += len(text) % 7 / 10
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def make_market(people: int = 12, threads: int = 3) -> tuple[list[Evidence], NDArray[np.float32], dict[str, str]]:
    """Return evidence, its vectors, and whose segment is which, `people` of each subject."""
    evidence: list[Evidence] = []
    segment_of: dict[str, str] = {}
    texts: list[str] = []
    for subject in SUBJECTS:
        for person in range(people):
            person_id = f"{subject}{person:02}"
            segment_of[person_id] = subject
            for thread in range(threads):
                number = person * 5 + thread
                text = make_text(subject, number)
                pain = f"{subject} {number % 3}"
                evidence.append(Evidence(person_id, f"d{subject}{person}{thread}", pain, 1, text, len(texts)))
                texts.append(text)
    return evidence, encode(texts), segment_of
