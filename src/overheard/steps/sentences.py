"""Utterances → their own words and sentences, through a cache: only what was never seen before is cut and split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from overheard.records import Span, Utterance
from overheard.registry import SENTENCE_MODEL, registry, verify_model
from overheard.settings import SignalSettings
from overheard.signals import SentenceSplitter, cut_own_words, load_sentence_splitter, split_utterances
from overheard.steps.code import code_digest
from overheard.steps.engine import Engine
from overheard.steps.market import Market
from overheard.storage import NumberLists, Numbers, digest_of, load_number_lists

KIND = "sentences"
"""Names the cache beside the others."""
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
        return {key: _spans(row[1 + row[0] :]) for key, row in zip(keys, taken, strict=True)}


def load_own_words(market: Market, utterances: Iterable[Utterance]) -> dict[str, tuple[Span, ...]]:
    """Return the own words of each utterance, by utterance_id, as `cut_own_words` tells them.

    They were kept where sentences were split; of others they are cut now.
    """
    kept = load_number_lists(market.data_dir / "scores", KIND, sentence_id_of(market.settings.signals))
    own: dict[str, tuple[Span, ...]] = {}
    for one in utterances:
        row = kept.get(key_of_words(one))
        own[one.utterance_id] = (
            cut_own_words(one.text, one.not_own) if row is None else _spans(row[1 : 1 + int(row[0])])
        )
    return own


def key_of_words(utterance: Utterance) -> str:
    """Return the content hash an utterance's own words and sentences are kept under: 32 hex digits.

    It is of the text and of which of it are others' words. Kept to the letter: offsets count its characters.
    """
    return digest_of(utterance.text, utterance.not_own)


def sentence_id_of(settings: SignalSettings) -> str:
    """Return what sentences are kept under: model, settings, and the code that cuts and splits."""
    revision = registry()[SENTENCE_MODEL]["revision"]
    return f"{SENTENCE_MODEL}@{revision}/longest-{settings.longest_sentence}/own-and-signals-{code_digest('signals')}"


def _spans(row: Numbers) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in row.reshape(-1, 2).tolist())


@dataclass(frozen=True)
class _Split:
    """Numbers of an utterance: how many say its own words, those, and those of its sentences."""

    settings: SignalSettings

    def __call__(self, utterances: Sequence[Utterance]) -> list[Numbers]:
        spans = split_utterances(utterances, self._splitter, self.settings)
        rows = []
        for one in utterances:
            own, sentences = cut_own_words(one.text, one.not_own), spans[one.utterance_id]
            rows.append(np.array([2 * len(own), *chain(*own), *chain(*sentences)], dtype=np.int32))
        return rows

    @cached_property
    def _splitter(self) -> SentenceSplitter:
        return load_sentence_splitter(verify_model(SENTENCE_MODEL))
