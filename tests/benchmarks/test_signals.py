"""What the cues find of hand-labelled sentences, where the corpora they lie in are at hand."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

from overheard.records import SignalKind
from overheard.settings import SignalSettings
from overheard.signals import detect_sentences, judge_findings
from tests.demo.make_demo import ROOT

pytestmark = pytest.mark.bench

LABELS = ROOT / "models" / "labels" / "sentences.tsv"
CODES = "PJRQKCWOG"
FOUND: dict[SignalKind, str] = {"pain": "P", "request": "R", "question": "Q", "recommendation": "C"}


def load_labels() -> dict[tuple[str, str, int, int], list[dict[str, str]]]:
    labels: dict[tuple[str, str, int, int], list[dict[str, str]]] = defaultdict(list)
    with LABELS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            labels[row["corpus"], row["document"], int(row["start"]), int(row["end"])].append(row)
    return labels


def is_for_test(thread: str) -> bool:
    return int(hashlib.sha256(thread.encode()).hexdigest(), 16) % 10 < 4


def test_labellers_agree() -> None:
    twice = [rows for rows in load_labels().values() if len(rows) == 2]
    print(f"\n{len(twice)} sentences labelled twice")
    for code in CODES:
        first, second = ([code in rows[at]["kinds"] for rows in twice] for at in (0, 1))
        print(f"{code} {sum(first):4} {sum(second):4} kappa {cohen_kappa_score(first, second):.3f}")
    pooled = [[code in rows[at]["kinds"] for rows in twice for code in CODES] for at in (0, 1)]
    kappa = cohen_kappa_score(*pooled)
    print(f"all kinds: {kappa:.3f}")
    assert kappa >= 0.60


def test_cues_on_labelled_sentences(shared_data: Path) -> None:
    tested = {place: rows[0] for place, rows in load_labels().items() if is_for_test(rows[0]["thread"])}
    texts: dict[tuple[str, str], str] = {}
    for corpus in {place[0] for place in tested}:
        with gzip.open(shared_data / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                texts[corpus, str(row["id"])] = row["text"]
    sentences = [texts[corpus, document][start:end] for corpus, document, start, end in tested]
    found = [detect_sentences(sentence, [(0, len(sentence))]) for sentence in sentences]
    judged = judge_findings(found, SignalSettings())
    print(f"\n{len(sentences)} sentences nothing was fitted on")
    for kind, code in FOUND.items():
        truth = np.array([code in row["kinds"] for row in tested.values()])
        scores = [max((one.probability for one in of_one if one.kind == kind), default=0.0) for of_one in found]
        said = np.array([any(one.kind == kind and counts for one, counts in of_one) for of_one in judged])
        auc = roc_auc_score(truth, scores)
        print(f"{kind:15} {truth.sum():4} AUC {auc:.3f} F1 {f1_score(truth, said, zero_division=0):.3f}")
        assert auc > 0.5
