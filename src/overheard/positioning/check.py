"""Where does a draft say what customers don't? Findings with their lines, for people and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from overheard.keyness import conservative_log_ratio
from overheard.positioning.copy_lines import CopyLine
from overheard.positioning.sayers import Place, Wanted, find_sayers
from overheard.positioning.word_lists import plain_words, vague_words
from overheard.positioning.wording import stem_of, stems_of, words_with_places
from overheard.records import Span, Swap, Term, Utterance

FindingKind = Literal["swap", "jargon", "vague", "other segment", "missing"]
MOST_MISSING = 10
"""Of a segment's words, the first; nobody puts forty on a page."""
EVERYDAY = 2000
"""The commonest words of English, which nobody stumbles over: the size of West's General Service List (1953).

That none of a hundred people happened to write one is no evidence against it.
"""
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What to mend: `word` as the page has it, in `line` (0: it stands nowhere), `people` of `of_people` say it.

    `theirs` is what they say, where it is known, and `people_theirs` how many. `example` is where somebody says it.
    `segment_id` is the other segment whose word it is.
    """

    kind: FindingKind
    line: int
    word: str
    people: int
    of_people: int
    theirs: str = ""
    people_theirs: int = 0
    example: Place | None = None
    segment_id: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """What the last run left: customers' utterances and own words, their segments' people, terms and swaps."""

    utterances: Sequence[Utterance]
    own: Mapping[str, Sequence[Span]]
    segments: Mapping[str, Collection[str]]
    terms: Sequence[Term]
    swaps: Sequence[Swap]


def check_copy(
    lines: Sequence[CopyLine],
    market: Market,
    segment_id: str | None,
    names: Collection[str],
    minimum_people: int,
    common: Sequence[str],
) -> list[Finding]:
    """Check a page's copy against what people say.

    Whether anybody says a word is asked of all customers: a segment is too few to tell.

    Args:
        lines: the copy.
        market: what the last run left.
        segment_id: whom the page is for; None for everybody, whose missing words and others' jargon are not asked for.
        names: of the product and the company, never found fault with.
        minimum_people: fewer who say a word are none.
        common: words of general English, the commonest first.

    Returns:
        Findings by line; each word once, where it stands first. Missing words come last.
    """
    everybody = frozenset(one.person_id for one in market.utterances)
    people = frozenset(market.segments[segment_id]) if segment_id else everybody
    everyday = {stem_of(word) for word in common[:EVERYDAY]}
    words = _words_of(lines, names)
    swaps = {stems_of(one.yours): one for one in market.swaps if _is_told(one, segment_id)}
    foreign = {
        stems: term
        for stems, term in _foreign_terms(market, segment_id).items()
        if not everyday.issuperset(stems) and _line_of(stems, lines)
    }
    looked_for = {Wanted(frozenset(), stems) for stems in (*words, *foreign)}
    said, _ = find_sayers(sorted(looked_for, key=lambda one: one.stems), market.utterances, market.own)

    def sayers(stems: tuple[str, ...], among: Collection[str] = people) -> int:
        return len(said[Wanted(frozenset(), stems)].keys() & among)

    found = {
        stems: _swapped(swap, line, len(people)) for stems, swap in swaps.items() if (line := _line_of(stems, lines))
    }
    covered = {stem for stems in found for stem in stems}
    for stems, (line, word) in words.items():
        count = sayers(stems)
        if word in vague_words() and count < minimum_people:
            found.setdefault(stems, Finding("vague", line, word, count, len(people)))
        elif covered.isdisjoint(stems) and everyday.isdisjoint(stems) and not sayers(stems, everybody):
            found.setdefault(stems, Finding("jargon", line, word, 0, len(everybody)))
    for stems, term in foreign.items():
        theirs, count = market.segments[term.group_id], sayers(stems)
        here, there = np.array([sayers(stems, theirs)]), np.array([count])
        at_least = conservative_log_ratio(here, there, len(theirs), len(people), terms=len(foreign))
        if count < minimum_people and at_least > 0:
            line, example = _line_of(stems, lines), term.examples[0]
            found[stems] = Finding(
                "other segment", line, term.text, count, len(people), example=example, segment_id=term.group_id
            )
    told = sorted(found.values(), key=lambda one: (one.line, one.word))
    return [*told, *_missing(market.terms, segment_id, lines, len(people))]


def _is_told(swap: Swap, segment_id: str | None) -> bool:
    is_better = swap.verdict in ("say theirs", "too few to tell") and swap.people_theirs > swap.people_yours
    return bool(swap.segment_id == segment_id and swap.theirs and is_better)


def _swapped(swap: Swap, line: int, people: int) -> Finding:
    example = next(iter(swap.examples), None)
    return Finding("swap", line, swap.yours, swap.people_yours, people, swap.theirs, swap.people_theirs, example)


def _words_of(lines: Sequence[CopyLine], names: Collection[str]) -> dict[tuple[str, ...], tuple[int, str]]:
    """Return the words that say something, as stems → (line, word)."""
    barred = {stem for name in names for stem in stems_of(name)}
    found: dict[tuple[str, ...], tuple[int, str]] = {}
    for line in lines:
        for word, _, _ in _said_words(line.text):
            stem = stem_of(word)
            if len(word) >= _SHORTEST and stem not in barred and word not in plain_words():
                found.setdefault((stem,), (line.line, word))
    return found


def _said_words(text: str) -> Iterator[tuple[str, int, int]]:
    yield from words_with_places(text, 0, len(text))


def _foreign_terms(market: Market, segment_id: str | None) -> dict[tuple[str, ...], Term]:
    others = market.segments.keys() - {segment_id} if segment_id else ()
    return {stems_of(term.text): term for term in market.terms if term.group_id in others and term.examples}


def _missing(
    terms: Sequence[Term], segment_id: str | None, lines: Sequence[CopyLine], people: int
) -> Iterator[Finding]:
    own = sorted((term for term in terms if term.group_id == segment_id), key=lambda term: (-term.people, term.text))
    for term in own[:MOST_MISSING]:
        if not _line_of(stems_of(term.text), lines):
            yield Finding("missing", 0, term.text, term.people, people, example=next(iter(term.examples), None))


def _line_of(stems: tuple[str, ...], lines: Sequence[CopyLine]) -> int:
    """Return the line a phrase first stands in, 0 where it stands nowhere."""
    for line in lines:
        said = stems_of(line.text)
        if stems and any(said[at : at + len(stems)] == stems for at in range(len(said))):
            return line.line
    return 0
