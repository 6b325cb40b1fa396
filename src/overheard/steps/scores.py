"""Sentences → what the heads make of them, through caches: only sentences never seen before are encoded and read.

The inner rows themselves are not kept: 768 numbers a sentence, of which the heads make 34.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from overheard.errors import ModelError
from overheard.settings import EngineSettings
from overheard.signals import Heads, SentenceRows, load_heads, read_rows
from overheard.steps.code import code_digest
from overheard.steps.engine import Engine, open_engine
from overheard.storage import NumberLists, Numbers, VectorCache
from overheard.vectors import Chunk, Encoder, inner_encoder_id, key_of_text, load_inner_encoder, missing_chunks

# Reading a sentence takes a tenth of a millisecond: fewer at once would be more commits than work.
_READ_AT_ONCE = 4096


class SentenceScorer:
    """Scores sentences by the heads; with a cache, each distinct sentence is encoded once for all nights."""

    def __init__(
        self, cache: VectorCache | None = None, heads: Heads | None = None, engine: Engine | None = None
    ) -> None:
        """Open a scorer.

        Args:
            cache: of these heads' scores (see `score_id_of`), or None to keep none.
            heads: default the shipped.
            engine: where it is done; default here.
        """
        self.heads = heads or load_heads()
        if self.heads.encoder != inner_encoder_id():
            mend = "fit them again with `make heads`"
            raise ModelError(f"heads.json was fitted on {self.heads.encoder}, not on {inner_encoder_id()}; {mend}")
        self._cache = cache
        self._engine = engine or open_engine(EngineSettings())
        self._work = _Score(self.heads.digest, self.heads)
        self.encoded = 0

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return the scores, shape (sentences, columns)."""
        if not sentences:
            return np.zeros((0, len(self.heads.bias)), dtype=np.float32)
        wanted = [key_of_text(sentence) for sentence in sentences]
        if self._cache:
            self.learn(sentences)
            return self._cache.take(wanted)
        kept: dict[str, NDArray[np.float32]] = {}
        for keys, rows in self._score(missing_chunks(sentences, ())):
            kept |= zip(keys, rows, strict=True)
        return np.stack([kept[key] for key in wanted])

    def learn(self, sentences: Sequence[str]) -> None:
        """Bring the cache up to date with sentences."""
        if self._cache:
            for keys, rows in self._score(missing_chunks(sentences, self._cache.keys())):
                self._cache.add(keys, rows)
                self.encoded += len(keys)

    def _score(self, chunks: Sequence[Chunk]) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        scored = self._engine.spread(self._work, [texts for _, texts in chunks])
        return zip((keys for keys, _ in chunks), scored, strict=True)


class SentenceReader:
    """Reads sentences for their cues; each distinct sentence is read once for all nights."""

    def __init__(self, cache: NumberLists, heads: Heads, engine: Engine) -> None:
        """Args: cache: of these heads' readings (see `reading_id_of`); heads: the weights; engine: where it is done."""
        self._cache = cache
        self._columns = len(heads.bias)
        self._work = _Read(heads.digest, heads)
        self._engine = engine
        self.read = 0

    def __call__(self, sentences: Sequence[str]) -> SentenceRows:
        """Return what the traits of sentences add to each column, and their cues."""
        self.learn(sentences)
        rows = self._cache.take([key_of_text(sentence) for sentence in sentences])
        columns = np.array([row[: self._columns] for row in rows], dtype=np.int32).reshape(-1, self._columns)
        return SentenceRows(columns.view(np.float32), [row[self._columns :] for row in rows])

    def learn(self, sentences: Sequence[str]) -> None:
        """Bring the cache up to date with sentences."""
        chunks = missing_chunks(sentences, self._cache.keys(), _READ_AT_ONCE)
        found = self._engine.spread(self._work, [texts for _, texts in chunks])
        for (keys, _), rows in zip(chunks, found, strict=True):
            self._cache.add(keys, rows)
            self.read += len(keys)


def score_id_of(heads: Heads) -> str:
    """Return what scores are kept under: encoder, precision, layers and heads."""
    return f"{heads.encoder}/heads-{heads.digest}"


def reading_id_of(heads: Heads) -> str:
    """Return what readings are kept under: heads, and the code and lexicons that read."""
    return f"heads-{heads.digest}/signals-{code_digest('signals')}"


@dataclass(frozen=True)
class _Score:
    """The inner encoder with the heads on top: rows of shape (texts, columns)."""

    digest: str
    heads: Heads = field(compare=False)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.heads.score_inner(self._encoder.encode(texts))

    @cached_property
    def _encoder(self) -> Encoder:
        return load_inner_encoder()


@dataclass(frozen=True)
class _Read:
    """A sentence's columns, bit by bit as whole numbers, and after them its cues."""

    digest: str
    heads: Heads = field(compare=False)

    def __call__(self, texts: Sequence[str]) -> list[Numbers]:
        rows = read_rows(texts, self.heads)
        bits = np.ascontiguousarray(rows.columns, dtype=np.float32).view(np.int32)
        return [np.concatenate(pair) for pair in zip(bits, rows.cues, strict=True)]
