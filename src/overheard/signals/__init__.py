"""Utterances → signals: which sentences say a pain, a request, a question or a recommendation, and by which cues."""

from overheard.signals.detect import Finding, detect_sentences, find_signals
from overheard.signals.own_words import cut_own_words
from overheard.signals.sentences import SentenceSplitter, load_sentence_splitter, split_text, split_utterances
from overheard.signals.thresholds import fit_thresholds, is_said

__all__ = [
    "Finding",
    "SentenceSplitter",
    "cut_own_words",
    "detect_sentences",
    "find_signals",
    "fit_thresholds",
    "is_said",
    "load_sentence_splitter",
    "split_text",
    "split_utterances",
]
