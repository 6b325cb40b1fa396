"""Which phrases may be given away? Those by which nobody's post can be searched for, of words that many use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

LONGEST_RUN = 4
"""Words in a row that may stand in somebody's post as well; with five a search finds it."""

MOST_WORDS = 3
"""Words that stand for a group whose name may not be given away."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(
    r"\[removed\]|://|@|\\|/|^www\.|\w\.\w{2,}|^[\W_]*(?=[0-9a-f]*\d)[0-9a-f]{8,}[\W_]*$|\d{5,}", re.IGNORECASE
)
"""Parts of addresses, names of accounts, pseudonyms, numbers that stand for one thing."""
_JOINT = re.compile(r" · |; |, | and ")
"""What stands between the phrases a name is made of."""

Run = tuple[str, ...]
Said = tuple[str, str]
"""Who said it (person_id), and the whole text."""


class Vetter:
    """Knows which runs of words of some phrases stand in a text, and how many people use each of their words."""

    def __init__(self, phrases: Iterable[str], said: Iterable[Said], smallest: int) -> None:
        """Args: phrases: all that will be asked for; said: everything; smallest: people a word needs to be shown."""
        shown = [plain(phrase) for phrase in phrases]
        runs = {run for phrase in shown for run in _runs(words_of(phrase))}
        words = {_singular(word) for phrase in shown for word in words_of(phrase)}
        people: dict[str, set[str]] = defaultdict(set)
        self._written: set[Run] = set()
        for person_id, text in said:
            spoken = words_of(text)
            for word in words.intersection(map(_singular, spoken)):
                people[word].add(person_id)
            self._written |= runs.intersection(_runs(spoken)) if runs else set()
        # A word nobody wrote is a form that was made of theirs: "ringing" of "rang".
        self._rare = {word for word, users in people.items() if len(users) < smallest}

    def name(self, name: str, words: Iterable[str] = ()) -> str:
        """Return the name of a group without phrases that tell of somebody.

        Where nothing is left of it, the first of its `words` that may be given away stand for it; "" where none may.
        """
        parts = [part for part in _JOINT.split(plain(name)) if words_of(part) and self._is_common(part)]
        kept = " · ".join(parts)
        if not self._is_free(kept):
            return " ".join(_WORD.findall(kept)[:LONGEST_RUN])
        return kept or " · ".join([word for word in words if self.is_term(word)][:MOST_WORDS])

    def is_term(self, term: str) -> bool:
        """Tell whether a term may be given away: one that is cut short would be another one."""
        return plain(term) == " ".join(term.split()) and self._is_free(term) and self._is_common(term)

    def _is_common(self, phrase: str) -> bool:
        return self._rare.isdisjoint(_singular(word) for word in words_of(phrase))

    def _is_free(self, phrase: str) -> bool:
        return self._written.isdisjoint(_runs(words_of(phrase)))


def plain(phrase: str) -> str:
    """Return `phrase` without what looks like an address, an account or a pseudonym."""
    return " ".join(word for word in phrase.split() if not _TELLING.search(word))


def words_of(text: str) -> list[str]:
    """Return the words of a text, letter case aside."""
    return _WORD.findall(text.casefold())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _runs(words: list[str]) -> Iterator[Run]:
    return (tuple(words[at : at + LONGEST_RUN + 1]) for at in range(len(words) - LONGEST_RUN))
