"""Which of customers' words could stand on the page in a word's place, and the promise stay the same?

Nearness alone does not say so: `invoice` lies near `client`, `truth` near `lie`. A candidate is taken only where it is
the nearest by far, has the same part of speech and number, is no derivation or compound of the page's word, and where
the sentences, the page's with their word in it and theirs with the page's word, keep their meaning. Whoever fails one
of these is passed over: no swap is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.positioning.concepts import Candidate, Concept
from overheard.positioning.phrases import Phrase
from overheard.positioning.wording import is_compound, is_derived, stem_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into unit rows, shape (texts, dimensions)."""

LEAST_NEAR = 0.6
"""Cosine of the two phrases."""
LEAST_AHEAD = 0.06
"""Cosine by which the candidate is nearer than the next: where several are as near, none of them is the word for it."""
LEAST_KEPT_HERE = 0.01
"""How much nearer the page's sentence stays with their word in it than with nothing in its place."""
LEAST_KEPT_THERE = -0.02
"""The same of customers' sentences with the page's word in them, on average."""
LEAST_IN_NUMBER = 0.2
"""Share of the candidate's uses in the number of the page's word: `credentials` are no `authentication`."""
LEAST_VERBS_NEAR = 0.4
"""Cosine of two verbs that have the same object."""
# The six were chosen on 372 labelled pairs of four pages and measured on two others; see the room's tests.
SENTENCES_TRIED = 6


@dataclass(frozen=True, slots=True)
class Exchange:
    """A concept and the customers' word that can stand in its place."""

    concept: Concept
    candidate: Candidate


def find_exchanges(
    concepts: Sequence[Concept], candidates: Sequence[Candidate], known: Collection[str], encode: Encode
) -> list[Exchange]:
    """Find for each concept the one phrase of customers that can stand in its place, where there is one.

    Args:
        concepts: what the page names.
        candidates: what customers say.
        known: words customers write and their stems.
        encode: the market's encoder.
    """
    near = _nearest(concepts, candidates, encode)
    plausible = [pair for pair in near if _fits(pair, known)]
    vectors = _vectors_of([word for pair in plausible for word in _parts(pair)], encode)
    plausible = [pair for pair in plausible if _parts_agree(pair, vectors)]
    return [Exchange(pair.concept, pair.candidate) for pair in plausible if _keeps_meaning(pair, encode)]


@dataclass(frozen=True, slots=True)
class _Pair:
    concept: Concept
    candidate: Candidate
    nearness: float


def _nearest(concepts: Sequence[Concept], candidates: Sequence[Candidate], encode: Encode) -> list[_Pair]:
    """Return for each concept the nearest candidate of its kind in other words, if it is near and far ahead."""
    if not concepts or not candidates:
        return []
    here = encode([concept.text for concept in concepts])
    there = encode([candidate.text for candidate in candidates])
    stems = [frozenset(_stems(candidate.phrase)) for candidate in candidates]
    pairs = []
    for row, concept in enumerate(concepts):
        own = frozenset(_stems(concept.phrase))
        nearness = here[row] @ there.T
        rivals = sorted(
            (-float(nearness[index]), index)
            for index in np.flatnonzero(nearness > LEAST_NEAR - 2 * LEAST_AHEAD).tolist()
            if candidates[index].phrase.kind == concept.phrase.kind and not (stems[index] <= own or own <= stems[index])
        )
        ahead = rivals[0][0] - rivals[1][0] if len(rivals) > 1 else -1.0
        if rivals and -rivals[0][0] >= LEAST_NEAR and -ahead >= LEAST_AHEAD:
            pairs.append(_Pair(concept, candidates[rivals[0][1]], -rivals[0][0]))
    return pairs


def _fits(pair: _Pair, known: Collection[str]) -> bool:
    """Say whether the two have the same form: number, heads that differ, no word that is made of the other's."""
    ours, theirs = pair.concept.text.split(), pair.candidate.text.split()
    if any(is_derived(one, other) or is_compound(one, other, known) for one in ours for other in theirs):
        return False
    own, other = _stems(pair.concept.phrase), _stems(pair.candidate.phrase)
    if pair.concept.phrase.kind == "action":
        # The same is done by another verb; more or fewer words would add to the promise or take from it.
        return own[1:] == other[1:] and own[0] != other[0]
    share = pair.candidate.plural if pair.concept.phrase.is_plural else 1 - pair.candidate.plural
    return own[-1] != other[-1] and share >= LEAST_IN_NUMBER


def _stems(phrase: Phrase) -> tuple[str, ...]:
    # Of base forms: `sent` and `send` are one verb.
    return tuple(stem_of(word) for word in phrase.key)


def _parts(pair: _Pair) -> list[str]:
    words = pair.concept.text.split()
    if pair.concept.phrase.kind == "action":
        return [words[0], pair.candidate.text.split()[0]]
    return [*words, pair.candidate.text] if len(words) > 1 else []


def _parts_agree(pair: _Pair, vectors: Mapping[str, NDArray[np.float32]]) -> bool:
    """Say whether the phrase as a whole is meant: a candidate nearer to one word alone leaves out the others."""
    parts = _parts(pair)
    if not parts:
        return True
    nearness = max(float(vectors[part] @ vectors[parts[-1]]) for part in parts[:-1])
    return nearness >= LEAST_VERBS_NEAR if pair.concept.phrase.kind == "action" else nearness < pair.nearness


def _keeps_meaning(pair: _Pair, encode: Encode) -> bool:
    concept, candidate = pair.concept, pair.candidate
    start, end = concept.phrase.start, concept.phrase.end
    tried = [_variants(concept.sentence, start, end, candidate.text)]
    tried += [_variants(text, first, last, concept.text) for text, first, last in candidate.uses[:SENTENCES_TRIED]]
    rows = encode([text for variants in tried for text in variants]).reshape(len(tried), 3, -1)
    gains = np.einsum("ij,ij->i", rows[:, 0], rows[:, 1]) - np.einsum("ij,ij->i", rows[:, 0], rows[:, 2])
    return bool(gains[0] >= LEAST_KEPT_HERE and gains[1:].mean() >= LEAST_KEPT_THERE)


def _variants(sentence: str, start: int, end: int, other: str) -> tuple[str, str, str]:
    """Return a sentence as it is, with another word in the place, and with nothing in it."""
    before, after = sentence[:start], sentence[end:]
    return sentence, f"{before}{other}{after}", " ".join(f"{before}{after}".split()) or " "


def _vectors_of(texts: Sequence[str], encode: Encode) -> dict[str, NDArray[np.float32]]:
    distinct = sorted(set(texts))
    return dict(zip(distinct, encode(distinct), strict=True)) if distinct else {}
