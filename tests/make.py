"""Factories: each makes a complete record with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.records import Document, Page, Post, Span, Utterance, id_of
from overheard.signals import KINDS, Heads, ScoreInner
from overheard.signals.heads.fit import Example
from overheard.signals.heads.weights import COLUMNS, NEIGHBOURS, trait_names
from overheard.signals.traits import FORCE_ROLES, PAIN_ROLES, ROLES_OF

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def make_page(body: bytes = b"<html></html>", url: str = "https://forum.example/t/1", **more: object) -> Page:
    """Make a page as fetched at noon."""
    return Page(**{"url": url, "body": body, "content_type": "text/html", "fetched_at": NOON, "status": 200} | more)  # type: ignore[arg-type]


def make_post(text: str = "It works.", author: str = "ann", position: int = 0, **more: object) -> Post:
    """Make a post without date and link."""
    return Post(text, author, position, **more)  # type: ignore[arg-type]


def make_document(document_id: str = "d1", source: str = "forum", **more: object) -> Document:
    """Make a thread."""
    values = {"url": f"https://forum.example/t/{document_id}", "title": "A thread", "started_at": NOON}
    return Document(document_id, source, **values | more)  # type: ignore[arg-type]


def make_utterance(
    text: str = "It works.",
    person_id: str = "p1",
    document_id: str = "d1",
    position: int = 0,
    not_own: tuple[Span, ...] = (),
    **more: object,
) -> Utterance:
    """Make an utterance said at noon."""
    url = f"https://forum.example/t/{document_id}#p{position}"
    values = {"said_at": NOON, "replies_to": None, "url": url, "rank": ""}
    return Utterance(id_of(url), document_id, person_id, position, text, not_own, **values | more)  # type: ignore[arg-type]


class WordEncoder:
    """An encoder small enough for fast tests: a text is the sum of its words' fixed random directions."""

    encoder_id = "words@1/float32"

    def __init__(self, dimensions: int = 32) -> None:
        self.dimensions = dimensions
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        rows = np.stack(
            [sum((self._direction(word) for word in text.lower().split()), np.zeros(self.dimensions)) for text in texts]
        )
        return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def _direction(self, word: str) -> NDArray[np.float64]:
        return np.random.default_rng(int(id_of(word), 16)).standard_normal(self.dimensions)


INNER_DIMENSIONS = 2
_SENTENCE_END = re.compile(r"[.?!] ")


class InnerEncoder(WordEncoder):
    """Stands in for the encoder's inner layers, which need the weights."""

    def __init__(self) -> None:
        super().__init__(INNER_DIMENSIONS)

    @property
    def sentences(self) -> list[str]:
        """Return all it was asked for."""
        return [text for texts in self.asked for text in texts]


class MarkSplitter:
    """Stands in for the sentence model: a sentence starts after a mark and a space."""

    def find_starts(self, texts: Sequence[str]) -> list[list[int]]:
        return [[found.end() for found in _SENTENCE_END.finditer(text)] for text in texts]


_FULL = 8.0
"""A full cue carries a sentence of `make_heads` from next to never over to nearly always."""


def make_heads(weights: Mapping[str, Mapping[str, float]] | None = None, **more: Any) -> Heads:
    """Make heads that can be followed by hand: each kind, rung and force is driven by its own cues alone.

    Args:
        weights: by column ("post pain", "rung 3") or end of columns ("pain": of both registers and the first look),
            the weight of traits by name; these stand in for the column's usual weights. "bias" is a column's bias,
            "inner" what a sentence gains from the first number of its inner row.
        more: fields of `Heads` to set otherwise.
    """
    names = trait_names()
    inner = np.zeros((INNER_DIMENSIONS, len(COLUMNS)), dtype=np.float32)
    traits = np.zeros((len(names), len(COLUMNS)), dtype=np.float32)
    bias = np.full(len(COLUMNS), -_FULL / 2, dtype=np.float32)
    for at, column in enumerate(COLUMNS):
        asked = (weights or {}).get(column, (weights or {}).get(column.split()[1]))
        for name, weight in (_usual_weights(column) if asked is None else asked).items():
            if name == "bias":
                bias[at] = weight
            elif name == "inner":
                inner[0, at] = weight
            else:
                traits[names.index(name), at] = weight
    values: dict[str, Any] = {
        "encoder": "made/int8/layers-1",
        "inner": inner,
        "traits": traits,
        "bias": bias,
        "neighbours": np.zeros((len(NEIGHBOURS), len(KINDS)), dtype=np.float32),
        "priors": {name: np.full(len(KINDS), 0.1, dtype=np.float32) for name in ("post", "answer")},
        "thresholds": {name: np.full(len(KINDS), 0.5, dtype=np.float32) for name in ("post", "answer")},
        "digest": "made",
    }
    return Heads(**values | more)


def _usual_weights(column: str) -> dict[str, float]:
    register, name = column.split()
    rungs = {"2": ("hurt", "loss"), "3": ("act", "seek"), "4": ("spend",)}
    if register == "rung":
        # Whoever stands on a rung stands on those below it.
        return {role: _FULL for rung, roles in rungs.items() if rung >= name for role in roles}
    if register == "force":
        return {role: _FULL for role in FORCE_ROLES if role == name}
    if name == "pain":
        return {f"own {role}": _FULL for role in PAIN_ROLES}
    return {role: _FULL for kind, roles in ROLES_OF.items() if kind == name for role in roles}


def make_scorer(heads: Heads) -> ScoreInner:
    """Make a scorer to which all sentences look alike: it adds the bias and nothing else."""
    return lambda sentences: heads.score_inner(np.zeros((len(sentences), len(heads.inner)), dtype=np.float32))


def make_example(sentence: str = "It works.", *kinds: str, **more: Any) -> Example:
    """Make a labelled sentence of a real post that stands alone in its thread."""
    values = {"before": "", "after": "", "rung": int("pain" in kinds), "force": "", "thread": sentence}
    return Example(sentence=sentence, kinds=frozenset(kinds), **{"origin": "said"} | values | more)
