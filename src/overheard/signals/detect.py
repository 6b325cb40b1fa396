"""Which sentences say a pain, a job, a request, …, how strongly, and by which words?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from overheard.records import Force, Signal, SignalKind, Span, Utterance, id_of
from overheard.settings import SignalSettings
from overheard.signals.cue_rows import CueRow, ReadSentences, name_cues, read_rows
from overheard.signals.heads.rungs import find_rung
from overheard.signals.heads.thresholds import SourceFit, fit_source
from overheard.signals.heads.weights import (
    FORCES,
    KINDS,
    Heads,
    Rows,
    Scores,
    choose_register,
    score_sentences,
)
from overheard.signals.traits import ROLES_OF, is_asked

LEAST_PROBABILITY = 0.01
"""Below it a sentence is not listed under a kind at all."""

ScoreInner = Callable[[Sequence[str]], Rows]
"""Returns what the inner rows of sentences add to each column of the heads (see `Heads.score_inner`)."""

# Sentences read at once: enough for fast matrices, few enough that memory does not grow with the source.
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence as something of `kind`: `start`, `end` are characters into the text, the rest is as in `Signal`."""

    start: int
    end: int
    kind: SignalKind
    strength: int
    probability: float
    evidence: tuple[str, ...]
    force: Force


@dataclass(frozen=True, slots=True)
class Detection:
    """What one source's texts say: how the source was taken, and each text's findings with whether they count."""

    fit: SourceFit
    texts: Sequence[str]
    spans: Sequence[Sequence[Span]]
    scores: Scores
    cues: Sequence[CueRow]
    settings: SignalSettings

    def findings(self, everything: bool = False) -> Iterator[list[tuple[Finding, bool]]]:
        """Return for each text its findings in order; those that do not count only with `everything`."""
        row = 0
        for text, spans in zip(self.texts, self.spans, strict=True):
            found: list[tuple[Finding, bool]] = []
            for start, end in spans:
                found += self._read(text[start:end], (start, end), row, everything)
                row += 1
            yield found

    def _read(self, sentence: str, span: Span, row: int, everything: bool) -> Iterator[tuple[Finding, bool]]:
        probabilities = self.fit.probabilities[row]
        said = probabilities >= self.fit.thresholds
        listed = np.flatnonzero(said | (probabilities >= LEAST_PROBABILITY) if everything else said)
        if not listed.size:
            return
        cues = self.cues[row]
        force = _force_of(self.scores.forces[row])
        for column in listed:
            kind, counts, strength = KINDS[column], bool(said[column]), 1
            if kind == "pain":
                # What does not count as said is a mere mention of the topic.
                strength = find_rung(bool(cues[0]), self.scores.rungs[row]) if counts else 0
                counts = counts and strength >= self.settings.pain_rung
            if counts or everything:
                probability = round(float(probabilities[column]), 4)
                yield Finding(*span, kind, strength, probability, _evidence(sentence, cues, kind), force), counts


def detect_source(
    texts: Sequence[str],
    spans: Sequence[Sequence[Span]],
    score_inner: ScoreInner,
    heads: Heads,
    settings: SignalSettings,
    read: ReadSentences | None = None,
) -> Detection:
    """Detect what the texts of one source say; the source's own shares and thresholds come from all of them.

    Args:
        texts: of one source.
        spans: of the sentences of each text.
        score_inner: scores sentences by their inner rows.
        heads: the weights.
        settings: what counts as said.
        read: reads sentences; None reads each anew.
    """
    sentences = [text[start:end] for text, of_text in zip(texts, spans, strict=True) for start, end in of_text]
    parts = [np.zeros((0, len(heads.bias)), dtype=np.float32)]
    cues: list[CueRow] = []
    for first in range(0, len(sentences), _CHUNK):
        chunk = sentences[first : first + _CHUNK]
        rows = read(chunk) if read else read_rows(chunk, heads)
        parts.append(score_inner(chunk) + rows.columns)
        cues += rows.cues
    columns = np.concatenate(parts)
    counts = [len(of_text) for of_text in spans]
    register = choose_register(counts)
    scores = score_sentences(heads, columns, counts, register)
    return Detection(fit_source(scores.kinds, register, heads), texts, spans, scores, cues, settings)


def find_signals(
    utterances: Sequence[Utterance],
    sentences: Mapping[str, Sequence[Span]],
    score_inner: ScoreInner,
    heads: Heads,
    settings: SignalSettings,
    read: ReadSentences | None = None,
) -> tuple[list[Signal], SourceFit]:
    """Return what the utterances of one source say, in their order, and how the source was taken.

    Args:
        utterances: of one source, for shares and thresholds follow the source.
        sentences: spans of each utterance's own words, by utterance_id, as `split_utterances` returns them; an
            utterance that is not in it says nothing.
        score_inner: scores sentences by their inner rows.
        heads: the weights.
        settings: what counts as said.
        read: reads sentences; None reads each anew.
    """
    spans = [sentences.get(one.utterance_id, ()) for one in utterances]
    detection = detect_source([one.text for one in utterances], spans, score_inner, heads, settings, read)
    signals = [
        _signal_of(one, finding)
        for one, findings in zip(utterances, detection.findings(), strict=True)
        for finding, _ in findings
    ]
    return signals, detection.fit


def _force_of(log_odds: Rows) -> Force:
    best = int(log_odds.argmax())
    return FORCES[best] if log_odds[best] > 0 else ""


def _evidence(sentence: str, cues: CueRow, kind: SignalKind) -> tuple[str, ...]:
    names = name_cues(sentence, cues, ROLES_OF[kind])
    if kind == "question" and is_asked(sentence):
        return (*names, "mark:?")
    # Without a cue the sentence was found by its likeness to labelled ones alone; a reader should know.
    return names or ("likeness",)


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
        force=finding.force,
    )
