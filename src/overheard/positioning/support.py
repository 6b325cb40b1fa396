"""Does a text that a model wrote say only what its quotes say? A check of words, not of meaning: a person reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from overheard.positioning.word_lists import function_words, number_words
from overheard.positioning.wording import stem_of

_TOKEN = re.compile(r"[£$€¥]?\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_TEXT = re.compile(r"[\w\s.,;:!?'’\"“”()&/%£$€¥…–—-]*")
_ADDRESS = re.compile(r"://|\bwww\.|\w\.\w{2,}/|\b\w+\.(?:com|net|org|io|example)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")
_NEGATIONS = frozenset(
    {"no", "not", "never", "nothing", "nobody", "none", "neither", "nor", "without", "cannot", "dont", "cant", "wont"}
)
TURNED = "turns a “not” round"
MOST_TOLD = 3
"""Words named in a reason; the first tell enough."""


def find_fault(text: str, quotes: Sequence[str], terms: Sequence[str], longest: int, is_whole: bool) -> str:
    """Say why a text must not be shown, "" where it may.

    Args:
        text: what the model wrote.
        quotes: the sentences it was given.
        terms: words of the segment's vocabulary, which need no quote.
        longest: characters.
        is_whole: the quotes support the text together, as they do a name; else each sentence needs one that supports
            it alone, so that two people's words do not become a claim of nobody's.
    """
    if fault := _shape(text, longest):
        return fault
    if is_whole and not any(_is_negated(text) == _is_negated(one) for one in quotes):
        return TURNED
    sources = [" ".join(quotes)] if is_whole else list(quotes)
    known = {_stem(word) for term in terms for word in _words(term)}
    for sentence in _SENTENCE_END.split(text):
        reasons = [_unsupported(sentence, source, known) or _turned(sentence, source, is_whole) for source in sources]
        if not reasons or all(reasons):
            return min(reasons, key=len, default="nothing supports it")
    return ""


def _shape(text: str, longest: int) -> str:
    if not any(map(str.isalpha, text)):
        return "says nothing"
    if len(text) > longest:
        return f"is longer than {longest} characters"
    # What folds to other letters is another text to a machine than to its reader; an ellipsis folds to three dots.
    is_plain = unicodedata.is_normalized("NFKC", text.replace("…", ""))
    if "\n" in text or not _TEXT.fullmatch(text) or not is_plain:
        return "holds characters that are no plain text"
    return "holds an address" if _ADDRESS.search(text) else ""


def _unsupported(sentence: str, source: str, known: set[str]) -> str:
    """Say what of a sentence its source does not support, "" for nothing."""
    said, heard = _TOKEN.findall(sentence), _TOKEN.findall(source)
    forms = {form for one in heard for form in (_stem(one), _plain(one))}
    pairs = set(zip(map(_stem, heard), map(_stem, heard[1:]), strict=False))
    missing = []
    for at, one in enumerate(said):
        word = _plain(one)
        if _is_number(word):
            follows = said[at + 1 : at + 2]
            is_said = word in forms and (not follows or (_stem(one), _stem(follows[0])) in pairs)
        elif at and one[0].isupper() and word.partition("'")[0] != "i":
            is_said = one in heard
        else:
            is_said = word in function_words() or bool({_stem(one)} & (forms | known))
        if not is_said:
            missing.append(one)
    if missing:
        return f"says {', '.join(f'“{one}”' for one in missing[:MOST_TOLD])}, which its quotes do not"
    return ""


def _turned(sentence: str, source: str, is_whole: bool) -> str:
    return "" if is_whole or _is_negated(sentence) == _is_negated(source) else TURNED


def _words(text: str) -> list[str]:
    return [_plain(one) for one in _TOKEN.findall(text)]


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _stem(word: str) -> str:
    stem = stem_of(_plain(word))
    # The last letter is doubled before an ending: put, putting.
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def _is_number(word: str) -> bool:
    return word in number_words() or any(map(str.isdigit, word))


def _is_negated(text: str) -> bool:
    return any(one in _NEGATIONS or one.endswith("n't") for one in _words(text))
