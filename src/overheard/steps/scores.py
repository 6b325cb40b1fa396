"""Sentences → what their inner rows add to the heads, through a cache: only sentences never seen before are encoded.

The rows themselves are not kept: 768 numbers a sentence, of which the heads make 34.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from overheard.errors import ModelError
from overheard.signals import Heads, load_heads
from overheard.storage import VectorCache
from overheard.vectors import Encoder, encode_missing, inner_encoder_id, key_of_text, load_inner_encoder


class SentenceScorer:
    """Scores sentences by the heads; with a cache, each distinct sentence is encoded once for all nights."""

    def __init__(self, cache: VectorCache | None = None, heads: Heads | None = None) -> None:
        """Args: cache: of these heads' scores (see `score_id_of`), or None to keep none; heads: default the shipped."""
        self.heads = heads or load_heads()
        if self.heads.encoder != inner_encoder_id():
            mend = "fit them again with `make heads`"
            raise ModelError(f"heads.json was fitted on {self.heads.encoder}, not on {inner_encoder_id()}; {mend}")
        self._cache = cache
        self.encoded = 0

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return the scores, shape (sentences, columns)."""
        if not sentences:
            return np.zeros((0, len(self.heads.bias)), dtype=np.float32)
        if self._cache:
            known = self._cache.keys()
            if any(key_of_text(sentence) not in known for sentence in sentences):
                self.encoded += encode_missing(sentences, known, self._encoder, self._cache.add)
            return self._cache.take([key_of_text(sentence) for sentence in sentences])
        kept: dict[str, NDArray[np.float32]] = {}
        encode_missing(sentences, (), self._encoder, lambda keys, rows: kept.update(zip(keys, rows, strict=True)))
        return np.stack([kept[key_of_text(sentence)] for sentence in sentences])

    @cached_property
    def _encoder(self) -> Encoder:
        return _HeadScores(load_inner_encoder(), self.heads)


def score_id_of(heads: Heads) -> str:
    """Return what scores are kept under: encoder, precision, layers and heads."""
    return f"{heads.encoder}/heads-{heads.digest}"


class _HeadScores:
    """The inner encoder with the heads on top: rows of shape (texts, columns)."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        self._encoder = encoder
        self._heads = heads

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._heads.score_inner(self._encoder.encode(texts))
