"""Which sentences say a pain, a request, a question or a recommendation?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Signal, SignalKind, Span, Utterance, id_of
from overheard.settings import SignalSettings
from overheard.signals.rungs import find_rung
from overheard.signals.thresholds import KINDS, fit_thresholds, is_said, probabilities_by_kind
from overheard.signals.traits import (
    PAIN_ROLES,
    QUESTION_ROLES,
    RECOMMENDATION_ROLES,
    REQUEST_ROLES,
    Reading,
    read_sentence,
)
from overheard.signals.weights import measure_probability

LEAST_PROBABILITY = 0.01
"""Below it a sentence is not listed under a kind at all."""

_ROLES: Mapping[SignalKind, Sequence[str]] = {
    "pain": PAIN_ROLES,
    "request": REQUEST_ROLES,
    "question": QUESTION_ROLES,
    "recommendation": RECOMMENDATION_ROLES,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence as something of `kind`: `start` and `end` are characters into the text; the rest is as in `Signal`."""

    start: int
    end: int
    kind: SignalKind
    strength: int
    probability: float
    evidence: tuple[str, ...]


def detect_sentences(text: str, sentences: Sequence[Span]) -> list[Finding]:
    """Return every sentence × kind whose probability is at least `LEAST_PROBABILITY`, in the order of the text.

    Args:
        text: an utterance's text.
        sentences: spans of `text`, as `split_text` or `split_utterances` returns them.
    """
    findings: list[Finding] = []
    for start, end in sentences:
        reading = read_sentence(text[start:end])
        for kind in KINDS:
            probability = round(measure_probability(reading, kind), 4)
            if probability >= LEAST_PROBABILITY:
                strength = find_rung(reading) if kind == "pain" else 1
                findings.append(Finding(start, end, kind, strength, probability, _evidence(reading, kind)))
    return findings


def find_signals(
    utterances: Sequence[Utterance], sentences: Mapping[str, Sequence[Span]], settings: SignalSettings
) -> list[Signal]:
    """Return what the utterances of one source say, in their order.

    A sentence counts where its probability reaches the source's own threshold of the kind (see `fit_thresholds`); a pain
    counts from rung `settings.pain_rung` on.

    Args:
        utterances: of one source, for thresholds follow the source.
        sentences: spans of each utterance's own words, by utterance_id, as `split_utterances` returns them.
        settings: what counts as said.
    """
    found = [(one, detect_sentences(one.text, sentences.get(one.utterance_id, ()))) for one in utterances]
    thresholds = fit_thresholds(
        probabilities_by_kind((finding.kind, finding.probability) for _, findings in found for finding in findings)
    )
    return [
        _signal_of(one, finding)
        for one, findings in found
        for finding in findings
        if is_said(finding.kind, finding.probability, thresholds)
        and (finding.kind != "pain" or finding.strength >= settings.pain_rung)
    ]


def _evidence(reading: Reading, kind: SignalKind) -> tuple[str, ...]:
    names = reading.names_of(_ROLES[kind])
    if kind == "question" and reading.values["asks"]:
        return (*names, "mark:?")
    if kind == "pain" and not names and reading.values["bad"]:
        return ("valence:bad",)
    return names


def _signal_of(one: Utterance, finding: Finding) -> Signal:
    return Signal(
        signal_id=id_of(one.utterance_id, finding.start, finding.end, finding.kind),
        utterance_id=one.utterance_id,
        person_id=one.person_id,
        start=finding.start,
        end=finding.end,
        kind=finding.kind,
        strength=finding.strength,
        probability=finding.probability,
        evidence=finding.evidence,
    )
