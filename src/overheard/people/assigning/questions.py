"""Which three questions best tell the segments apart? Each offers one sentence of each segment's people to pick from.

Yes-or-no questions of the same pains find a fifth fewer memberships again: eight patterns of answers tell five segments
apart with difficulty, and everybody says yes to some pains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.presence import Floats, Sayings
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.words import need_words
from overheard.records import id_of

QUESTIONS = 3
ASKED = "Which of these could you have said yourself in the last three months? Pick the one that is closest."
NONE_OF_THESE = "none of these"
NO_QUOTE = ""

_SHORTEST, _LONGEST = 30, 160
"""Characters of a sentence to pick from: shorter ones say nothing on their own, longer ones are not read."""
_MEANING = 3.0
"""Points of clarity that a sentence all in its pain's and its segment's direction is worth; most reach .2 to .5."""
_LEANING = re.compile(
    r"(?:it|its|it's|that|that's|this|these|those|he|she|they|them|his|her|and|but|so|or|then|there"
    r"|also|because|which|yes|no|not|well|ugh|ah|oh|same|sadly|though|still|anyway|instead|else|mine|only"
    r"|doesn't|don't|didn't|isn't|wouldn't|can't|maybe|though|except|by the time|the \w+ ones"
    r"|(?:i|we) \w+ (?:it|them|this|that|him|her))\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on one before it."""
_OWN = re.compile(r"(?:\S+ ){0,4}(?:I|my|me|we|our|us)\b", re.IGNORECASE)
"""Somebody speaks of themselves, and does so at once."""
_HARSH = re.compile(r"[\[\]{}<>|]|https?:|www\.|\b(?:not my|for once|no longer|not a problem)\b")
"""What makes a stranger stumble: marks of code and links, and who says that they have not got the pain."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: pick one. `pain_ids` are what its options stand for, in order; it holds no words of anybody."""

    question_id: str
    pain_ids: tuple[str, ...]


def find_questions(sayings: Sayings, presence: Floats, known: NDArray[np.bool_], fewest_people: int) -> list[Question]:
    """Choose for each question a pain of each segment, the pains that mark their segment best first.

    Args:
        sayings: what people said.
        presence: as `presence_of`, shape (people, pains).
        known: shape (people,); whom to choose by.
        fewest_people: of a segment who must have said the pain themselves for it to be asked about.

    Returns:
        At most QUESTIONS; fewer where there are not enough pains; each has two options or more.
    """
    marks = _marks(presence[known], sayings.segments[known], len(sayings.segment_ids))
    pairs = [
        (-float(marks[segment, pain]), segment, pain)
        for segment in range(len(sayings.segment_ids))
        for pain in range(len(sayings.pain_ids))
        if marks[segment, pain] > 0 and sayings.speakers[pain, segment] >= fewest_people
    ]
    chosen: list[list[int]] = [[] for _ in sayings.segment_ids]
    taken: set[int] = set()
    for _, segment, pain in sorted(pairs):
        if pain not in taken and len(chosen[segment]) < QUESTIONS:
            taken.add(pain)
            chosen[segment].append(pain)
    questions = []
    for number in range(QUESTIONS):
        pain_ids = tuple(sayings.pain_ids[own[number]] for own in chosen if len(own) > number)
        if len(pain_ids) >= 2:
            questions.append(Question(f"q{number + 1}_{id_of('question', *pain_ids)[:8]}", pain_ids))
    return questions


def _marks(presence: Floats, segments: NDArray[np.int64], count: int) -> Floats:
    """Return Welch's t of each pain in each segment against the others, shape (segments, pains)."""
    marks = np.zeros((count, presence.shape[1]))
    for segment in range(count):
        inside, outside = presence[segments == segment], presence[segments != segment]
        if len(inside) and len(outside):
            error = inside.var(axis=0) / len(inside) + outside.var(axis=0) / len(outside)
            marks[segment] = (inside.mean(axis=0) - outside.mean(axis=0)) / np.sqrt(error + 1e-6)
    return marks


def choose_quotes(
    speaks_for: Mapping[str, str],
    evidence: Sequence[Evidence],
    vectors: NDArray[np.float32],
    segment_of: Mapping[str, str],
    may_show: Sequence[bool],
) -> dict[str, str]:
    """Choose the sentence that stands for each pain asked about: understood on its own, and the segment's rather than
    the others'.

    Args:
        speaks_for: pain_id → the segment its option speaks for.
        evidence: pain sentences of anybody.
        vectors: unit length, shape (sentences, dims).
        segment_of: person_id → segment_id; the segment's own people are quoted where any may be.
        may_show: of each row of the evidence: whether it tells nobody's name or address.

    Returns:
        pain_id → the sentence, verbatim but for line ends; NO_QUOTE where no sentence may be shown.
    """
    middles = _middles(evidence, vectors, segment_of)
    quotes = {}
    for pain_id, segment_id in speaks_for.items():
        in_pain = [row for row, one in enumerate(evidence) if one.pain_id == pain_id and may_show[row]]
        said = vectors[[row for one in evidence if one.pain_id == pain_id and (row := one.row) is not None]]
        middle = middles[segment_id] + (_unit(said.mean(axis=0)) if len(said) else 0.0)
        own = [row for row in in_pain if segment_of.get(evidence[row].person_id) == segment_id] or in_pain
        ranked = []
        for row in own:
            one = evidence[row]
            near = 0.0 if one.row is None else _MEANING * float(vectors[one.row] @ middle)
            ranked.append((_clarity(one.text) + near, one.text))
        quotes[pain_id] = " ".join(max(ranked)[1].split()) if ranked else NO_QUOTE
    return quotes


def _middles(
    evidence: Sequence[Evidence], vectors: NDArray[np.float32], segment_of: Mapping[str, str]
) -> dict[str, Floats]:
    """Return for each segment the direction from everybody's sentences to its people's, unit length."""
    rows: dict[str, list[int]] = {}
    for one in evidence:
        if one.person_id in segment_of and one.row is not None:
            rows.setdefault(segment_of[one.person_id], []).append(one.row)
    means = {segment_id: vectors[own].mean(axis=0, dtype=np.float64) for segment_id, own in sorted(rows.items())}
    middle = np.mean(list(means.values()), axis=0)
    return {segment_id: _unit(mean - middle) for segment_id, mean in means.items()}


def _unit(row: NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-12), dtype=np.float64)


def _clarity(text: str) -> float:
    """Return how well a sentence stands alone: whole points for what a stranger stumbles over."""
    text = " ".join(text.split())
    points = 2.0 * (_SHORTEST <= len(text) <= _LONGEST) + (text[:1].isupper() and text[-1:] in ".!?")
    points += 1.5 * bool(_OWN.match(text)) - 2.0 * bool(_LEANING.match(text)) - 2.0 * bool(_HARSH.search(text))
    return points + 0.25 * min(len(set(need_words(text))), 6)
