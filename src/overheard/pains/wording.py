"""The words and two-word phrases of a text that could tell one topic from another."""

from __future__ import annotations

import re
from importlib.resources import files

WORD = re.compile(r"(?u)\b[^\W\d_](?:[\w+#]|['’.&-](?=\w))*")
"""A word starts with a letter and may hold digits and inner marks: e-mail, don't, utf8, node.js, C++."""

ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+|</?\w[^<>]*>")
"""Links, e-mail addresses and leftover tags, which name nothing."""


def words_in(name: str) -> frozenset[str]:
    """Return the words of one of this room's lexicon files; lines that start with # are comments."""
    lines = files("overheard.pains").joinpath("lexicon", name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOP_WORDS = words_in("stopwords.txt")

_CURLY = str.maketrans("’", "'")


def words_of(text: str) -> list[str]:
    """Return the words of `text` as written, in order, links and addresses left out."""
    return WORD.findall(ADDRESS.sub(" ", text))


def folded(word: str) -> str:
    """Return the form under which spellings of one word are counted together."""
    return word.casefold().translate(_CURLY)


def is_content(word: str) -> bool:
    """Say whether a folded word can stand in a name: no stop word, no single letter."""
    return len(word) > 1 and word not in STOP_WORDS


def terms_of(text: str) -> dict[str, str]:
    """Return the content words and pairs of neighbouring content words of `text`: folded form to form as written."""
    found: dict[str, str] = {}
    before = before_written = ""
    for written in words_of(text):
        word = folded(written)
        if not is_content(word):
            before = ""
            continue
        found.setdefault(word, written)
        if before and before != word:
            found.setdefault(f"{before} {word}", f"{before_written} {written}")
        before, before_written = word, written
    return found


def stems_of(term: str) -> frozenset[str]:
    """Return the words of a folded term without their inflection, coarse enough to see that two terms repeat."""
    return frozenset(stem_of(word) for word in term.split())


def stem_of(word: str) -> str:
    """Return a folded word without its inflection, coarsely."""
    word = word.removesuffix("'s")
    for ending, kept in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + kept
    return word
