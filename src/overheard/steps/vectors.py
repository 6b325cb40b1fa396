"""Pain sentences → vectors, through the cache: only sentences never seen before are encoded."""

from __future__ import annotations

from overheard.records import Signal
from overheard.steps.heard import load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.storage import VectorCache
from overheard.vectors import encode_missing, encoder_id_of, key_of_text, load_encoder

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
        known = cache.keys()
        distinct = {key_of_text(text) for text in texts}
        encoder = load_encoder(settings) if distinct - known else None
        encoded = encode_missing(texts, known, encoder, cache.add) if encoder else 0
        return Outcome({}, len(texts), encoded, {"sentences known already": len(distinct) - encoded})

    return market.do_step(STEP, ("signals",), settings.model_dump_json(), work)
