"""Factories: each makes a complete record with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from overheard.records import Document, Page, Post, Span, Utterance, id_of

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
