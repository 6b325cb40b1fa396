"""How many different pains does somebody meet in the first hundred sentences, in our order and in others?

A pain is what a label says it is: the topic and tags an asker chose, the themes an analyst gave an answer, an intent.
Reading any passage of a text counts as meeting its pains, which favours queues of passages nobody chose.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from overheard.records import Signal, Span, Utterance, id_of
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import EncoderSettings, SignalSettings
from overheard.sheets import Passage, cut_passages, order_reading
from overheard.signals import cut_own_words, find_signals, load_sentence_splitter, split_utterances
from overheard.steps.scores import SentenceScorer
from overheard.vectors import load_encoder

pytestmark = pytest.mark.bench

BUDGET = 100
"""Sentences read."""
SHUFFLES = 20
# Tags that name a machine or a state of the question, not what hurts.
NO_PAIN = re.compile(
    r"windows|mac|linux|ubuntu|fedora|android|ios|desktop$|mobile|firefox(-|$)|thunderbird(-|$)|beta|nightly|esr|release"
    r"|needsinfo|escalate|solved|archived"
)

Read = tuple[str, int]
"""The text a passage is of, and its sentences."""
Pains = Callable[[str], frozenset[object]]


@dataclass(frozen=True)
class Corpus:
    """Texts, all their sentences, and the signals that count as pains with their vectors."""

    utterances: Sequence[Utterance]
    sentences: dict[str, tuple[Span, ...]]
    signals: Sequence[Signal]
    vectors: NDArray[np.float32]

    def own(self) -> dict[str, tuple[Span, ...]]:
        """Return the own words of each text."""
        return {one.utterance_id: cut_own_words(one.text, one.not_own) for one in self.utterances}


def make_corpus(texts: Sequence[str], detects: bool) -> Corpus:
    """Split texts and find their pains; unless `detects`, every sentence is one, surely."""
    utterances = [
        Utterance(f"{at:06}", f"{at:06}", f"p{at}", 0, text, (), None, None, "", "") for at, text in enumerate(texts)
    ]
    sentences = split_utterances(
        utterances, load_sentence_splitter(verify_model(SENTENCE_MODEL)), settings := SignalSettings()
    )
    if detects:
        scorer = SentenceScorer()
        found = find_signals(utterances, sentences, scorer, scorer.heads, settings)[0]
        signals = [one for one in found if one.kind == "pain"]
    else:
        signals = [pain_at(one, span) for one in utterances for span in sentences[one.utterance_id]]
    text_of = {one.utterance_id: one.text for one in utterances}
    vectors = load_encoder(EncoderSettings()).encode(
        [text_of[one.utterance_id][one.start : one.end] for one in signals]
    )
    return Corpus(utterances, sentences, signals, vectors)


def pain_at(utterance: Utterance, span: Span) -> Signal:
    """Make a pain nobody doubts."""
    signal_id = id_of(utterance.utterance_id, *span)
    return Signal(signal_id, utterance.utterance_id, utterance.person_id, *span, "pain", 1, 1.0, ())


def queues_of(corpus: Corpus) -> dict[str, list[list[Read]]]:
    """Return each queue by name; of those drawn at random, `SHUFFLES` of them."""
    own = corpus.own()
    passages = cut_passages(corpus.utterances, own, corpus.signals)
    anywhere = [
        window
        for one in corpus.utterances
        for span in corpus.sentences[one.utterance_id]
        for window in cut_passages([one], own, [pain_at(one, span)])
    ]
    posts = [(one.utterance_id, max(1, len(corpus.sentences[one.utterance_id]))) for one in corpus.utterances]
    turns = order_reading(passages, corpus.signals, corpus.vectors, BUDGET)
    return {
        "random posts, whole": shuffled(posts),
        "random passages": shuffled(reads_of(anywhere)),
        "random passages with a pain": shuffled(reads_of(passages)),
        "the queue": [reads_of([turn.passage for turn in turns])],
        "farthest first, weighted": [reads_of(farthest_first(passages, corpus))],
        "k-means medoids": [reads_of(medoids(passages, corpus))],
    }


def reads_of(passages: Sequence[Passage]) -> list[Read]:
    return [(one.utterance_id, one.sentences) for one in passages]


def shuffled(reads: Sequence[Read]) -> list[list[Read]]:
    return [random.Random(seed).sample(reads, len(reads)) for seed in range(SHUFFLES)]


def surest(passages: Sequence[Passage], corpus: Corpus) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return for each passage the vector and the probability of its surest pain."""
    rows = [max(one.rows, key=lambda row: corpus.signals[row].probability) for one in passages]
    return corpus.vectors[rows], np.array([corpus.signals[row].probability for row in rows])


def farthest_first(passages: Sequence[Passage], corpus: Corpus) -> list[Passage]:
    vectors, weight = surest(passages, corpus)
    distance, chosen = np.full(len(passages), 2.0), []
    for _ in range(min(BUDGET, len(passages))):
        best = int(np.argmax(distance * weight))
        chosen.append(passages[best])
        distance = np.minimum(distance, np.maximum(1 - vectors @ vectors[best], 0))
        distance[best] = -1
    return chosen


def medoids(passages: Sequence[Passage], corpus: Corpus) -> list[Passage]:
    """Return the passage nearest to each of a hundred centres, those of the largest clusters first."""
    vectors, weight = surest(passages, corpus)
    fit = KMeans(BUDGET, n_init=1, random_state=7).fit(vectors, sample_weight=weight)
    chosen = []
    for cluster in np.argsort(-np.bincount(fit.labels_, minlength=BUDGET), kind="stable"):
        members = np.flatnonzero(fit.labels_ == cluster)
        chosen.append(passages[int(members[np.argmax(vectors[members] @ fit.cluster_centers_[cluster])])])
    return chosen


def count_pains(reads: Sequence[Read], pains: Pains, budget: float = BUDGET) -> int:
    """Count the different pains met in the first `budget` sentences."""
    met: set[object] = set()
    for utterance_id, sentences in reads:
        budget -= sentences
        if budget < 0:
            break
        met |= pains(utterance_id)
    return len(met)


def measure(name: str, queues: dict[str, list[list[Read]]], pains: Pains) -> dict[str, float]:
    """Print what each queue meets, and how many times as much as random passages; return the counts."""
    found = {queue: float(np.mean([count_pains(one, pains) for one in ways])) for queue, ways in queues.items()}
    there = count_pains(queues["random posts, whole"][0], pains, float("inf"))
    print(f"\n{name}: {there} pains; no queue meets more than {min(BUDGET, there)} in {BUDGET} sentences")
    for queue, count in found.items():
        times = f"{count / found['random passages']:5.2f} × random passages"
        print(f"  {queue:28} {count:6.1f} {times}, {count / found['random posts, whole']:5.2f} × random posts")
    return found | {"there": min(BUDGET, there)}


def test_questions_with_topics_and_tags(shared_data: Path) -> None:
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("topic") and row["text"].strip()]
    rows = random.Random(5).sample(rows, 4000)
    queues = queues_of(make_corpus([row["text"] for row in rows], detects=True))

    def whole(at: str) -> frozenset[object]:
        return frozenset({(rows[int(at)]["community"], rows[int(at)]["topic"], rows[int(at)]["tags"])})

    def plain(at: str) -> frozenset[object]:
        tags = frozenset(tag for tag in rows[int(at)]["tags"].split(";") if tag and not NO_PAIN.match(tag))
        return frozenset({(rows[int(at)]["community"], rows[int(at)]["topic"], tags)})

    measure("questions, topic × all tags (machine and version too)", queues, whole)
    found = measure("questions, topic × tags that are no machine or version", queues, plain)
    assert found["the queue"] >= 1.5 * found["random posts, whole"]


def test_survey_answers_with_themes(shared_data: Path) -> None:
    with gzip.open(shared_data / "corpora" / "survey_verbatims.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] == "jupyter2015" and row["themes"]]
    queues = queues_of(make_corpus([row["text"] for row in rows], detects=True))

    def themes(at: str) -> frozenset[object]:
        return frozenset(rows[int(at)]["themes"] if rows[int(at)]["label"] == "pain" else ())

    def together(at: str) -> frozenset[object]:
        return frozenset({themes(at)} - {frozenset()})

    found = measure("answers, theme of a pain", queues, themes)
    assert found["the queue"] >= 0.9 * found["there"]
    found = measure("answers, themes of a pain together", queues, together)
    assert found["the queue"] >= 1.5 * found["random passages"]


@pytest.mark.parametrize("parts", [("oos_train", "oos_val", "oos_test", "train", "val", "test"), ("oos_test", "test")])
def test_short_questions_with_intents(shared_data: Path, parts: tuple[str, ...]) -> None:
    content = json.loads((shared_data / "corpora" / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    rows = [row for part in parts for row in content[part]]
    queues = queues_of(make_corpus([text for text, _ in rows], detects=False))
    found = measure(
        f"intents, {len(rows)} short questions, {sum(intent == 'oos' for _, intent in rows)} of none",
        queues,
        lambda at: frozenset({rows[int(at)][1]} - {"oos"}),
    )
    assert found["the queue"] >= 0.9 * found["there"]
