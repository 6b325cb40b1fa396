"""Customers' utterances → signals, each source by its own shares and thresholds."""

from __future__ import annotations

from overheard.records import Signal, Slot, SourceKind, Utterance
from overheard.signals import (
    KINDS,
    Heads,
    SourceFit,
    find_product_names,
    find_signals,
    find_slots,
    load_heads,
)
from overheard.steps.heard import load_heard, load_readable
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.scores import SentenceReader, SentenceScorer, reading_id_of, score_id_of
from overheard.steps.sentences import KIND, UtteranceSplitter, sentence_id_of
from overheard.storage import NumberLists, VectorCache, discard_damaged

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
        split, score, read = _open_readers(market, heads)
        spans = {source: split(utterances) for source, utterances in by_source.items()}
        sentences = [
            one.text[start:end]
            for source, utterances in by_source.items()
            for one in utterances
            for start, end in spans[source][one.utterance_id]
        ]
        # All at once, so that they are shared out in large parts; below they are only taken.
        score.learn(sentences)
        read.learn(sentences)
        found: dict[str, Signal] = {}
        fits: list[SourceKind] = []
        for source, utterances in by_source.items():
            signals, fit = find_signals(utterances, spans[source], score, heads, settings, read)
            found |= {signal.signal_id: signal for signal in signals}
            fits += _kinds_of(source, fit)
        texts = {one.utterance_id: one.text for utterances in by_source.values() for one in utterances}
        products = {name.lower() for name in find_product_names(list(texts.values()))}
        slots = find_slots(list(found.values()), texts, products)
        market.tables.replace("signals", Signal, found.values())
        market.tables.replace("slots", Slot, slots)
        market.tables.replace("source_kinds", SourceKind, fits)
        tables = {"signals": Signal, "slots": Slot, "source_kinds": SourceKind}
        known = {"sentences known already": len(set(sentences)) - read.read}
        return Outcome(tables, len(sentences), len(found), known)

    return market.do_step(STEP, ("collect", "roles"), f"{settings.model_dump_json()} {heads.digest}", work)


def _open_readers(market: Market, heads: Heads) -> tuple[UtteranceSplitter, SentenceScorer, SentenceReader]:
    """Open what splits, scores and reads, each with its cache."""
    settings, folder = market.settings.signals, market.data_dir / "scores"
    discard_damaged(folder, score_id_of(heads))
    sentences = NumberLists(folder, KIND, sentence_id_of(settings))
    scores = VectorCache(folder, score_id_of(heads))
    readings = NumberLists(folder, "readings", reading_id_of(heads))
    return (
        UtteranceSplitter(sentences, settings, market.engine),
        SentenceScorer(scores, heads, market.engine),
        SentenceReader(readings, heads, market.engine),
    )


def _kinds_of(source: str, fit: SourceFit) -> list[SourceKind]:
    return [
        SourceKind(source, kind, fit.register, len(fit.probabilities), float(prior), float(threshold))
        for kind, prior, threshold in zip(KINDS, fit.priors, fit.thresholds, strict=True)
    ]
