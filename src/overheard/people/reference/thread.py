"""One thread as references are read off it: what was said in its order, each with its author's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from overheard.records import Document, Utterance

_WORD = re.compile(r"\w+")


class Word(NamedTuple):
    """A word as written, in small letters, and where it stands in its text."""

    written: str
    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text, in its order."""
    return [Word(match[0], match[0].casefold(), *match.span()) for match in _WORD.finditer(text)]


@dataclass(frozen=True)
class Said:
    """One utterance of a thread. `own` is its text with others' words blanked out, so that places stay."""

    utterance: Utterance
    own: str

    @cached_property
    def words(self) -> list[Word]:
        """The author's own words."""
        return words_of(self.own)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The author's own words in small letters, each once: quicker than their places."""
        return frozenset(map(str.casefold, _WORD.findall(self.own)))


@dataclass(frozen=True)
class Thread:
    """A thread's utterances by position."""

    document: Document
    said: tuple[Said, ...]

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Everybody who speaks in it, in order of appearance."""
        return tuple(dict.fromkeys(one.utterance.person_id for one in self.said))


def read_threads(utterances: Sequence[Utterance], documents: Mapping[str, Document]) -> Iterator[Thread]:
    """Yield the threads by document_id, which comes from what they are and not from who wrote them."""
    by_document: dict[str, list[Utterance]] = {}
    for one in utterances:
        by_document.setdefault(one.document_id, []).append(one)
    for document_id in sorted(by_document):
        rows = sorted(by_document[document_id], key=lambda row: (row.position, row.utterance_id))
        yield Thread(documents[document_id], tuple(_said(row) for row in rows))


def _said(utterance: Utterance) -> Said:
    own, at = [], 0
    for start, end in utterance.not_own:
        own += [utterance.text[at:start], "\n" * (end - start)]
        at = end
    return Said(utterance, "".join([*own, utterance.text[at:]]))
