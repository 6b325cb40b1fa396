"""Whom of their thread does somebody name? "@name" or the shown name in whole words, unless it is a word of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from overheard.people.reference.thread import Said, Thread, Word, words_of

_SHORTEST = 3
"""Characters of a name that is sought without "@": shorter ones are words and initials."""
_MOST_WORDS = 6
_FARTHEST = 3
"""Characters that may stand between two words of a name."""

Name = tuple[str, ...]
"""The words of a shown name in small letters."""


def read_names(names: Mapping[str, Collection[str]]) -> dict[str, frozenset[Name]]:
    """Return the words of the names that can be sought, by person id; signs and numbers alone are no name."""
    return {
        person: frozenset(words for name in own if _is_sought(words := tuple(word.folded for word in words_of(name))))
        for person, own in names.items()
    }


def _is_sought(words: Name) -> bool:
    return len(words) <= _MOST_WORDS and any(character.isalpha() for word in words for character in word)


def find_plain_words(threads: Sequence[Thread], names: Mapping[str, Collection[Name]]) -> frozenset[str]:
    """Find the names of a single word that are words of the market, too: "Will", "Firefox".

    Such a word is written by at least as many people as a word (in small letters, or where nobody of that name is in
    the thread) as write it like a name where its bearer is.

    Args:
        threads: all threads of the market.
        names: as `read_names` gives them.
    """
    sought = {words[0] for own in names.values() for words in own if len(words) == 1}
    as_word: dict[str, set[str]] = defaultdict(set)
    as_name: dict[str, set[str]] = defaultdict(set)
    for thread in threads:
        here = {words[0] for person in thread.authors for words in names.get(person, ()) if len(words) == 1}
        for said in thread.said:
            for word in () if sought.isdisjoint(said.vocabulary) else said.words:
                if word.folded in sought and not _is_after_at(said.own, word):
                    is_small = word.folded.isalpha() and word.written[0].islower()
                    uses = as_word if is_small or word.folded not in here else as_name
                    uses[word.folded].add(said.utterance.person_id)
    return frozenset(word for word, people in as_word.items() if len(people) >= len(as_name[word]))


class Named:
    """Finds the people of one thread in what is said there."""

    def __init__(self, thread: Thread, names: Mapping[str, Collection[Name]], plain_words: Collection[str]) -> None:
        """Args: thread: whose authors are sought; names, plain_words: see `read_names`, `find_plain_words`."""
        bearers: dict[Name, list[str]] = defaultdict(list)
        for person in thread.authors:
            for name in names.get(person, ()):
                bearers[name].append(person)
        # Two people of one name: no telling who is meant.
        self._people = {name: people[0] for name, people in bearers.items() if len(people) == 1}
        self._first = {name[0] for name in self._people}
        self._longest = max((len(name) for name in self._people), default=0)
        self._plain_words = plain_words

    def find(self, said: Said) -> list[str]:
        """Return the people named in an author's own words, each once, in the order of the text."""
        if self._first.isdisjoint(said.vocabulary):
            return []
        found: dict[str, None] = {}
        at = 0
        while at < len(said.words):
            name = self._name_at(said, at)
            if name is not None:
                found[self._people[name]] = None
            at += len(name) if name is not None else 1
        return list(found)

    def _name_at(self, said: Said, at: int) -> Name | None:
        """Return the longest name that begins at a word."""
        longest = min(self._longest, len(said.words) - at) if said.words[at].folded in self._first else 0
        for size in range(longest, 0, -1):
            words = said.words[at : at + size]
            name = tuple(word.folded for word in words)
            if name in self._people and _are_near(words) and self._is_meant(said.own, words[0], name):
                return name
        return None

    def _is_meant(self, text: str, first: Word, name: Name) -> bool:
        if _is_after_at(text, first):
            return True
        if len(name) > 1:
            return True
        is_written_so = not first.folded.isalpha() or not first.written[0].islower()
        return len(first.folded) >= _SHORTEST and is_written_so and first.folded not in self._plain_words


def _are_near(words: Sequence[Word]) -> bool:
    return all(right.start - left.end <= _FARTHEST for left, right in pairwise(words))


def _is_after_at(text: str, word: Word) -> bool:
    """Tell "@name" from an address."""
    at = word.start - 1
    return at >= 0 and text[at] == "@" and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "._-"))
