"""Which sentences say a pain, a request, a question or a recommendation?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Signal, SignalKind, Span, Utterance, id_of
from overheard.settings import SignalSettings
from overheard.signals.rungs import find_rung
from overheard.signals.sentences import SentenceSplitter, split_texts
from overheard.signals.thresholds import KINDS, fit_thresholds, is_said
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
    """One sentence as something of `kind`: `start`, `end` are characters into the text, the rest is as in `Signal`."""

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


def detect_texts(
    texts: Sequence[str], splitter: SentenceSplitter, settings: SignalSettings
) -> list[list[tuple[Finding, bool]]]:
    """Return for each text of one source its findings, each with whether it counts as said (see `judge_findings`)."""
    found = [
        detect_sentences(text, spans) for text, spans in zip(texts, split_texts(texts, splitter, settings), strict=True)
    ]
    return judge_findings(found, settings)


def judge_findings(found: Sequence[Sequence[Finding]], settings: SignalSettings) -> list[list[tuple[Finding, bool]]]:
    """Say of each finding of one source whether it counts as said.

    It does where its probability reaches the source's own threshold of its kind (see `fit_thresholds`); a pain only
    from rung `settings.pain_rung` on.
    """
    probabilities: dict[SignalKind, list[float]] = {kind: [] for kind in KINDS}
    for findings in found:
        for finding in findings:
            probabilities[finding.kind].append(finding.probability)
    thresholds = fit_thresholds(probabilities)
    return [[(finding, _counts(finding, thresholds, settings)) for finding in findings] for findings in found]


def find_signals(
    utterances: Sequence[Utterance], sentences: Mapping[str, Sequence[Span]], settings: SignalSettings
) -> list[Signal]:
    """Return what the utterances of one source say, in their order.

    Args:
        utterances: of one source, for thresholds follow the source.
        sentences: spans of each utterance's own words, by utterance_id, as `split_utterances` returns them; an
        utterance
            that is not in it says nothing.
        settings: what counts as said (see `judge_findings`).
    """
    found = [detect_sentences(one.text, sentences.get(one.utterance_id, ())) for one in utterances]
    return [
        _signal_of(one, finding)
        for one, judged in zip(utterances, judge_findings(found, settings), strict=True)
        for finding, said in judged
        if said
    ]


def _counts(finding: Finding, thresholds: Mapping[SignalKind, float], settings: SignalSettings) -> bool:
    high_enough = finding.kind != "pain" or finding.strength >= settings.pain_rung
    return high_enough and is_said(finding.kind, finding.probability, thresholds)


def _evidence(reading: Reading, kind: SignalKind) -> tuple[str, ...]:
    names = reading.names_of(_ROLES[kind])
    if kind == "question" and reading.values["asks"]:
        return (*names, "mark:?")
    if kind == "pain" and not names and reading.values["bad"]:
        return ("bad words",)
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
