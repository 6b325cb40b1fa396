"""Which concepts does a page name, and which words could customers have for them?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from overheard.positioning.copy_lines import CopyLine
from overheard.positioning.phrases import Phrase, Phraser
from overheard.positioning.word_lists import plain_words
from overheard.positioning.wording import stems_of

MOST_CONCEPTS = 400
"""Concepts of a page that are looked up; a landing page names a hundred."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What a page names: `text` as written, lower case; `start` and `end` are characters into `sentence`.

    `sentence` is the line's text with its first letter small, as the parser read it. `whole` numbers the longest phrase
    it is part of, so that of `late fee`, `fee` only one is told.
    """

    phrase: Phrase
    text: str
    sentence: str
    line: CopyLine
    whole: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase customers use: `text` as most often written; `plural` is the share of its uses in the plural, 0-1.

    `uses` are (sentence, start, end) of its first uses, of different people where there are some.
    """

    phrase: Phrase
    text: str
    people: int
    plural: float
    uses: tuple[tuple[str, int, int], ...]


def find_concepts(lines: Sequence[CopyLine], phraser: Phraser, names: Collection[str]) -> list[Concept]:
    """Find the things a page names and what it says is done to them, each once, in the order they stand in.

    Args:
        lines: the page's copy.
        phraser: finds phrases.
        names: of the product and the company; what holds one of them is no concept.
    """
    sentences = [_uncapitalised(line.text) for line in lines]
    barred = {stem for name in names for stem in stems_of(name)}
    found: dict[tuple[str, tuple[str, ...]], Concept] = {}
    wholes: dict[tuple[int, str, int], int] = {}
    for row, phrases in enumerate(phraser.phrases_of(sentences)):
        for phrase in phrases:
            if not _can_be_concept(phrase, sentences[row]) or not barred.isdisjoint(stems_of(phrase.text)):
                continue
            whole = wholes.setdefault((row, phrase.kind, phrase.end), len(wholes))
            text = phrase.text.lower()
            found.setdefault((phrase.kind, stems_of(text)), Concept(phrase, text, sentences[row], lines[row], whole))
    return list(found.values())[:MOST_CONCEPTS]


def find_candidates(
    sentences: Sequence[tuple[str, str]], phraser: Phraser, minimum_people: int, most_uses: int
) -> list[Candidate]:
    """Find the phrases that enough people use.

    Args:
        sentences: (person_id, sentence).
        phraser: finds phrases.
        minimum_people: who must use one.
        most_uses: uses to keep of each.

    Returns:
        Candidates, sorted by their words.
    """
    uses: dict[tuple[str, tuple[str, ...]], list[tuple[str, str, Phrase]]] = defaultdict(list)
    parsed = phraser.phrases_of([text for _, text in sentences])
    for (person, text), phrases in zip(sentences, parsed, strict=True):
        for phrase in phrases:
            if not phrase.is_name and _is_telling(phrase):
                uses[phrase.kind, phrase.key].append((person, text, phrase))
    return [
        _candidate(found, most_uses)
        for _, found in sorted(uses.items())
        if len({person for person, _, _ in found}) >= minimum_people
    ]


def _candidate(found: Sequence[tuple[str, str, Phrase]], most_uses: int) -> Candidate:
    forms = Counter(phrase.text.lower() for _, _, phrase in found)
    text = min(forms, key=lambda form: (-forms[form], form))
    first: dict[str, tuple[str, int, int]] = {}
    for person, sentence, phrase in found:
        first.setdefault(person, (sentence, phrase.start, phrase.end))
    plural = sum(phrase.is_plural for _, _, phrase in found) / len(found)
    shown = next(phrase for _, _, phrase in found if phrase.text.lower() == text)
    return Candidate(shown, text, len(first), plural, tuple(first.values())[:most_uses])


def _can_be_concept(phrase: Phrase, sentence: str) -> bool:
    # Advertisements command, and the parser takes the verb that begins them for a noun: `image new machines`.
    is_command = phrase.kind == "thing" and phrase.start == 0 and len(phrase.key) == 1 and phrase.end < len(sentence)
    return _is_telling(phrase) and not is_command


def _is_telling(phrase: Phrase) -> bool:
    plain: Collection[str] = plain_words()
    if phrase.kind == "action":
        return phrase.key[-1] not in plain and len(phrase.key) <= 4
    return len(phrase.key) <= 3 and phrase.key[0] not in plain and phrase.key[-1] not in plain


def _uncapitalised(text: str) -> str:
    """Return a line with its first letter small, unless it is an acronym's or a name's: `VAT returns`."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def group_by_whole(concepts: Sequence[Concept]) -> Mapping[int, list[Concept]]:
    """Return the concepts of each longest phrase, longest first."""
    groups: dict[int, list[Concept]] = defaultdict(list)
    for concept in concepts:
        groups[concept.whole].append(concept)
    return {whole: sorted(group, key=lambda one: -len(one.phrase.key)) for whole, group in groups.items()}
