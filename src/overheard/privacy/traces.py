"""What tells of one person, kept so that it can be found again without being known: keyed hashes of pieces of text.

A piece is a name, a word nobody else of the market says, five words in a row that nobody else says of their own, or a
whole text of three or four words. Who has not the market's key learns nothing from the hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from overheard.privacy.words import Word, is_address, packed_runs_of, plain_words, runs_of
from overheard.records import Span

RUN = 5
"""Words in a row by which a search engine finds a post; fewer are everybody's."""
SHORTEST_TEXT = 3
SHORTEST_WORD = 5
BLOT = "*"
"""Stands for each letter of what is taken out: nothing has to move, in a page, a table or an offset."""

Piece = tuple[str, ...]
Sealed = Mapping[int, frozenset[str]]
_ENDINGS = ("ing", "ed", "es", "s", "er", "ers", "ly", "ings")
_BLOTTED = re.compile(r"[\W_]*\*[\W_]*")


def seal(key: bytes, *parts: str) -> str:
    """Return a keyed hash of `parts`, 16 hex digits; unlike `person_id_of`, of whatever there is to hide."""
    message = "\x1f".join(parts).encode("utf-8", errors="surrogatepass")
    return hashlib.blake2b(message, key=key, digest_size=8, person=b"forgotten").hexdigest()


@dataclass(frozen=True, slots=True)
class Traces:
    """Finds pieces in texts: `said` and `names` are their hashes by the number of their words.

    `starts` are the first words of all pieces where they are still known: with them a text is searched ten times as
    fast, and they are never kept.
    """

    key: bytes = field(repr=False)
    said: Sealed
    names: Sealed
    starts: frozenset[str] | None = field(default=None, repr=False)

    def find(self, text: str) -> list[Span]:
        """Return sorted spans of words that belong to a piece; one a word, or one a packing with such words in it."""
        if not self.said and not self.names:
            return []
        runs = chain(runs_of(text), packed_runs_of(text))
        return sorted({(word.start, word.end) for run in runs for word in self._found(text, run)})

    def blot(self, text: str) -> str:
        """Return `text` with every letter of what was found replaced; its length stays."""
        spans = self.find(text)
        if not spans:
            return text
        pieces, at = [], 0
        for start, end in spans:
            begin = max(start, at)
            pieces += [text[at:begin], BLOT * (end - begin)]
            at = max(at, end)
        return "".join([*pieces, text[at:]])

    def _found(self, text: str, run: Sequence[Word]) -> Iterator[Word]:
        for at, word in enumerate(run):
            if self.starts is not None and word.folded not in self.starts:
                continue
            yield from self._pieces(text, run, at)

    def _pieces(self, text: str, run: Sequence[Word], at: int) -> Iterator[Word]:
        for is_name, of_kind in ((True, self.names), (False, self.said)):
            for length, sealed in of_kind.items():
                words = run[at : at + length]
                if len(words) < length or seal(self.key, *(one.folded for one in words)) not in sealed:
                    continue
                # The address of a thread is made of its title, and without it nobody finds what others say there.
                if is_name or not is_address(text, words):
                    yield from words


def is_blotted(text: str) -> bool:
    """Tell whether nothing of a text is left but blots."""
    return _BLOTTED.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is not one person's alone: the own words and the names of all others, and common words of the language."""

    texts: Sequence[str]
    names: Sequence[str]
    ordinary: Collection[str]


def traces_of(key: bytes, names: Iterable[str], texts: Iterable[str], around: Surroundings) -> Traces:
    """Gather what tells of one person.

    Args:
        key: the market's.
        names: the person's shown names.
        texts: what the person wrote, others' words in it left out.
        around: what others say too tells of nobody.
    """
    own = [plain_words(text) for text in texts]
    called = [tuple(plain_words(name)) for name in names]
    others = {word for name in around.names for word in plain_words(name)}
    single = {word for words in own for word in words if _is_rare(word, around.ordinary)}
    pieces = {tuple(words[at : at + RUN]) for words in own for at in range(len(words) - RUN + 1)}
    pieces |= {tuple(words) for words in own if SHORTEST_TEXT <= len(words) < RUN}
    plain = {words[0] for words in called if len(words) == 1 and len(words[0]) >= SHORTEST_WORD}
    sizes = sorted({len(piece) for piece in pieces})
    for text in around.texts:
        words = plain_words(text)
        single.difference_update(words)
        plain.difference_update(words)
        for size in sizes:
            pieces.difference_update(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
    rare = {word for words in called for word in words if _is_rare(word, around.ordinary)}
    named: set[Piece] = {(word,) for word in {*rare, *plain} - others}
    for name in called:
        if len(name) > 1:
            named |= {name, ("".join(name),)}
    pieces |= {(word,) for word in single - others}
    return Traces(key, _sealed(key, pieces), _sealed(key, named), frozenset(piece[0] for piece in pieces | named))


def _sealed(key: bytes, pieces: Iterable[Piece]) -> Sealed:
    by_size: dict[int, set[str]] = {}
    for piece in pieces:
        by_size.setdefault(len(piece), set()).add(seal(key, *piece))
    return {size: frozenset(found) for size, found in sorted(by_size.items())}


def _is_rare(word: str, ordinary: Collection[str]) -> bool:
    """Tell whether a word is no form of a common one."""
    stems = [word, *(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))]
    is_known = any(stem in ordinary or f"{stem}e" in ordinary for stem in stems)
    return len(word) >= SHORTEST_WORD and not word.isdigit() and not is_known
