"""Customers' utterances → signals, each source by its own threshold."""

from __future__ import annotations

from overheard.records import Signal, Utterance
from overheard.registry import verify_model
from overheard.signals import find_signals, load_sentence_splitter, split_utterances
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "signals"
SENTENCE_MODEL = "en_core_web_sm"


def find_market_signals(market: Market) -> StepSummary:
    """Write the table `signals`."""
    settings = market.settings.signals

    def work() -> Outcome:
        heard = load_heard(market)
        customers = load_customers(market)
        by_source: dict[str, list[Utterance]] = {source.name: [] for source in market.settings.source}
        for utterance in heard.utterances:
            if utterance.person_id in customers:
                by_source[heard.source_of(utterance)].append(utterance)
        splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
        found: dict[str, Signal] = {}
        sentences = 0
        for utterances in by_source.values():
            spans = split_utterances(utterances, splitter, settings)
            sentences += sum(len(of_one) for of_one in spans.values())
            found |= {signal.signal_id: signal for signal in find_signals(utterances, spans, settings)}
        market.tables.replace("signals", Signal, found.values())
        return Outcome({"signals": Signal}, sentences, len(found))

    return market.do_step(STEP, ("collect", "roles"), settings.model_dump_json(), work)
