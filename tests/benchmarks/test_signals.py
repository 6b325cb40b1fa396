"""What is detected of sentences that nothing was fitted on, where the corpora they lie in are at hand."""

from __future__ import annotations

import csv
import gzip
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from overheard.records import Span
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import SignalSettings
from overheard.signals import KINDS, Heads, detect_source, load_heads, load_sentence_splitter, split_texts
from overheard.signals.heads.card import measure_auc, measure_calibration_error, measure_f1
from overheard.signals.heads.fit import fit_heads
from overheard.signals.heads.thresholds import find_best_threshold
from overheard.steps.asked.heads import (
    KIND_OF_CODE,
    is_for_test,
    load_documents,
    load_invented,
    load_labelled,
    load_labels,
    load_surveys,
)
from overheard.steps.scores import SentenceScorer
from overheard.vectors import inner_encoder_id, load_inner_encoder
from tests.demo.make_demo import ROOT

pytestmark = pytest.mark.bench

MODELS = ROOT / "models"
CODES = {kind: code for code, kind in KIND_OF_CODE.items()}
LEAST_EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind on one set: `said` is what counts, `scores` the probabilities."""

    truth: NDArray[np.bool_]
    scores: NDArray[np.float32]
    said: NDArray[np.bool_]

    def line(self) -> str:
        """Say them."""
        best = measure_f1(self.scores >= find_best_threshold(self.scores, self.truth), self.truth)
        return (
            f"n {self.truth.sum():4} AUC {measure_auc(self.scores, self.truth):.3f} "
            f"F1 {self.f1:.3f} best F1 {best:.3f} calibration error "
            f"{measure_calibration_error(self.scores, self.truth):.3f}"
        )

    @property
    def f1(self) -> float:
        """Return F1 of what counts as said."""
        return measure_f1(self.said, self.truth)


def detect_texts(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return each text's largest probability of each kind and whether a sentence of it counts, as one source."""
    settings, scorer = SignalSettings(), SentenceScorer()
    spans = split_texts(texts, load_sentence_splitter(verify_model(SENTENCE_MODEL)), settings)
    detection = detect_source(texts, spans, scorer, scorer.heads, settings)
    scores = np.zeros((len(texts), len(KINDS)), dtype=np.float32)
    said = np.zeros(scores.shape, dtype=bool)
    for row, findings in enumerate(detection.findings(everything=True)):
        for finding, counts in findings:
            column = KINDS.index(finding.kind)
            scores[row, column] = max(scores[row, column], finding.probability)
            said[row, column] |= counts
    return scores, said


def test_labellers_agree() -> None:
    twice = [rows for rows in load_labels(MODELS).values() if len(rows) == 2]
    print(f"\n{len(twice)} sentences labelled twice")
    for kind, code in CODES.items():
        first, second = ([code in rows[at]["kinds"] for rows in twice] for at in (0, 1))
        print(f"{kind:15} {sum(first):4} {sum(second):4} kappa {cohen_kappa_score(first, second):.3f}")
    pooled = [[code in rows[at]["kinds"] for rows in twice for code in KIND_OF_CODE] for at in (0, 1)]
    kappa = cohen_kappa_score(*pooled)
    print(f"all kinds: {kappa:.3f}")
    assert kappa >= 0.60


def test_labelled_sentences_of_the_test_part(shared_data: Path) -> None:
    """Each corpus is one source: all documents that hold a labelled test sentence, whole."""
    labels = {place: rows[0] for place, rows in load_labels(MODELS).items() if is_for_test(rows[0]["thread"])}
    found: dict[str, list[Figures]] = {kind: [] for kind in KINDS}
    rungs: list[tuple[int, int]] = []
    for corpus in sorted({place[0] for place in labels}):
        places = {place[1:]: row for place, row in labels.items() if place[0] == corpus}
        wanted = {document for document, _ in places}
        texts = {key: text for key, text in load_documents(shared_data / "corpora", corpus) if key in wanted}
        scores, said, strengths = detect_places(texts, list(places))
        for column, kind in enumerate(KINDS):
            truth = np.array([CODES[kind] in row["kinds"] for row in places.values()])
            found[kind].append(Figures(truth, scores[:, column], said[:, column]))
        pains = [number for number, row in enumerate(places.values()) if "P" in row["kinds"]]
        rows = list(places.values())
        rungs += [(int(rows[number]["rung"]), int(strengths[number])) for number in pains if strengths[number]]
        print(f"\n{corpus}: {len(places)} sentences")
        for kind in ("pain", "question", "job", "gain"):
            if found[kind][-1].truth.sum() >= 10:
                print(f"  {kind:15} {found[kind][-1].line()}")
    print("\nall corpora")
    for kind in KINDS:
        whole = Figures(*(np.concatenate([getattr(one, name) for one in found[kind]]) for name in Figures.__slots__))
        print(f"  {kind:15} {whole.line()}")
        assert measure_auc(whole.scores, whole.truth) > 0.75
        if whole.truth.sum() >= LEAST_EXAMPLES:
            assert measure_calibration_error(whole.scores, whole.truth) <= 0.05
            assert whole.f1 >= 0.5
    near = np.mean([abs(truth - strength) <= 1 for truth, strength in rungs])
    exact = np.mean([truth == strength for truth, strength in rungs])
    print(f"  rungs of {len(rungs)} pains that were found: within one step {near:.3f}, exact {exact:.3f}")
    assert near >= 0.85


def detect_places(
    texts: dict[str, str], places: Sequence[tuple[str, Span]]
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64]]:
    settings, scorer = SignalSettings(), SentenceScorer()
    splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
    spans = dict(zip(texts, split_texts(list(texts.values()), splitter, settings), strict=True))
    for document, span in places:  # a labelled sentence stays a sentence, wherever it is split today
        others = [one for one in spans[document] if one[1] <= span[0] or one[0] >= span[1]]
        spans[document] = tuple(sorted([*others, span]))
    detection = detect_source(list(texts.values()), list(spans.values()), scorer, scorer.heads, settings)
    rows = {place: row for row, place in enumerate(places)}
    scores = np.zeros((len(places), len(KINDS)), dtype=np.float32)
    said = np.zeros(scores.shape, dtype=bool)
    strengths = np.zeros(len(places), dtype=np.int64)
    for document, findings in zip(texts, detection.findings(everything=True), strict=True):
        for finding, counts in findings:
            row = rows.get((document, (finding.start, finding.end)))
            if row is not None:
                column = KINDS.index(finding.kind)
                scores[row, column], said[row, column] = finding.probability, counts
                if finding.kind == "pain":
                    strengths[row] = finding.strength
    return scores, said, strengths


def test_survey_answers_of_a_survey_left_out(shared_data: Path) -> None:
    """Heads fitted without the survey: pain against gain, and request against the rest."""
    corpora = shared_data / "corpora"
    with gzip.open(corpora / "survey_verbatims.jsonl.gz", "rt", encoding="utf-8") as lines:
        answers = [json.loads(line) for line in lines]
    labelled = [example for example in load_labelled(MODELS, corpora) if not is_for_test(example.thread)]
    kept = [*labelled, *load_invented(MODELS), *load_surveys(corpora, ("jupyter2015",))]
    texts = sorted({text for one in kept for text in (one.sentence, one.before, one.after) if text})
    rows = dict(zip(texts, load_inner_encoder().encode(texts), strict=True))
    heads = fit_heads(kept, rows, inner_encoder_id(), validate=False).heads
    for wanted, others in (("pain", ("gain",)), ("request", ("pain", "gain", "job"))):
        chosen = [row for row in answers if row["source"] == "jupyter2015" and row["label"] in (wanted, *others)]
        truth = np.array([row["label"] == wanted for row in chosen])
        for name, used in (("left out", heads), ("shipped", load_heads())):
            scores, said = detect_answers([row["text"] for row in chosen], used, wanted)
            print(f"\nsurvey, {name}: {wanted} against {', '.join(others)}: {Figures(truth, scores, said).line()}")
            assert measure_auc(scores, truth) > 0.7


def detect_answers(texts: Sequence[str], heads: Heads, kind: str) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    scorer, settings = SentenceScorer(heads=heads), SignalSettings()
    detection = detect_source(texts, [[(0, len(text))] for text in texts], scorer, heads, settings)
    column = next(at for at, name in enumerate(KINDS) if name == kind)
    scores = detection.fit.probabilities[:, column]
    return scores, scores >= detection.fit.thresholds[column]


def test_suggestions_of_another_domain(shared_data: Path) -> None:
    """SemEval-2019 task 9A, its evaluation half; nothing was fitted on any part of that set."""
    path = shared_data / "corpora" / "semeval2019_9a" / "SubtaskA_EvaluationData_labeled.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        rows = [row for row in csv.reader(stream) if len(row) >= 3 and row[2] in "01"]
    scores, said = detect_texts([row[1] for row in rows])
    column = KINDS.index("request")
    figures = Figures(np.array([row[2] == "1" for row in rows]), scores[:, column], said[:, column])
    print(f"\nSemEval 9A, request: {figures.line()}")
    assert figures.f1 >= 0.5


def test_speed_of_splitting_cues_and_heads(shared_data: Path) -> None:
    """Vectors given, in CPU time; four times the posts must not take more a sentence."""
    texts = [text for _, text in load_documents(shared_data / "corpora", "mozilla_support")][:2_000]
    settings, scorer = SignalSettings(), SentenceScorer()
    splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
    distinct = sorted(
        {
            text[slice(*span)]
            for text, spans in zip(texts, split_texts(texts, splitter, settings), strict=True)
            for span in spans
        }
    )
    kept = dict(zip(distinct, scorer(distinct), strict=True))
    for times in (1, 4):
        many = texts * times
        started = time.process_time()
        spans = split_texts(many, splitter, settings)
        split = time.process_time() - started
        detection = detect_source(
            many, spans, lambda some: np.stack([kept[one] for one in some]), scorer.heads, settings
        )
        said = sum(len(findings) for findings in detection.findings())
        taken = time.process_time() - started
        sentences = sum(map(len, spans))
        print(
            f"\n{len(many)} posts, {sentences} sentences, {said} signals: {sentences / taken:.0f} sentences/CPU-s, of "
            f"which splitting {split / taken:.0%}"
        )
