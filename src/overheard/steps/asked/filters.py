"""The plain filters: one file in, rows out, no market needed. Each calls the same rooms as the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from overheard.pains import group_texts
from overheard.people import AuthorPost, choose_posts, group_authors
from overheard.records import Span
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import EncoderSettings, PainSettings, PeopleSettings, SignalSettings, VocabularySettings
from overheard.signals import detect_source, load_sentence_splitter, split_texts
from overheard.steps.asked.lines import load_lines
from overheard.steps.scores import SentenceScorer
from overheard.steps.word_ranks import load_common_words
from overheard.vectors import Encoder, encode_missing, key_of_text, load_encoder
from overheard.vocabulary import Said, rank_terms, write_table

Row = dict[str, Any]

MOST_WORDS = 200
"""Terms the `words` filter prints; nobody reads more."""


def detect_in(path: Path, everything: bool) -> Iterator[Row]:
    """Return signals of every line's text; with `everything`, each sentence × kind of probability .01 or more."""
    rows = load_lines(path, ("id", "text"))
    texts = [str(row["text"]) for row in rows]
    settings = SignalSettings()
    scorer = SentenceScorer()
    spans = split_texts(texts, load_sentence_splitter(verify_model(SENTENCE_MODEL)), settings)
    detection = detect_source(texts, spans, scorer, scorer.heads, settings)
    for row, findings in zip(rows, detection.findings(everything), strict=True):
        for finding, said in findings:
            kept = {name: value for name, value in asdict(finding).items() if value or name != "force"}
            yield {"id": row["id"], **kept, "said": said, "evidence": list(finding.evidence)}


def topics_in(path: Path, detail: float) -> Iterator[Row]:
    """Return each line's topic; there are `detail` times as many as are best separated."""
    rows = load_lines(path, ("id", "text"))
    texts = [str(row["text"]) for row in rows]
    vectors = _encode(texts, load_encoder(EncoderSettings()))
    for row, (_, topic_id, probability) in zip(
        rows, group_texts(texts, vectors, [str(row["id"]) for row in rows], PainSettings(detail=detail)), strict=True
    ):
        yield {"id": row["id"], "topic_id": topic_id, "probability": round(probability, 4)}


def people_in(path: Path) -> Iterator[Row]:
    """Return each author's segment."""
    posts = [
        AuthorPost(str(row["author"]), str(row.get("thread") or row["id"]), str(row["text"]))
        for row in load_lines(path, ("id", "author", "text"))
    ]
    encoded = choose_posts(posts)
    vectors = _encode([posts[row].text for row in encoded], load_encoder(EncoderSettings()))
    for place in group_authors(posts, encoded, vectors, PeopleSettings()):
        yield asdict(place) | {"probability": round(place.probability, 4)}


def words_in(target: Path, reference: Path) -> str:
    """Return the words the target uses and the reference does not, as CSV, best first."""
    ranks = {word: rank for rank, word in enumerate(load_common_words(), start=1)}
    return write_table(rank_terms(_said_in(target), _said_in(reference), VocabularySettings(), MOST_WORDS, ranks))


def _said_in(path: Path) -> list[Said]:
    said = []
    for number, row in enumerate(load_lines(path, ("id", "text"))):
        text = str(row["text"])
        whole: tuple[Span, ...] = ((0, len(text)),)
        said.append(Said(str(row["id"]), str(row.get("author") or f"line {number}"), text, whole))
    return said


def _encode(texts: list[str], encoder: Encoder) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return unit rows, shape (texts, dimensions); equal texts are encoded once."""
    kept: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
    encode_missing(texts, (), encoder, lambda keys, rows: kept.update(zip(keys, rows, strict=True)))
    return np.stack([kept[key_of_text(text)] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
