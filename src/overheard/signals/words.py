"""What are the words of a sentence, in the form the cues are written in?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[$£€]")
_BEFORE_IS = frozenset(
    ("it", "he", "she", "that", "this", "there", "here", "what", "where", "who", "how", "when", "why")
)
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_VERBS = ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "could", "would", "should")
# Written without the apostrophe by every third person in a forum; "id", "ill", "well" and "were" are left as they
# stand.
_BARE = {
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youre": ("you", "are"),
    "theyre": ("they", "are"),
    "thats": ("that", "is"),
    "theres": ("there", "is"),
    "whats": ("what", "is"),
    "gonna": ("going", "to"),
    "gotta": ("have", "to"),
    "wanna": ("want", "to"),
} | {f"{verb}nt": (verb, "not") for verb in _VERBS}


def read_words(sentence: str) -> tuple[str, ...]:
    """Return the words of `sentence` in lower case, short forms written out.

    "Don't" and "dont" become "do", "not"; "it's" becomes "it", "is"; a possessive 's is dropped; a currency sign
    becomes "currency". Punctuation is dropped.
    """
    found: list[str] = []
    for token in _WORD.findall(unicodedata.normalize("NFC", sentence)):
        found.extend(_write_out(token))
    return tuple(found)


@lru_cache(maxsize=65536)
def _write_out(token: str) -> tuple[str, ...]:
    word = token.lower().replace("’", "'")
    if word in "$£€":
        return ("currency",)
    if word in _BARE:
        return _BARE[word]
    if "'" not in word:
        return (word,)
    if word.endswith("n't"):
        stem = word[:-3]
        return (_STEMS.get(stem, stem), "not")
    stem, _, ending = word.rpartition("'")
    if ending == "s":
        return (stem, "is") if stem in _BEFORE_IS else (stem,)
    full = _ENDINGS.get("'" + ending)
    return (stem, full) if full else (word,)
