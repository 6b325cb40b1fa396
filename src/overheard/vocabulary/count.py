"""How many people say each term, and how often? Counted by person, so that one loud author makes no vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import log_dice
from overheard.vocabulary.words import CONTENT, FUNCTION, Words

LEAST_LOG_DICE = 9.0
"""Neighbours below it merely met; 14 is a pair never seen apart. From 7 to 11 the measured lists hardly differed."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Terms with all their uses.

    `parts` are the counted words of each term (indices into `Words.spelled`). Uses are sorted by term and place: those
    of term t are `first[t]:first[t + 1]` of `place` (token index) and `length` (tokens). `pair_term` and `pair_person`
    hold each term and person once.
    """

    parts: tuple[tuple[int, ...], ...]
    first: Ints
    place: Ints
    length: Ints
    pair_term: Ints
    pair_person: Ints

    def people(self, among: NDArray[np.bool_]) -> Ints:
        """Count for each term the people who say it; `among` has the shape (people,); returns shape (terms,)."""
        return np.bincount(self.pair_term[among[self.pair_person]], minlength=len(self.parts)).astype(np.int64)


def count_terms(words: Words, person: Ints, minimum_people: int) -> Counts:
    """Count words and the phrases of two and three words that belong together.

    Args:
        words: all texts.
        person: the person of each text, shape (texts,), numbered from 0.
        minimum_people: fewer people, over all texts, make no term.
    """
    key = words.base[words.word].astype(np.int64)
    who = person[words.row]
    size = len(words.spelled) + 1
    known = np.flatnonzero(~words.barred)
    by_word = _people_by_key(key[known], who[known], size)
    content = (words.kind[words.word] == CONTENT) & ~words.barred
    found = [_frequent(np.flatnonzero(content), key, who, 1, size, minimum_people)]
    for length in (2, 3):
        place = _phrases(words, length)
        found.append(_collocations(_frequent(place, key, who, length, size, minimum_people), words, by_word, size, who))
    return _gather(found, words, who, size)


def _phrases(words: Words, length: int) -> Ints:
    """Return where runs of `length` words stand that could be a phrase."""
    kind = words.kind[words.word]
    count = max(len(kind) - length + 1, 0)
    good = np.ones(count, dtype=np.bool_)
    content = np.zeros(count, dtype=np.bool_)
    for offset in range(length):
        window = slice(offset, offset + count)
        good &= ~words.barred[window]
        content |= kind[window] == CONTENT
        if offset in (0, length - 1):
            good &= kind[window] != FUNCTION
        if offset < length - 1:
            # "agent agent" is a word said twice, no phrase.
            good &= words.joined[window] & (words.word[window] != words.word[offset + 1 : offset + 1 + count])
    return np.flatnonzero(good & content)


def _keys(place: Ints, key: Ints, length: int, size: int) -> Ints:
    """Number each run of words; three words of a million spellings still fit into 63 bits."""
    number = key[place]
    for offset in range(1, length):
        number = number * size + key[place + offset]
    return number


@dataclass(frozen=True, slots=True)
class _Found:
    keys: Ints
    people: Ints
    place: Ints
    which: Ints
    length: int


def _frequent(place: Ints, key: Ints, who: Ints, length: int, size: int, minimum_people: int) -> _Found:
    keys, which = np.unique(_keys(place, key, length, size), return_inverse=True)
    people = _people_by_key(which, who[place], len(keys))
    return _keep(_Found(keys, people, place, which, length), people >= minimum_people)


def _people_by_key(key: Ints, who: Ints, size: int) -> Ints:
    crowd = int(who.max()) + 1 if len(who) else 1
    return np.bincount(np.unique(key * crowd + who) // crowd, minlength=size).astype(np.int64)


def _keep(found: _Found, kept: NDArray[np.bool_]) -> _Found:
    number = np.cumsum(kept) - 1
    uses = kept[found.which]
    return _Found(found.keys[kept], found.people[kept], found.place[uses], number[found.which[uses]], found.length)


def _collocations(found: _Found, words: Words, by_word: Ints, size: int, who: Ints) -> _Found:
    """Keep the phrases whose words belong together; a function word in the middle ("cost of living") is not weighed."""
    apart = np.zeros(len(found.keys), dtype=np.int64)
    weighed = np.zeros(len(found.keys), dtype=np.int64)
    rest = found.keys
    for _ in range(found.length):
        part = rest % size
        rest = rest // size
        heavy = words.kind[part] != FUNCTION
        apart += np.where(heavy, by_word[part], 0)
        weighed += heavy
    return _keep(found, log_dice(found.people, apart, weighed) >= LEAST_LOG_DICE)


def _gather(found: list[_Found], words: Words, who: Ints, size: int) -> Counts:
    parts: list[tuple[int, ...]] = []
    columns: list[tuple[Ints, Ints, Ints]] = []
    for family in found:
        columns.append((family.which + len(parts), family.place, np.full(len(family.place), family.length)))
        parts += [_parts(int(key), family.length, size) for key in family.keys.tolist()]
    term, place, length = (np.concatenate(column).astype(np.int64) for column in zip(*columns, strict=True))
    order = np.lexsort((place, term))
    term, place, length = term[order], place[order], length[order]
    first = np.searchsorted(term, np.arange(len(parts) + 1))
    crowd = int(who.max()) + 1 if len(who) else 1
    pairs = np.unique(term * crowd + who[place])
    return Counts(tuple(parts), first, place, length, pairs // crowd, pairs % crowd)


def _parts(key: int, length: int, size: int) -> tuple[int, ...]:
    parts = []
    for _ in range(length):
        key, part = divmod(key, size)
        parts.append(part)
    return tuple(reversed(parts))
