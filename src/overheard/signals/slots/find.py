"""Signals → their slots, as spans of the utterances they were found in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from overheard.records import Signal, Slot
from overheard.signals.slots.job import find_job_slots
from overheard.signals.slots.recommendation import find_recommendation_slots


def find_slots(signals: Sequence[Signal], texts: Mapping[str, str], products: Collection[str]) -> list[Slot]:
    """Return the slots of jobs and recommendations, in the order of `signals`.

    Args:
        signals: of any kind.
        texts: by utterance_id.
        products: names of products in small letters, as `find_product_names` finds them.
    """
    found: list[Slot] = []
    for signal in signals:
        sentence = texts[signal.utterance_id][signal.start : signal.end]
        if signal.kind == "job":
            parts = find_job_slots(sentence)
        elif signal.kind == "recommendation":
            parts = find_recommendation_slots(sentence, products)
        else:
            continue
        found += [
            Slot(signal.signal_id, part.name, signal.start + part.start, signal.start + part.end) for part in parts
        ]
    return found
