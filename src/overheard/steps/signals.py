"""Customers' utterances → signals, each source by its own shares and thresholds."""

from __future__ import annotations

from overheard.records import Signal, Slot, SourceKind, Utterance
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.signals import (
    KINDS,
    SourceFit,
    find_product_names,
    find_signals,
    find_slots,
    load_heads,
    load_sentence_splitter,
    split_utterances,
)
from overheard.steps.heard import load_heard, load_readable
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.scores import SentenceScorer, score_id_of
from overheard.storage import VectorCache

STEP = "signals"


def find_market_signals(market: Market) -> StepSummary:
    """Write the tables `signals`, `slots` and `source_kinds`."""
    settings = market.settings.signals
    heads = load_heads()

    def work() -> Outcome:
        heard = load_heard(market)
        readable = load_readable(market)
        by_source: dict[str, list[Utterance]] = {source.name: [] for source in market.settings.source}
        for utterance in heard.utterances:
            if utterance.person_id in readable:
                by_source[heard.source_of(utterance)].append(utterance)
        splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
        scorer = SentenceScorer(VectorCache(market.data_dir / "scores", score_id_of(heads)), heads)
        found: dict[str, Signal] = {}
        fits: list[SourceKind] = []
        for source, utterances in by_source.items():
            spans = split_utterances(utterances, splitter, settings)
            signals, fit = find_signals(utterances, spans, scorer, heads, settings)
            found |= {signal.signal_id: signal for signal in signals}
            fits += _kinds_of(source, fit)
        texts = {one.utterance_id: one.text for utterances in by_source.values() for one in utterances}
        products = {name.lower() for name in find_product_names(list(texts.values()))}
        slots = find_slots(list(found.values()), texts, products)
        market.tables.replace("signals", Signal, found.values())
        market.tables.replace("slots", Slot, slots)
        market.tables.replace("source_kinds", SourceKind, fits)
        sentences = sum({fit.source: fit.sentences for fit in fits}.values())
        tables = {"signals": Signal, "slots": Slot, "source_kinds": SourceKind}
        return Outcome(tables, sentences, len(found))

    return market.do_step(STEP, ("collect", "roles"), f"{settings.model_dump_json()} {heads.digest}", work)


def _kinds_of(source: str, fit: SourceFit) -> list[SourceKind]:
    return [
        SourceKind(source, kind, fit.register, len(fit.probabilities), float(prior), float(threshold))
        for kind, prior, threshold in zip(KINDS, fit.priors, fit.thresholds, strict=True)
    ]
