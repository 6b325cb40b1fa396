"""What a profile of the encoder costs and what it gives, on real sentences: speed, neighbours, topics."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import EncoderSettings, SignalSettings
from overheard.signals import load_sentence_splitter, split_texts
from overheard.vectors import Encoder, load_encoder

pytestmark = pytest.mark.bench

SENTENCES = 5000
POSTS_AT_ONCE = 500
NEIGHBOURS = 10
WARM_UP = 64
LEAST_TIMES_AS_FAST, LEAST_MEAN_COSINE = 2.5, 0.985
LEAST_FAST_TIMES, LEAST_FAST_OVERLAP, LEAST_FAST_SHARE = 20, 0.15, 0.7
"""What `fast` must give at least: speed beside float32, neighbours shared with it, and of int8's ARI."""

PROFILES = {
    "float32": EncoderSettings(profile="best"),
    "int8": EncoderSettings(),
    "fast": EncoderSettings(profile="fast"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Unit rows of the sentences, shape (sentences, dims), and sentences per second of processor time."""

    rows: NDArray[np.float32]
    rate: float


def load_sentences(path: Path) -> list[str]:
    """The first distinct sentences of the support questions, in the order of the file."""
    found: dict[str, None] = {}
    splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        posts: Iterable[str] = (json.loads(line)["text"] for line in lines)
        while len(found) < SENTENCES and (texts := list(islice(posts, POSTS_AT_ONCE))):
            for text, spans in zip(texts, split_texts(texts, splitter, SignalSettings()), strict=True):
                found.update(dict.fromkeys(text[start:end] for start, end in spans))
    return list(found)[:SENTENCES]


def timed(encoder: Encoder, texts: list[str]) -> Run:
    """Encode in the order the pipeline does, shortest first."""
    encoder.encode(texts[:WARM_UP])
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    start = time.process_time()
    encoded = encoder.encode([texts[row] for row in order])
    seconds = time.process_time() - start
    rows = np.empty_like(encoded)
    rows[order] = encoded
    return Run(rows, len(texts) / seconds)


def neighbours(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """The nearest other rows of each row, shape (rows, NEIGHBOURS)."""
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -2)
    return np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]


def overlap(rows: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Share of each row's nearest rows that are its nearest in `truth`."""
    pairs = zip(neighbours(rows).tolist(), neighbours(truth).tolist(), strict=True)
    return float(np.mean([len(set(one) & set(other)) / NEIGHBOURS for one, other in pairs]))


@pytest.fixture(scope="module")
def encoders() -> dict[str, Encoder]:
    return {name: load_encoder(settings) for name, settings in PROFILES.items()}


def test_int8_and_fast_are_as_fast_and_as_exact_as_we_say(encoders: dict[str, Encoder], shared_data: Path) -> None:
    texts = load_sentences(shared_data / "corpora" / "mozilla_support.jsonl.gz")
    assert len(texts) == SENTENCES
    runs = {name: timed(encoder, texts) for name, encoder in encoders.items()}
    full = runs["float32"]
    cosines = (runs["int8"].rows * full.rows).sum(1)
    shared = {name: overlap(run.rows, full.rows) for name, run in runs.items()}
    times = {name: run.rate / full.rate for name, run in runs.items()}
    print(f"\n{len(texts)} sentences of {np.mean([len(text) for text in texts]):.0f} characters")
    for name, run in runs.items():
        print(f"{name:8} {run.rate:7.0f} a CPU second, {times[name]:5.1f} x, neighbours shared {shared[name]:.3f}")
    print(f"int8 to float32: cosine {cosines.mean():.4f} on average, {cosines.min():.4f} at least")
    assert times["int8"] >= LEAST_TIMES_AS_FAST
    assert cosines.mean() >= LEAST_MEAN_COSINE
    assert times["fast"] >= LEAST_FAST_TIMES
    assert shared["fast"] >= LEAST_FAST_OVERLAP


def test_what_fast_costs_when_intents_are_grouped(encoders: dict[str, Encoder], shared_data: Path) -> None:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    pairs = json.loads((shared_data / "corpora" / "clinc150" / "data_full.json").read_text(encoding="utf-8"))["train"]
    texts, intents = [text for text, _ in pairs], [intent for _, intent in pairs]
    found = {}
    for name in ("int8", "fast"):
        rows = encoders[name].encode(texts)
        groups = KMeans(len(set(intents)), n_init=3, random_state=0).fit_predict(rows)
        found[name] = adjusted_rand_score(intents, groups)
        print(f"\n{name:8} ARI {found[name]:.3f}: k-means, {len(set(intents))} intents told, {len(texts)} questions")
    assert found["fast"] >= LEAST_FAST_SHARE * found["int8"]
