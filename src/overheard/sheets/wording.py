"""Where do the words and pairs of words of a text stand, and as what are they counted?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from overheard.records import Span

PAIR_RANK = 250
"""The commonest words hold sentences together ("the", "after", "could"); they stand in no pair."""
ALONE_RANK = 1000
"""Words as common as these say something only beside another ("page" does not, "page fault" does)."""
UNKNOWN_RANK = 40_000
"""The rank of a word that is in no list of common words."""
_LONGEST_WORD = 40

_SPOKEN = frozenset(
    word
    for line in files("overheard.sheets.lexicon").joinpath("spoken.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

# Addresses, code, paths and names of users are passed over whole; a word begins with a letter and may hold digits.
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S++|`[^`\n]{1,300}`|[@/\\][\w.-]++|[\w.+-]{1,64}@[\w.-]++"
    r"|(?P<word>[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*+)(?![\w@]|[./\\]\w|://)"
    r"|\w[\w.:/\\-]*+"
)
_GAPS = frozenset({" ", "\n", "\u00a0"})


class Use(NamedTuple):
    """One use of a term: what it is counted as, and where it stands."""

    term: str
    start: int
    end: int


class Commonness:
    """How common words are in general English."""

    def __init__(self, words: Sequence[str]) -> None:
        """Args: words: common words, lower case, the commonest first."""
        self._ranks: dict[str, int] = {}
        for word in words:
            self._ranks.setdefault(fold(word), len(self._ranks) + 1)
        self._known: dict[str, int] = {}
        self._forms: dict[str, tuple[str, bool]] = {}

    def rank_of(self, word: str) -> int:
        """Return the rank of a folded word, 1 for the commonest; an inflected form is as common as its plain one."""
        rank = self._known.get(word)
        if rank is None:
            if len(word) < 2 or "'" in word or word in _SPOKEN:
                rank = 1
            else:
                rank = min(self._ranks.get(form, UNKNOWN_RANK) for form in _plain_forms(word))
            self._known[word] = rank
        return rank

    def read_form(self, form: str) -> tuple[str, bool]:
        """Return what a word as written is counted as, and whether it may stand in a pair."""
        known = self._forms.get(form)
        if known is None:
            term = fold(form)
            known = self._forms[form] = (term, self.rank_of(term) > PAIR_RANK)
        return known

    def can_be_jargon(self, term: str) -> bool:
        """Say whether a word or pair has a part that is not an everyday word."""
        return any(self.rank_of(word) > ALONE_RANK for word in term.split(" "))


def read_uses(text: str, own: Sequence[Span], commonness: Commonness) -> Iterator[Use]:
    """Yield the words of `text`, and the pairs of neighbours neither of which is among the commonest.

    Args:
        text: an utterance's text.
        own: spans of its author's own words; no others are read.
        commonness: of words in general English.
    """
    read_form = commonness.read_form
    for left, right in own:
        before, before_start, before_end = "", 0, 0
        for match in _TOKEN.finditer(text, left, right):
            start, end = match.span()
            if match.lastgroup is None or end - start > _LONGEST_WORD:
                before = ""
                continue
            term, may_pair = read_form(match[0])
            yield Use(term, start, end)
            if not may_pair:
                before = ""
                continue
            if before and before != term and text[before_end:start] in _GAPS:
                yield Use(f"{before} {term}", before_start, end)
            before, before_start, before_end = term, start, end


def fold(word: str) -> str:
    """Return what a word is counted as: lower case, without a possessive, regular plurals as singulars."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is", "ies")):
        return plain[:-1]
    return plain


def _plain_forms(word: str) -> Iterator[str]:
    """Yield a word and what it may be an inflected form of; a form that is no word is in no list and does no harm."""
    yield word
    for ending in ("ing", "ed", "ly", "er"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith("ies"):
        yield word[:-3] + "y"
