"""Pain sentences → vectors, through the cache: only sentences never seen before are encoded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from overheard.records import Signal
from overheard.settings import EncoderSettings
from overheard.steps.heard import load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.storage import VectorCache, discard_damaged, load_note
from overheard.vectors import Encoder, encoder_id_of, key_of_text, load_encoder, missing_chunks

STEP = "vectors"


def open_cache(market: Market) -> VectorCache:
    """Open the cache of the market's encoder."""
    return VectorCache(market.data_dir / "vectors", encoder_id_of(market.settings.encoder))


def load_pain_signals(market: Market) -> tuple[list[Signal], list[str]]:
    """Load the signals that say a pain, by id, and the sentence of each."""
    text_of = {utterance.utterance_id: utterance.text for utterance in load_heard(market).utterances}
    pains = [signal for signal in market.tables.load("signals", Signal) if signal.kind == "pain"]
    return pains, [text_of[signal.utterance_id][signal.start : signal.end] for signal in pains]


def encode_market(market: Market) -> StepSummary:
    """Bring the vector cache up to date with the pain signals."""
    settings = market.settings.encoder

    def work() -> Outcome:
        _, texts = load_pain_signals(market)
        cache = open_cache(market)
        distinct = {key_of_text(text) for text in texts}
        chunks = missing_chunks(texts, cache.keys())
        found = market.engine.spread(_Encode(settings), [some for _, some in chunks])
        for (keys, _), rows in zip(chunks, found, strict=True):
            cache.add(keys, rows)
        encoded = sum(len(keys) for keys, _ in chunks)
        return Outcome({}, len(texts), encoded, {"sentences known already": len(distinct) - encoded})

    note = load_note(market.data_dir, STEP)
    is_gone = discard_damaged(market.data_dir / "vectors", encoder_id_of(settings))
    lost = is_gone and note is not None and note.counts["in"] > 0
    return market.do_step(STEP, ("signals",), settings.model_dump_json(), work, lost)


@dataclass(frozen=True)
class _Encode:
    settings: EncoderSettings

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode(texts)

    @cached_property
    def _encoder(self) -> Encoder:
        return load_encoder(self.settings)
