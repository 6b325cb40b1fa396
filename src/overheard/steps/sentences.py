"""Utterances → their sentences, through a cache: only words never seen before are cut and split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from overheard.records import Span, Utterance
from overheard.registry import SENTENCE_MODEL, registry, verify_model
from overheard.settings import SignalSettings
from overheard.signals import SentenceSplitter, load_sentence_splitter, split_utterances
from overheard.steps.code import code_digest
from overheard.steps.engine import Engine
from overheard.storage import NumberLists, Numbers, digest_of

_SPLIT_AT_ONCE = 1024
"""Posts of a part."""


class UtteranceSplitter:
    """Splits utterances into the sentences of their own words; the same words are split once for all nights."""

    def __init__(self, cache: NumberLists, settings: SignalSettings, engine: Engine) -> None:
        """Args: cache: of these settings' sentences (see `sentence_id_of`); settings: of [signals]; engine: where."""
        self._cache = cache
        self._work = _Split(settings)
        self._engine = engine
        self.split = 0

    def __call__(self, utterances: Sequence[Utterance]) -> Mapping[str, tuple[Span, ...]]:
        """Return the sentences of each utterance, by utterance_id, as sorted spans of characters into its text."""
        keys = {one.utterance_id: key_of_words(one) for one in utterances}
        known = self._cache.keys()
        missing = {key: one for one in utterances if (key := keys[one.utterance_id]) not in known}
        order = sorted(missing, key=lambda key: (len(missing[key].text), key))
        chunks = [order[first : first + _SPLIT_AT_ONCE] for first in range(0, len(order), _SPLIT_AT_ONCE)]
        found = self._engine.spread(self._work, [[missing[key] for key in chunk] for chunk in chunks])
        for chunk, rows in zip(chunks, found, strict=True):
            self._cache.add(chunk, rows)
            self.split += len(chunk)
        taken = self._cache.take(list(keys.values()))
        pairs = (row.reshape(-1, 2).tolist() for row in taken)
        return {key: tuple((start, end) for start, end in some) for key, some in zip(keys, pairs, strict=True)}


def key_of_words(utterance: Utterance) -> str:
    """Return the content hash an utterance's sentences are kept under: 32 hex digits over its text and others' words.

    Kept to the letter: offsets count its characters.
    """
    return digest_of(utterance.text, utterance.not_own)


def sentence_id_of(settings: SignalSettings) -> str:
    """Return what sentences are kept under: model, settings, and the code that cuts and splits."""
    revision = registry()[SENTENCE_MODEL]["revision"]
    return f"{SENTENCE_MODEL}@{revision}/longest-{settings.longest_sentence}/signals-{code_digest('signals')}"


@dataclass(frozen=True)
class _Split:
    settings: SignalSettings

    def __call__(self, utterances: Sequence[Utterance]) -> list[Numbers]:
        spans = split_utterances(utterances, self._splitter, self.settings)
        return [np.array(spans[one.utterance_id], dtype=np.int32).ravel() for one in utterances]

    @cached_property
    def _splitter(self) -> SentenceSplitter:
        return load_sentence_splitter(verify_model(SENTENCE_MODEL))
