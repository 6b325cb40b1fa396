"""A post with its marked sentences becomes an utterance and its signals, so that a test reads like a thread."""

from __future__ import annotations

import re
from typing import Any

from overheard.records import Signal, Utterance, id_of
from tests.make import make_utterance

MARKED = re.compile(r"\{(\w+)(?: (\d))?(?: (0?\.\d+))?\|(.+?)\}")
"""{kind rung probability|sentence}; rung and probability may be left out."""


def make_post(marked: str, person_id: str = "p1", **more: Any) -> tuple[Utterance, list[Signal]]:
    """Make an utterance and the signals marked in it."""
    utterance = make_utterance(MARKED.sub(r"\4", marked), person_id, **more)
    signals = []
    cursor = 0
    for kind, rung, probability, sentence in MARKED.findall(marked):
        start = utterance.text.index(sentence, cursor)
        end = cursor = start + len(sentence)
        signal_id = id_of(utterance.utterance_id, start, end, kind)
        strength, sure = int(rung or 1), float(probability or 0.9)
        signals.append(
            Signal(signal_id, utterance.utterance_id, person_id, start, end, kind, strength, sure, ())  # type: ignore[arg-type]
        )
    return utterance, signals
