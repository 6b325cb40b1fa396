"""Utterances → signals: which sentences say a pain, a job, a request, …, and by which words?"""

from overheard.signals.cue_rows import CueRow, ReadSentences, SentenceRows, read_rows
from overheard.signals.detect import Detection, Finding, ScoreInner, detect_source, find_signals
from overheard.signals.heads.thresholds import SourceFit
from overheard.signals.heads.weights import KINDS, Heads, load_heads
from overheard.signals.own_words import cut_own_words
from overheard.signals.sentences import SentenceSplitter, load_sentence_splitter, split_texts, split_utterances
from overheard.signals.slots import find_product_names, find_slots

__all__ = [
    "KINDS",
    "CueRow",
    "Detection",
    "Finding",
    "Heads",
    "ReadSentences",
    "ScoreInner",
    "SentenceRows",
    "SentenceSplitter",
    "SourceFit",
    "cut_own_words",
    "detect_source",
    "find_product_names",
    "find_signals",
    "find_slots",
    "load_heads",
    "load_sentence_splitter",
    "read_rows",
    "split_texts",
    "split_utterances",
]
