"""Utterances → signals: which sentences say a pain, a request, a question or a recommendation, and by which cues."""

from overheard.signals.detect import Finding, detect_sentences, detect_texts, find_signals, judge_findings
from overheard.signals.own_words import cut_own_words
from overheard.signals.sentences import SentenceSplitter, load_sentence_splitter, split_texts, split_utterances
from overheard.signals.thresholds import fit_thresholds, is_said

__all__ = [
    "Finding",
    "SentenceSplitter",
    "cut_own_words",
    "detect_sentences",
    "detect_texts",
    "find_signals",
    "fit_thresholds",
    "is_said",
    "judge_findings",
    "load_sentence_splitter",
    "split_texts",
    "split_utterances",
]
