"""Which cues of a lexicon stand in a sentence, and where?

A lexicon file has one cue a line: cue, role, weight, reason and an invented example, separated by tabs; lines that
begin with # are remarks. The cue is a sequence of words as `words.read_words` gives them:

    a|b      either word              word*   any word that begins so        word?   the word may be missing
    _        any one word             ...     up to three words between      ^  $    start and end of the sentence

All cues of all files are kept in one tree of words, so a sentence is read once, whatever the number of cues: the time
is linear in the length of the sentence (a cue is never longer than `_LONGEST` words).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import product

CUE_FILES = (
    "pain",
    "request",
    "question",
    "recommendation",
    "job",
    "workaround",
    "worldview",
    "objection",
    "gain",
    "force",
    "traits",
)
_START, _END, _ANY, _GAP = "^", "$", "_", "..."
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a lexicon: `weight` 0-1 is how plainly it says its role; `name` tells it from all others."""

    file: str
    role: str
    pattern: str
    weight: float
    reason: str
    example: str

    @property
    def name(self) -> str:
        """Return what tells the cue from all others."""
        return f"{self.role}:{self.pattern}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: words `start` (inclusive) to `end` (exclusive) of the sentence."""

    cue: Cue
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    cues: list[Cue] = field(default_factory=list)
    next: dict[str, _Node] = field(default_factory=dict)


class Lexicon:
    """All cues, ready to be looked up."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self._root = _Node()
        self._prefixes: set[str] = set()
        self._names_of_word: dict[str, tuple[str, ...]] = {}
        for cue in self.cues:
            for path in _paths_of(cue.pattern):
                self._add(path, cue)
        self._shortest_prefix = min((len(prefix) for prefix in self._prefixes), default=1)

    def find_hits(self, words: Sequence[str]) -> list[Hit]:
        """Return the cues in `words`; of those of one role that overlap, only the weightiest, then the longest."""
        names = [(_START,), *(self._names(word) for word in words), (_END,)]
        best: dict[tuple[str, int, int], Hit] = {}
        for first in range(len(names)):
            for cue, last in self._walk(names, first):
                # Position 0 of `names` is the start mark, so names[i] is words[i - 1].
                hit = Hit(cue, max(first - 1, 0), min(last - 1, len(words)))
                key = (cue.role, hit.start, hit.end)
                if key not in best or best[key].cue.weight < cue.weight:
                    best[key] = hit
        return _without_overlaps(best.values())

    def _add(self, path: Sequence[str], cue: Cue) -> None:
        node = self._root
        for step in path:
            if step.endswith("*"):
                self._prefixes.add(step[:-1])
            node = node.next.setdefault(step, _Node())
        if cue not in node.cues:
            node.cues.append(cue)

    def _names(self, word: str) -> tuple[str, ...]:
        """Return what `word` is called in the tree: itself, the beginnings that cues ask for, and "any word"."""
        known = self._names_of_word.get(word)
        if known is None:
            starts = (word[:size] for size in range(self._shortest_prefix, len(word) + 1))
            known = (word, *(f"{start}*" for start in starts if start in self._prefixes), _ANY)
            if len(self._names_of_word) < 65536:
                self._names_of_word[word] = known
        return known

    def _walk(self, names: Sequence[tuple[str, ...]], first: int) -> Iterator[tuple[Cue, int]]:
        nodes, at = [self._root], first
        while nodes and at < len(names):
            nodes = [node.next[name] for node in nodes for name in names[at] if name in node.next]
            at += 1
            for node in nodes:
                for cue in node.cues:
                    yield cue, at


def read_cues(file: str, text: str) -> tuple[Cue, ...]:
    """Read the lexicon `text`; `file` names it in evidence and errors.

    Raises:
        ValueError: a line has not five columns, or its weight is no number from 0 to 1; names file and line.
    """
    cues: list[Cue] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 5:
            raise ValueError(f"{file}:{number}: has {len(columns)} columns instead of 5")
        pattern, role, weight, reason, example = columns
        if not 0 < float(weight) <= 1:
            raise ValueError(f"{file}:{number}: weight {weight} is not between 0 and 1")
        cues.append(Cue(file, role, pattern, float(weight), reason, example))
    return tuple(cues)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with the room."""
    folder = files("overheard.signals") / "lexicon"
    return Lexicon(cue for name in CUE_FILES for cue in read_cues(name, (folder / f"{name}.txt").read_text("utf-8")))


def _paths_of(pattern: str) -> list[tuple[str, ...]]:
    """Write a cue out into all the word sequences it stands for.

    Raises:
        ValueError: the cue is empty, has only words that may be missing, or is too long.
    """
    steps: list[list[tuple[str, ...]]] = []
    for part in pattern.split():
        if part == _GAP:
            steps.append([(_ANY,) * size for size in range(4)])
            continue
        may_miss = part.endswith("?")
        choices: list[tuple[str, ...]] = [(word,) for word in part.removesuffix("?").split("|") if word]
        steps.append([*choices, ()] if may_miss else choices)
    paths = list(dict.fromkeys(tuple(word for piece in pieces for word in piece) for pieces in product(*steps)))
    if not paths or any(not path or len(path) > _LONGEST for path in paths):
        raise ValueError(f"cue {pattern!r} is empty or longer than {_LONGEST} words")
    return paths


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    taken: dict[str, set[int]] = {}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.cue.weight, hit.start - hit.end, hit.start, hit.cue.name)):
        span = set(range(hit.start, hit.end))
        used = taken.setdefault(hit.cue.role, set())
        if not span & used:
            used |= span
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.cue.name))
