"""What people say in trades nothing was fitted on is heard as what it is: the shipped heads over the real encoder."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.records import Span
from overheard.settings import SignalSettings
from overheard.signals import KINDS, detect_source
from overheard.signals.heads.card import measure_auc
from overheard.steps.scores import SentenceScorer
from tests.signals.invented import PLAIN, SENTENCES

pytestmark = pytest.mark.slow

ORDERS = 4
SENTENCES_OF_A_POST = 4
LABELLED = [(sentence, kind) for kind, sentences in SENTENCES.items() for sentence in sentences]
# Twenty sentences a kind are few: between two fits of the heads a share moved by up to .15. Floors of the shares said
# among posts lie a step below what was measured: pain .89, job .88, request .72, question .99, workaround .72,
# recommendation .81, worldview .55, objection .65, gain .62, on average .76.
LEAST_SAID = {
    "pain": 0.6,
    "job": 0.7,
    "request": 0.6,
    "question": 0.9,
    "workaround": 0.45,
    "recommendation": 0.65,
    "worldview": 0.45,
    "objection": 0.5,
    "gain": 0.5,
}
LEAST_SAID_ON_AVERAGE = 0.7
# Measured: pain .93, recommendation .96, gain .96, all others .98 and more. Who tells a detour often tells a pain.
LEAST_AUC = {**dict.fromkeys(KINDS, 0.95), "pain": 0.9, "recommendation": 0.92, "gain": 0.92}


@dataclass(frozen=True, slots=True)
class Heard:
    """Of all sentences, in the order of `LABELLED`: mean probabilities and how often said, shape (sentences, kinds)."""

    probabilities: NDArray[np.float64]
    said: NDArray[np.float64]

    def mean(self, kind: str, of: str) -> float:
        """Return the mean probability of `kind` among the sentences that say `of`."""
        return float(self.probabilities[_rows_of(of), KINDS.index(kind)].mean())  # type: ignore[arg-type]

    def share_said(self, kind: str, of: str) -> float:
        """Return how many of the sentences that say `of` are said to be of `kind`."""
        return float(self.said[_rows_of(of), KINDS.index(kind)].mean())  # type: ignore[arg-type]


def _rows_of(kind: str) -> list[int]:
    return [row for row, (_, of) in enumerate(LABELLED) if of == kind]


def _hear(texts: Sequence[Sequence[int]], scorer: SentenceScorer, register: str) -> tuple[NDArray[np.float32], ...]:
    """Hear texts made of rows of `LABELLED`, as one source."""
    bodies: list[str] = []
    spans: list[list[Span]] = []
    for rows in texts:
        body, places = "", []
        for row in rows:
            places.append((len(body), len(body) + len(LABELLED[row][0])))
            body += f"{LABELLED[row][0]} "
        bodies.append(body)
        spans.append(places)
    fit = detect_source(bodies, spans, scorer, scorer.heads, SignalSettings()).fit
    assert fit.register == register
    order = np.argsort([row for rows in texts for row in rows])
    return fit.probabilities[order], (fit.probabilities >= fit.thresholds)[order]


@pytest.fixture(scope="module")
def scorer() -> SentenceScorer:
    return SentenceScorer()


@pytest.fixture(scope="module")
def in_posts(scorer: SentenceScorer) -> Heard:
    """All sentences shuffled into posts of four, as one source; what a sentence stands beside is another each time."""
    probabilities, said = [], []
    for seed in range(ORDERS):
        rows = list(range(len(LABELLED)))
        random.Random(seed).shuffle(rows)
        texts = [rows[at : at + SENTENCES_OF_A_POST] for at in range(0, len(rows), SENTENCES_OF_A_POST)]
        one, other = _hear(texts, scorer, "post")
        probabilities.append(one)
        said.append(other)
    return Heard(np.mean(probabilities, 0), np.mean(said, 0))


@pytest.fixture(scope="module")
def in_answers(scorer: SentenceScorer) -> Heard:
    """Each sentence as an answer of its own, all of one source."""
    probabilities, said = _hear([[row] for row in range(len(LABELLED))], scorer, "answer")
    return Heard(probabilities.astype(np.float64), said.astype(np.float64))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["in_posts", "in_answers"])
def test_who_says_a_kind_is_given_it_with_more_probability_than_who_says_another(
    source: str, kind: str, request: pytest.FixtureRequest
) -> None:
    heard: Heard = request.getfixturevalue(source)
    others = {of: heard.mean(kind, of) for of in SENTENCES if of != kind}
    assert heard.mean(kind, kind) > max(others.values()), others


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["in_posts", "in_answers"])
def test_a_sentence_is_likeliest_what_it_says(source: str, kind: str, request: pytest.FixtureRequest) -> None:
    heard: Heard = request.getfixturevalue(source)
    means = {other: heard.mean(other, kind) for other in KINDS}
    assert max(means, key=means.__getitem__) == kind, means


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["in_posts", "in_answers"])
def test_sentences_of_a_kind_rank_before_all_others(source: str, kind: str, request: pytest.FixtureRequest) -> None:
    heard: Heard = request.getfixturevalue(source)
    truth = np.array([of == kind for _, of in LABELLED])
    scores = heard.probabilities[:, KINDS.index(kind)].astype(np.float32)  # type: ignore[arg-type]
    assert measure_auc(scores, truth) >= LEAST_AUC[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_most_of_what_is_said_among_other_things_is_heard(in_posts: Heard, kind: str) -> None:
    assert in_posts.share_said(kind, kind) >= LEAST_SAID[kind]


def test_seven_in_ten_of_all_that_is_said_are_heard(in_posts: Heard, in_answers: Heard) -> None:
    for heard in (in_posts, in_answers):
        assert np.mean([heard.share_said(kind, kind) for kind in KINDS]) >= LEAST_SAID_ON_AVERAGE


def test_what_says_nothing_is_heard_as_nothing(in_posts: Heard, in_answers: Heard) -> None:
    for kind in KINDS:
        assert in_posts.share_said(kind, PLAIN) <= 0.05
        assert in_answers.share_said(kind, PLAIN) <= 0.1
