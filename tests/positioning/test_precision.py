"""How often is a word that is offered the right one? Measured on labelled pairs (see labels/README.md)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from overheard.positioning import load_phraser, read_copy
from overheard.positioning.concepts import find_candidates, find_concepts
from overheard.positioning.exchange import SENTENCES_TRIED, find_exchanges
from overheard.positioning.wording import stem_of, words_with_places
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import EncoderSettings, SignalSettings
from overheard.signals import load_sentence_splitter, split_texts
from overheard.vectors import load_encoder

HERE = Path(__file__).parent
COMMUNITIES = {
    "freelance": "freelance",
    "sysadmin": "sysadmin",
    "realestate": "RealEstate",
    "teaching": "teaching",
}
LEAST_PRECISION = 0.7


def _texts(corpus: Path, community: str) -> list[tuple[str, str]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return [(row["id"], f"{row['title']}. {row['text']}") for row in rows if row["community"] == community]


@pytest.mark.bench
@pytest.mark.slow
def test_most_words_that_are_offered_are_right(shared_data: Path) -> None:
    model, encoder = verify_model(SENTENCE_MODEL), load_encoder(EncoderSettings())
    splitter, phraser = load_sentence_splitter(model), load_phraser(model)
    right = offered = 0
    print()
    for page, community in COMMUNITIES.items():
        rows = _texts(shared_data / "corpora" / "reddit_top2013.jsonl.gz", community)
        spans = split_texts([text for _, text in rows], splitter, SignalSettings())
        said = [(who, text[a:b]) for (who, text), found in zip(rows, spans, strict=True) for a, b in found]
        known = {word for _, text in said for word, _, _ in words_with_places(text, 0, len(text))}
        known |= {stem_of(word) for word in known}
        concepts = find_concepts(read_copy((HERE / "pages" / f"{page}.txt").read_text("utf-8")), phraser, ())
        candidates = find_candidates(said, phraser, 3, SENTENCES_TRIED)
        labels = _labels(page)
        found = [
            (one.concept.text, one.candidate.text)
            for one in find_exchanges(concepts, candidates, known, encoder.encode)
        ]
        told = {pair: labels.get(pair, "not labelled") for pair in found}
        good = sum(label == "ok" for label in told.values())
        could = len({ours for (ours, _), label in labels.items() if label == "ok"})
        print(f"{page}: {good} of {len(told)} offered are right, of {could} concepts that have a word; {told}")
        right, offered = right + good, offered + len(told)
    assert right >= LEAST_PRECISION * offered


def _labels(page: str) -> dict[tuple[str, str], str]:
    lines = (HERE / "labels" / f"{page}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {(ours, theirs): label for ours, theirs, label in rows}
