"""Labelled and invented sentences → models/heads.json and its card. For developers; a market never needs it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overheard.records import Span
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import SignalSettings
from overheard.signals import load_sentence_splitter, split_texts
from overheard.signals.heads.card import write_card
from overheard.signals.heads.fit import Example, Origin, fit_heads
from overheard.signals.heads.weights import write_heads
from overheard.steps.asked.reading import read_file
from overheard.storage import write_atomically
from overheard.vectors import inner_encoder_id, load_inner_encoder

KIND_OF_CODE = {
    "P": "pain",
    "J": "job",
    "R": "request",
    "Q": "question",
    "K": "workaround",
    "C": "recommendation",
    "W": "worldview",
    "O": "objection",
    "G": "gain",
}
# Answers of these surveys may be learnt from (CC0 and MIT); their label is the question that was asked, which tells
# less than reading them.
SURVEYS = ("jupyter2015", "mybinder2020")
_WEIGHT_BY_QUESTION = 0.3
# Registers of the invented sentences that stand among others, as in a post or an interview.
_LIKE_POSTS = ("trades", "interviews")

Label = Mapping[str, str]


def is_for_test(thread: str) -> bool:
    """Say whether a thread belongs to the part of the labelled sentences that nothing may be fitted on."""
    return int(hashlib.sha256(thread.encode()).hexdigest(), 16) % 10 < 4


def fit_market_heads(models_dir: Path, corpora_dir: Path) -> str:
    """Fit the heads on what `models_dir`/labels holds and write heads.json and heads.md.

    Args:
        models_dir: of the project.
        corpora_dir: with the corpora that the labels point into.

    Returns:
        The card.
    """
    labelled = [example for example in load_labelled(models_dir, corpora_dir) if not is_for_test(example.thread)]
    examples = [*labelled, *load_invented(models_dir), *load_surveys(corpora_dir)]
    texts = {text for one in examples for text in (one.sentence, one.before, one.after) if text}
    ordered = sorted(texts)
    rows = dict(zip(ordered, load_inner_encoder().encode(ordered), strict=True))
    fit = fit_heads(examples, rows, inner_encoder_id())
    card = write_card(fit, examples, datetime.now(UTC).date())
    write_atomically(models_dir / "heads.json", write_heads(fit.heads).encode())
    write_atomically(models_dir / "heads.md", card.encode())
    return card


def load_labels(models_dir: Path) -> dict[tuple[str, str, Span], list[Label]]:
    """Return the labels by corpus, document and span; a sentence labelled twice has two."""
    labels: dict[tuple[str, str, Span], list[Label]] = {}
    with (models_dir / "labels" / "sentences.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            place = (row["corpus"], row["document"], (int(row["start"]), int(row["end"])))
            labels.setdefault(place, []).append(row)
    return labels


def load_labelled(models_dir: Path, corpora_dir: Path) -> list[Example]:
    """Return the hand-labelled sentences with their neighbours; of two labels of a sentence the first counts."""
    labels = load_labels(models_dir)
    wanted: dict[str, set[str]] = {}
    for corpus, document, _ in labels:
        wanted.setdefault(corpus, set()).add(document)
    texts = {
        (corpus, document): text
        for corpus, documents in sorted(wanted.items())
        for document, text in load_documents(corpora_dir, corpus)
        if document in documents
    }
    splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
    spans = dict(zip(texts, split_texts(list(texts.values()), splitter, SignalSettings()), strict=True))
    return [
        _example_of(texts[corpus, document], span, spans[corpus, document], rows[0])
        for (corpus, document, span), rows in sorted(labels.items())
    ]


def load_documents(corpora_dir: Path, corpus: str) -> Iterator[tuple[str, str]]:
    """Return (document, text) of a corpus that labels point into."""
    if corpus == "goemotions":
        for line in (corpora_dir / corpus / "data" / "original" / "train.tsv").read_text("utf-8").splitlines():
            text, _, document = line.split("\t")
            yield document, text
    elif corpus.startswith("stackexchange"):
        readings = read_file(corpora_dir / corpus / "Posts.xml", None)
        for number, post in enumerate(post for reading in readings for post in reading.posts):
            yield str(number), post.text
    else:
        for row in _read_lines(corpora_dir / f"{corpus}.jsonl.gz"):
            yield str(row["id"]), row["text"]


def load_invented(models_dir: Path) -> list[Example]:
    """Return the sentences that were invented for training."""
    lines = (models_dir / "labels" / "invented.jsonl").read_text("utf-8").splitlines()
    return [example for number, line in enumerate(lines) for example in _invented_of(number, json.loads(line))]


def load_surveys(corpora_dir: Path, leave_out: Sequence[str] = ()) -> list[Example]:
    """Return survey answers, each labelled by the question it answers."""
    return [
        Example(row["text"], "", "", frozenset({row["label"]}), 1, "", _person_of(row), "answer", _WEIGHT_BY_QUESTION)
        for row in _read_lines(corpora_dir / "survey_verbatims.jsonl.gz")
        if row["source"] in SURVEYS and row["source"] not in leave_out
    ]


def _person_of(row: Mapping[str, Any]) -> str:
    return f"{row['source']} {row['person']}"


def _example_of(text: str, span: Span, sentences: Sequence[Span], label: Label) -> Example:
    before = max((one for one in sentences if one[1] <= span[0]), default=None)
    after = min((one for one in sentences if one[0] >= span[1]), default=None)
    return Example(
        sentence=text[slice(*span)],
        before=text[slice(*before)] if before else "",
        after=text[slice(*after)] if after else "",
        kinds=_kinds_of(label["kinds"]),
        rung=int(label["rung"] or 0),
        force=label["force"],
        thread=label["thread"],
        origin="said",
    )


def _invented_of(number: int, row: Mapping[str, Any]) -> Iterator[Example]:
    sentences = [one[0] for one in row["sentences"]]
    for at, (sentence, codes, rung, force) in enumerate(row["sentences"]):
        before = sentences[at - 1] if at else ""
        after = sentences[at + 1] if at + 1 < len(sentences) else ""
        kinds = _kinds_of(codes)
        origin: Origin = "invented post" if row["register"] in _LIKE_POSTS else "answer"
        yield Example(sentence, before, after, kinds, int(rung or 0), force, f"invented {number}", origin)


def _kinds_of(codes: str) -> frozenset[str]:
    return frozenset(KIND_OF_CODE[code] for code in codes if code in KIND_OF_CODE)


def _read_lines(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
