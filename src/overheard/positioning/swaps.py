"""Say this, not that: the page's words beside those of each group of customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.positioning.concepts import Concept, find_candidates, find_concepts, group_by_whole
from overheard.positioning.copy_lines import CopyLine
from overheard.positioning.exchange import SENTENCES_TRIED, Encode, find_exchanges
from overheard.positioning.phrases import Phraser
from overheard.positioning.sayers import Place, Wanted, find_sayers, wanted_of
from overheard.positioning.wording import stem_of, words_with_places
from overheard.records import Span, Swap, SwapVerdict, Utterance

MOST_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What customers said: their utterances, own words by utterance_id, and (person_id, sentence) near the page's."""

    utterances: Sequence[Utterance]
    own: Mapping[str, Sequence[Span]]
    sentences: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """A concept of the page and who says it; the same of customers' word for it, where there is one."""

    concept: Concept
    ours: Mapping[str, Place]
    word: str
    theirs: Mapping[str, Place]


def find_swaps(
    lines: Sequence[CopyLine],
    heard: Heard,
    segments: Mapping[str, Collection[str]],
    names: Collection[str],
    minimum_people: int,
    phraser: Phraser,
    encode: Encode,
) -> list[Swap]:
    """Put each concept of a page beside what the whole market and each segment say for it.

    Of a phrase and its parts one is told: the longest that customers have another word for, else the longest they say
    themselves, else the longest.

    Args:
        lines: the page's copy.
        heard: what customers said.
        segments: segment_id → its people.
        names: of the product and the company.
        minimum_people: who must say a word before it counts.
        phraser: finds phrases.
        encode: the market's encoder.

    Returns:
        Rows in the order of the page, for the whole market (segment_id None) and then each segment.
    """
    concepts = find_concepts(lines, phraser, names)
    candidates = find_candidates(heard.sentences, phraser, minimum_people, SENTENCES_TRIED)
    known = {word for _, text in heard.sentences for word, _, _ in words_with_places(text, 0, len(text))}
    known |= {stem_of(word) for word in known}
    exchanges = {one.concept: one.candidate for one in find_exchanges(concepts, candidates, known, encode)}
    verbs = _verb_forms([*(one.phrase for one in concepts), *(one.phrase for one in candidates)])
    ours = {one: wanted_of(one.phrase, verbs) for one in concepts}
    theirs = {one: wanted_of(candidate.phrase, verbs) for one, candidate in exchanges.items()}
    said, _ = find_sayers(dict.fromkeys([*ours.values(), *theirs.values()]), heard.utterances, heard.own)
    rows = []
    for group in group_by_whole(concepts).values():
        told = _told(group, exchanges, ours, said, minimum_people)
        other = exchanges.get(told)
        if told.phrase.kind == "action" and other is None and len(said[ours[told]]) < minimum_people:
            continue  # that nobody puts a verb and its object together as the page does, says nothing
        rows.append(_Row(told, said[ours[told]], other.text if other else "", said[theirs[told]] if other else {}))
    everybody = {one.person_id for one in heard.utterances}
    groups: list[tuple[str | None, Collection[str]]] = [(None, everybody), *segments.items()]
    return [_swap(row, group_id, frozenset(people), minimum_people) for group_id, people in groups for row in rows]


def _told(
    group: Sequence[Concept],
    exchanges: Mapping[Concept, Any],
    ours: Mapping[Concept, Wanted],
    said: Mapping[Wanted, Mapping[str, Place]],
    minimum_people: int,
) -> Concept:
    swapped = next((one for one in group if one in exchanges), None)
    known = next((one for one in group if len(said[ours[one]]) >= minimum_people), None)
    return swapped or known or group[0]


def _verb_forms(phrases: Sequence[Any]) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        if phrase.kind == "action":
            forms[phrase.key[0]].add(stem_of(phrase.text.split()[0].casefold()))
    return {verb: frozenset(found) for verb, found in forms.items()}


def _swap(row: _Row, group_id: str | None, people: frozenset[str], minimum_people: int) -> Swap:
    ours = {person: place for person, place in sorted(row.ours.items()) if person in people}
    theirs = {person: place for person, place in sorted(row.theirs.items()) if person in people}
    counts = np.array([len(theirs)], dtype=np.int64), np.array([len(ours)], dtype=np.int64)
    effect, low, high = (float(one[0]) for one in log2_odds_ratio(*counts, len(people), len(people)))
    verdict = _verdict(len(ours), len(theirs), (low, high), bool(row.word), minimum_people)
    places = ours if verdict == "keep yours" else theirs
    return Swap(
        segment_id=group_id,
        yours=row.concept.text,
        line=row.concept.line.line,
        copy=row.concept.line.text,
        theirs=row.word,
        verdict=verdict,
        people=len(people),
        people_yours=len(ours),
        people_theirs=len(theirs),
        effect=effect,
        interval=(low, high),
        # One voice is no example of how people talk.
        examples=tuple(places.values())[:MOST_EXAMPLES] if len(places) >= minimum_people else (),
    )


def _verdict(ours: int, theirs: int, interval: tuple[float, float], has_word: bool, minimum_people: int) -> SwapVerdict:
    if not has_word:
        return "keep yours" if ours >= minimum_people else "no customer word"
    if max(ours, theirs) < minimum_people:
        return "nobody here says either"
    if interval[0] > 0:
        return "say theirs"
    return "keep yours" if ours >= theirs else "too few to tell"
